#include "decide/word_scores.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/sorted.hpp"
#include "decide/axes.hpp"

namespace dechaff::decide {

namespace {

// Longer lines are prose, which words and pairs of them do not tell apart.
constexpr std::size_t most_words = 60;
constexpr std::size_t most_words_for_pairs = 40;
constexpr std::size_t most_words_for_ends = 25;
constexpr std::size_t most_words_of_whole = 4;

/// The text from one word to another, the spaces between them included.
std::string_view range(const UnitWords& words, std::size_t first, std::size_t last) {
  const auto [begin, size] = words.words[first];
  const auto [last_begin, last_size] = words.words[last];
  return std::string_view(words.text).substr(begin, last_begin + last_size - begin);
}

/// Asks a table for some words at once, so that what answers them comes into the cache side by side.
class Questions {
 public:
  explicit Questions(const rules::WordTable& table) : table_(table) {}

  template <class Take>
  void ask(char kind, std::string_view text, Take take) {
    table_.question(kind, text, [&](const rules::WordTable::Question& one) {
      if (size_ == asked_.size()) answer(take);
      asked_[size_++] = one;
    });
  }

  template <class Take>
  void answer(Take take) {
    for (std::size_t i = 0; i < size_; ++i) table_.answer(asked_[i], take);
    size_ = 0;
  }

 private:
  const rules::WordTable& table_;
  std::array<rules::WordTable::Question, 64> asked_;
  std::size_t size_ = 0;
};

}  // namespace

void meet(const UnitWords& words, const rules::WordTable& table, MetWords& out) {
  out.entries.clear();
  out.function_words = 0;
  const std::size_t size = words.words.size();
  const bool scored = size <= most_words;
  const auto take = [&](std::uint32_t index) {
    if (table.file_of(index) == rules::WordTable::no_file)
      ++out.function_words;
    else if (scored)
      out.entries.push_back(index);
  };
  Questions questions(table);
  for (std::size_t i = 0; i < size; ++i) questions.ask('w', words.word(i), take);
  if (size > 0 && scored) {
    for (std::size_t i = 0; i + 1 < size && size <= most_words_for_pairs; ++i)
      questions.ask('p', range(words, i, i + 1), take);
    if (size <= most_words_for_ends) {
      questions.ask('f', words.word(0), take);
      questions.ask('l', words.word(size - 1), take);
    }
    if (size <= most_words_of_whole) questions.ask('=', range(words, 0, size - 1), take);
  }
  questions.answer(take);
  sort_each_once(out.entries);
}

}  // namespace dechaff::decide
