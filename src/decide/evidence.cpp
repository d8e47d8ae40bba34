#include "decide/evidence.hpp"

#include <algorithm>

#include "decide/axes.hpp"

namespace dechaff::decide {

namespace {

// Longer lines are prose, which words and pairs of them do not tell apart.
constexpr std::size_t most_words = 60;
constexpr std::size_t most_words_for_pairs = 40;
constexpr std::size_t most_words_for_ends = 25;
constexpr std::size_t most_words_of_whole = 4;

std::int32_t table_score(const rules::ScoreTable& table, std::span<const AxisValues> values,
                         std::size_t unit) {
  std::size_t cell = 0;
  for (const rules::ScoreTable::Dimension& dimension : table.dimensions) {
    const std::int64_t where = static_cast<std::int64_t>(unit) + dimension.offset;
    const bool there = where >= 0 && where < static_cast<std::int64_t>(values.size());
    const std::int32_t value =
        there ? values[static_cast<std::size_t>(where)][static_cast<std::size_t>(dimension.axis)]
              : rules::axis_edge;
    const auto range = std::ranges::upper_bound(dimension.starts, value) - dimension.starts.begin() - 1;
    cell = cell * dimension.starts.size() + static_cast<std::size_t>(range);
  }
  return table.cells[cell];
}

/// Each word, pair and so on of a line counts once.
class WordScores {
 public:
  std::int32_t of(const UnitWords& words, const rules::ScoreFile& file) {
    const std::size_t size = words.words.size();
    if (file.words.empty() || size == 0 || size > most_words) return 0;
    found_.clear();
    for (std::size_t i = 0; i < size; ++i) look_up(file, 'w', words.word(i));
    for (std::size_t i = 0; i + 1 < size && size <= most_words_for_pairs; ++i)
      look_up(file, 'p', range(words, i, i + 1));
    if (size <= most_words_for_ends) {
      look_up(file, 'f', words.word(0));
      look_up(file, 'l', words.word(size - 1));
    }
    if (size <= most_words_of_whole) look_up(file, '=', range(words, 0, size - 1));
    std::ranges::sort(found_);
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    std::int32_t sum = 0;
    for (const std::int32_t* score : found_) sum += *score;
    return sum;
  }

 private:
  /// The text from one word to another, the spaces between them included.
  static std::string_view range(const UnitWords& words, std::size_t first, std::size_t last) {
    const auto [begin, size] = words.words[first];
    const auto [last_begin, last_size] = words.words[last];
    return std::string_view(words.text).substr(begin, last_begin + last_size - begin);
  }

  void look_up(const rules::ScoreFile& file, char kind, std::string_view text) {
    key_ = kind;
    key_ += text;
    if (const auto found = file.words.find(std::string_view(key_)); found != file.words.end())
      found_.push_back(&found->second);
  }

  std::string key_;
  std::vector<const std::int32_t*> found_;
};

}  // namespace

std::vector<Evidence> evidence_of(const rules::Compiled& compiled, const Settings& settings,
                                  const text::LineTable& table, const Places& places,
                                  std::span<const Unit> units) {
  const rules::Scores& scores = compiled.scores;
  const std::vector<AxisValues> values = axis_values(table, places, units, scores);
  std::vector<Evidence> out(units.size());
  UnitWords words;
  WordScores word_scores;
  for (std::size_t u = 0; u < units.size(); ++u) {
    read_words(table, places, units[u], words);
    for (const rules::ScoreFile& file : scores.files) {
      if (!settings.on[file.entry]) continue;
      std::int64_t parts = word_scores.of(words, file);
      for (const rules::ScoreTable& one : file.tables) parts += table_score(one, values, u);
      const double sum = static_cast<double>(parts) / rules::parts_of_a_score;
      out[u].score += sum;
      if (sum < out[u].strongest) {
        out[u].strongest = sum;
        out[u].against = file.entry;
      }
    }
  }
  return out;
}

}  // namespace dechaff::decide
