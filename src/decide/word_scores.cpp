#include "decide/word_scores.hpp"

#include <algorithm>
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

}  // namespace

void meet(const UnitWords& words, const rules::WordTable& table, MetWords& out) {
  out.entries.clear();
  out.questions.clear();
  out.function_words = 0;
  const std::size_t size = words.words.size();
  const bool scored = size <= most_words;
  const auto ask = [&](char kind, std::string_view text) {
    table.question(kind, text, [&](const rules::WordTable::Question& one) { out.questions.push_back(one); });
  };
  for (std::size_t i = 0; i < size; ++i) ask('w', words.word(i));
  if (size > 0 && scored) {
    for (std::size_t i = 0; i + 1 < size && size <= most_words_for_pairs; ++i)
      ask('p', range(words, i, i + 1));
    if (size <= most_words_for_ends) {
      ask('f', words.word(0));
      ask('l', words.word(size - 1));
    }
    if (size <= most_words_of_whole) ask('=', range(words, 0, size - 1));
  }
  for (const rules::WordTable::Question& one : out.questions) {
    table.answer(one, [&](std::uint32_t index) {
      if (table.file_of(index) == rules::WordTable::no_file)
        ++out.function_words;
      else if (scored)
        out.entries.push_back(index);
    });
  }
  sort_each_once(out.entries);
}

}  // namespace dechaff::decide
