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

/// Characters of a text in valid UTF-8: bytes that go on with none.
inline std::size_t count_chars(std::string_view text) {
  std::size_t going_on = 0, at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    const std::uint64_t bytes = eight_bytes(text, at);
    const std::uint64_t each = (bytes >> 7) & ~(bytes >> 6) & every_byte;
    going_on += each * every_byte >> 56;
  }
  for (; at < text.size(); ++at) going_on += (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80 ? 1U : 0U;
  return text.size() - going_on;
}

}  // namespace dechaff::text
