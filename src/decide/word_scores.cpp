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

std::vector<std::uint32_t> met_scores(const UnitWords& words, const rules::WordTable& table) {
  std::vector<std::uint32_t> out;
  const std::size_t size = words.words.size();
  if (table.empty() || size == 0 || size > most_words) return out;
  out.reserve(size);
  const auto look_up = [&](char kind, std::string_view text) {
    if (const auto found = table.find(kind, text)) out.push_back(*found);
  };
  for (std::size_t i = 0; i < size; ++i) look_up('w', words.word(i));
  for (std::size_t i = 0; i + 1 < size && size <= most_words_for_pairs; ++i)
    look_up('p', range(words, i, i + 1));
  if (size <= most_words_for_ends) {
    look_up('f', words.word(0));
    look_up('l', words.word(size - 1));
  }
  if (size <= most_words_of_whole) look_up('=', range(words, 0, size - 1));
  sort_each_once(out);
  return out;
}

std::int32_t word_score(const UnitWords& words, const rules::WordTable& table) {
  std::int32_t sum = 0;
  for (const std::uint32_t index : met_scores(words, table)) sum += table[index].score;
  return sum;
}

}  // namespace dechaff::decide
