#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dechaff::text {

// Eight bytes of a text in one number, to ask all of them the same at once (after Mycroft 1987 and Warren,
// "Hacker's Delight", chapter 6): a sum below 0x100 in each byte carries nothing over to the next.

inline constexpr std::uint64_t every_byte = 0x0101010101010101;  ///< times a byte: eight of it
inline constexpr std::uint64_t high_bits = every_byte * 0x80;

/// The bytes from `at` on, the first one lowest. There are eight of them.
inline std::uint64_t eight_bytes(std::string_view text, std::size_t at) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t out = 0;
  std::memcpy(&out, text.data() + at, sizeof out);
  return out;
}

}  // namespace dechaff::text
