#include "text/words.hpp"

#include <algorithm>
#include <bit>

#include "text/block.hpp"
#include "text/char_kind.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

Bytes16 are_alphanumeric(Bytes16 bytes) {
  return are_within(bytes | all16(0x20), 'a', 'z') | are_within(bytes, '0', '9');
}

/// What a word goes on with, but does not begin with; bytes behind the first one of a character go with it.
Bytes16 are_joiners(Bytes16 bytes) {
  return (bytes == all16('\'')) | (bytes == all16('-')) | (bytes < all16(0xC0));
}

/// Words of one text, counted in blocks of 64 bytes. Bit i of a number is for byte i of the block.
class WordCount {
 public:
  explicit WordCount(std::string_view text) : text_(text) {}

  std::uint64_t run() && {
    for (std::size_t at = 0; at < text_.size(); at += Block::size) take(Block(text_, at, ' '), at);
    return words_;
  }

 private:
  void take(const Block& block, std::size_t at) {
    std::uint64_t letters = block.where(are_alphanumeric);
    std::uint64_t joiners = block.where(are_joiners);
    for (std::uint64_t leads = block.where_not_ascii() & ~joiners; leads != 0; leads &= leads - 1) {
      const std::uint64_t bit = leads & -leads;
      switch (char_kind(char_at(text_, at + static_cast<unsigned>(std::countr_zero(leads))))) {
        case CharKind::space:
        case CharKind::other:
          break;
        case CharKind::joiner:
        case CharKind::mark:
          joiners |= bit;
          break;
        case CharKind::spaceless:
          take_spaceless(at + static_cast<unsigned>(std::countr_zero(leads)));
          break;
        default:
          letters |= bit;
      }
    }
    // A carry runs through the joiners behind what is in a word.
    const std::uint64_t reached = joiners & ~(joiners + ((letters << 1 | in_word_) & joiners));
    const std::uint64_t in_word = letters | reached;
    words_ += count_bits(letters & ~(in_word << 1 | in_word_));
    in_word_ = in_word >> (Block::size - 1);
  }

  /// Every second one of a line makes a word.
  void take_spaceless(std::size_t at) {
    if (at >= line_end_) {
      line_end_ = std::min(text_.find('\n', at), text_.size());
      is_second_ = false;
    }
    if (!is_second_) ++words_;
    is_second_ = !is_second_;
  }

  std::string_view text_;
  std::uint64_t words_ = 0;
  std::uint64_t in_word_ = 0;  // 1 where the block before ended in a word
  std::size_t line_end_ = 0;   // of the last character without spaces
  bool is_second_ = false;     // the next of these in its line is
};

}  // namespace

std::uint64_t count_words(std::string_view text) { return WordCount(text).run(); }

}  // namespace dechaff::text
