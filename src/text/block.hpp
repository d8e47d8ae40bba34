#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace dechaff::text {

/// Sixteen bytes of a text, as a vector of GCC and Clang: arithmetic and comparisons are of each byte alone,
/// with its sign, so that bytes outside ASCII are below zero. A comparison gives -1 where it holds, else 0.
using Bytes16 = signed char __attribute__((vector_size(16)));

/// The byte `c` sixteen times.
inline Bytes16 all16(int c) {
  const auto b = static_cast<signed char>(c);
  return Bytes16{b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b};
}

/// Bit i tells the sign of byte i.
inline std::uint64_t sign_bits(Bytes16 bytes) {
#if defined(__SSE2__)
  __m128i out;
  std::memcpy(&out, &bytes, sizeof out);
  return static_cast<std::uint64_t>(_mm_movemask_epi8(out));
#else
  static_assert(std::endian::native == std::endian::little);
  // The product adds up the eight bits in its highest byte, each in a place of its own.
  const auto gathered = [](std::uint64_t signs) {
    return ((signs >> 7 & 0x0101010101010101) * 0x0102040810204080) >> 56;
  };
  std::uint64_t halves[2];
  std::memcpy(halves, &bytes, sizeof halves);
  return gathered(halves[0]) | gathered(halves[1]) << 8;
#endif
}

/// Whether each byte is from `first` to `last`, both of them ASCII.
inline Bytes16 are_within(Bytes16 bytes, char first, char last) {
  using Unsigned = unsigned char __attribute__((vector_size(16)));  // which may overflow
  // Moved up to the highest numbers there are, so that one comparison does.
  const auto moved = std::bit_cast<Unsigned>(bytes) + std::bit_cast<Unsigned>(all16(0x7F - last));
  return std::bit_cast<Bytes16>(moved) > all16(0x7F - last + first - 1);
}

/// How many bits are set. std::popcount is a call of a function where any processor of a kind is to do.
inline unsigned count_bits(std::uint64_t bits) {
  constexpr std::uint64_t every = ~std::uint64_t{0};
  bits -= bits >> 1 & every / 3;
  bits = (bits & every / 5) + (bits >> 2 & every / 5);
  return static_cast<unsigned>(((bits + (bits >> 4)) & every / 17) * (every / 255) >> 56);
}

/// Sixty-four bytes of a text, to ask all of them the same at once. Views the text.
class Block {
 public:
  static constexpr std::size_t size = 64;

  /// The bytes from `at` on, which is in `text`; `filler` stands behind its end.
  Block(std::string_view text, std::size_t at, char filler) : bytes_(text.data() + at) {
    if (text.size() - at >= size) return;
    std::memset(last_, filler, size);
    std::memcpy(last_, bytes_, text.size() - at);
    bytes_ = last_;
  }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  /// Bit i tells the sign of what `ask`, a function of Bytes16, makes of byte i.
  template <class Ask>
  std::uint64_t where(Ask ask) const {
    std::uint64_t out = 0;
    for (std::size_t at = 0; at < size; at += sizeof(Bytes16)) {
      Bytes16 some;
      std::memcpy(&some, bytes_ + at, sizeof some);
      out |= sign_bits(ask(some)) << at;
    }
    return out;
  }

  /// Bit i tells whether byte i is `c`.
  std::uint64_t where_is(char c) const {
    return where([&](Bytes16 bytes) { return bytes == all16(c); });
  }

  /// Bit i tells whether byte i is not ASCII.
  std::uint64_t where_not_ascii() const {
    return where([](Bytes16 bytes) { return bytes; });
  }

 private:
  const char* bytes_;
  char last_[size];
};

}  // namespace dechaff::text
