#include "text/words.hpp"

#include <algorithm>
#include <bit>

#include "text/char_kind.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

void WordCount::take(const LineBits& block, std::size_t at) {
  std::uint64_t letters = block.alphanumerics;
  std::uint64_t joiners = block.joiners;
  for (std::uint64_t leads = block.leads; leads != 0; leads &= leads - 1) {
    const std::uint64_t bit = leads & -leads;
    const std::size_t place = at + static_cast<unsigned>(std::countr_zero(leads));
    switch (char_kind(char_at(text_, place))) {
      case CharKind::space:
      case CharKind::other:
        break;
      case CharKind::joiner:
      case CharKind::mark:
        joiners |= bit;
        break;
      case CharKind::spaceless:
        take_spaceless(place);
        break;
      default:
        letters |= bit;
    }
  }
  // A carry runs through the joiners behind what is in a word.
  const std::uint64_t reached = joiners & ~(joiners + ((letters << 1 | in_word_) & joiners));
  const std::uint64_t in_word = letters | reached;
  words_ += count_bits(letters & ~(in_word << 1 | in_word_));
  in_word_ = in_word >> (block_size - 1);
}

/// Every second one of a line makes a word.
void WordCount::take_spaceless(std::size_t at) {
  if (at >= line_end_) {
    line_end_ = std::min(text_.find('\n', at), text_.size());
    is_second_ = false;
  }
  if (!is_second_) ++words_;
  is_second_ = !is_second_;
}

std::uint64_t count_words(std::string_view text) {
  WordCount count(text);
  Blocks<LineBits> blocks(text, ' ');
  for (std::size_t at = 0; at < text.size(); at += block_size) count.take(blocks.at(at), at);
  return count.words();
}

}  // namespace dechaff::text
