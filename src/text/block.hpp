#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace dechaff::text {

/// Bytes of a text that are asked together: as many as a number has bits. Bit i of a number is for byte i.
inline constexpr std::size_t block_size = 64;

/// What the steps of normalisation look for in a block.
struct StepBits {
  std::uint64_t line_feeds;
  std::uint64_t spaces;
  std::uint64_t others;  ///< '&', other control characters, first bytes of characters outside ASCII

  bool operator==(const StepBits&) const = default;
};

/// What lines and words are made of in a block.
struct LineBits {
  std::uint64_t line_feeds;
  std::uint64_t ink;            ///< characters of ASCII but controls and the space
  std::uint64_t alphanumerics;  ///< of ASCII
  std::uint64_t joiners;        ///< '\'', '-', and bytes behind the first one of a character
  std::uint64_t leads;          ///< first bytes of characters outside ASCII

  bool operator==(const LineBits&) const = default;
};

/// One way to ask blocks, by instructions that some processors have. It reads 64 bytes for each of `out`.
struct BlockReader {
  const char* name;
  bool (*runs_here)();
  void (*step_bits)(const char* bytes, std::span<StepBits> out);
  void (*line_bits)(const char* bytes, std::span<LineBits> out);

  void read(const char* bytes, std::span<StepBits> out) const { step_bits(bytes, out); }
  void read(const char* bytes, std::span<LineBits> out) const { line_bits(bytes, out); }
};

/// All that there are, the fastest first. The last one runs on every processor.
std::span<const BlockReader> block_readers();

/// The fastest that runs on this processor.
const BlockReader& block_reader();

/// The bits of all blocks of a text, to be asked for in order. Views the text.
template <class Bits>
class Blocks {
 public:
  /// `filler` stands behind the end of `text`.
  Blocks(std::string_view text, char filler) : text_(text), filler_(filler) {}

  /// The bits of the block that starts with the byte `at`, a multiple of `block_size`; those asked for before
  /// started no later. The answer is good until the next one.
  const Bits& at(std::size_t at) {
    if (at >= end_) read_from(at);
    return bits_[(at - begin_) / block_size];
  }

 private:
  static constexpr std::size_t at_once = 16;

  void read_from(std::size_t at) {
    begin_ = at;
    const std::size_t whole = std::min((text_.size() - at) / block_size, at_once);
    end_ = at + std::max<std::size_t>(whole, 1) * block_size;
    if (whole > 0) return reader_.read(text_.data() + at, std::span(bits_).first(whole));
    std::array<char, block_size> last;
    last.fill(filler_);
    std::memcpy(last.data(), text_.data() + at, text_.size() - at);
    reader_.read(last.data(), std::span(bits_).first(1));
  }

  std::string_view text_;
  char filler_;
  const BlockReader& reader_ = block_reader();
  std::size_t begin_ = 0, end_ = 0;  // of what `bits_` is for
  std::array<Bits, at_once> bits_;   // not set before it is asked for
};

/// How many bits are set. std::popcount is a call of a function where any processor of a kind is to do.
inline unsigned count_bits(std::uint64_t bits) {
  constexpr std::uint64_t every = ~std::uint64_t{0};
  bits -= bits >> 1 & every / 3;
  bits = (bits & every / 5) + (bits >> 2 & every / 5);
  return static_cast<unsigned>(((bits + (bits >> 4)) & every / 17) * (every / 255) >> 56);
}

}  // namespace dechaff::text
