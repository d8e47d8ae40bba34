#include "decide/evidence.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "decide/axes.hpp"

namespace dechaff::decide {

namespace {

// Longer lines are prose, which words and pairs of them do not tell apart.
constexpr std::size_t most_words = 60;
constexpr std::size_t most_words_for_pairs = 40;
constexpr std::size_t most_words_for_ends = 25;
constexpr std::size_t most_words_of_whole = 4;

// What a reader can take in of a sum of some forty scores.
constexpr std::size_t loudest_parts = 3;

/// A score that counted, and what for.
struct Part {
  std::int32_t score = 0;
  std::string what;
};

/// The value of a dimension for a unit; beyond the text the edge.
std::int32_t value_of(const rules::ScoreTable::Dimension& dimension, std::span<const AxisValues> values,
                      std::size_t unit) {
  const std::int64_t where = static_cast<std::int64_t>(unit) + dimension.offset;
  if (where < 0 || where >= static_cast<std::int64_t>(values.size())) return rules::axis_edge;
  return values[static_cast<std::size_t>(where)][static_cast<std::size_t>(dimension.axis)];
}

std::int32_t table_score(const rules::ScoreTable& table, std::span<const AxisValues> values,
                         std::size_t unit) {
  std::size_t cell = 0;
  for (const rules::ScoreTable::Dimension& dimension : table.dimensions) {
    const std::int32_t value = value_of(dimension, values, unit);
    const auto range = std::ranges::upper_bound(dimension.starts, value) - dimension.starts.begin() - 1;
    cell = cell * dimension.starts.size() + static_cast<std::size_t>(range);
  }
  return table.cells[cell];
}

/// "words@+1=4 sentence@+1=0".
std::string spelled(const rules::ScoreTable& table, std::span<const AxisValues> values, std::size_t unit) {
  std::string out;
  for (const rules::ScoreTable::Dimension& dimension : table.dimensions) {
    const std::int32_t value = value_of(dimension, values, unit);
    out += (out.empty() ? "" : " ") + std::string(rules::axis_name(dimension.axis));
    if (dimension.offset != 0) out += (dimension.offset > 0 ? "@+" : "@") + std::to_string(dimension.offset);
    out += value == rules::axis_edge   ? "=edge"
           : value == rules::axis_none ? "=none"
                                       : "=" + std::to_string(value);
  }
  return out;
}

std::string loudest(std::vector<Part> parts) {
  std::ranges::stable_sort(parts, std::ranges::greater{},
                           [](const Part& part) { return std::abs(part.score); });
  if (parts.size() > loudest_parts) parts.resize(loudest_parts);
  std::string out;
  for (const Part& part : parts) {
    char score[32];
    std::snprintf(score, sizeof score, "%+g ", static_cast<double>(part.score) / rules::parts_of_a_score);
    out += (out.empty() ? "" : ", ") + std::string(score) + part.what;
  }
  return out;
}

/// Each word, pair and so on of a line counts once.
class WordScores {
 public:
  std::int32_t of(const UnitWords& words, const rules::ScoreFile& file, std::vector<Part>* parts) {
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
    for (const auto* found : found_) {
      sum += found->second;
      if (parts != nullptr) parts->push_back({found->second, rules::spelled_condition(found->first)});
    }
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
      found_.push_back(&*found);
  }

  std::string key_;
  std::vector<const std::pair<const std::string, std::int32_t>*> found_;
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
    std::vector<Part> parts;
    for (const rules::ScoreFile& file : scores.files) {
      if (!settings.on[file.entry]) continue;
      std::int64_t total = word_scores.of(words, file, settings.explain ? &parts : nullptr);
      for (const rules::ScoreTable& one : file.tables) {
        const std::int32_t score = table_score(one, values, u);
        total += score;
        if (settings.explain && score != 0) parts.push_back({score, spelled(one, values, u)});
      }
      const double sum = static_cast<double>(total) / rules::parts_of_a_score;
      out[u].score += sum;
      if (sum < out[u].strongest) {
        out[u].strongest = sum;
        out[u].against = file.entry;
      }
    }
    if (settings.explain) out[u].because = loudest(std::move(parts));
  }
  return out;
}

}  // namespace dechaff::decide
