#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/block.hpp"

namespace dechaff::text {

/// Counts the words of a text block by block.
class WordCount {
 public:
  /// `text` is valid UTF-8, and viewed.
  explicit WordCount(std::string_view text) : text_(text) {}

  /// Takes the block that starts with the byte `at`, behind the one that it was given before. Behind the end
  /// of the text are bytes that no word is made of.
  void take(const LineBits& block, std::size_t at);

  /// The sum of `Measures::words` over the lines.
  std::uint64_t words() const { return words_; }

 private:
  void take_spaceless(std::size_t at);

  std::string_view text_;
  std::uint64_t words_ = 0;
  std::uint64_t in_word_ = 0;  // 1 where the block before ended in a word
  std::size_t line_end_ = 0;   // of the last character without spaces
  bool is_second_ = false;     // the next of these in its line is
};

/// The sum of `Measures::words` over the lines of `text`, which is valid UTF-8. Linear.
std::uint64_t count_words(std::string_view text);

}  // namespace dechaff::text
