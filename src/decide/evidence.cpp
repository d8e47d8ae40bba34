#include "decide/evidence.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "decide/word_scores.hpp"

namespace dechaff::decide {

namespace {

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

/// What the files in force say of a unit, score by score.
std::string because(const rules::Scores& scores, const Settings& settings, const UnitWords& words,
                    std::span<const AxisValues> values, std::size_t unit) {
  std::vector<Part> parts;
  for (const rules::ScoreFile& file : scores.files) {
    if (!settings.on[file.entry]) continue;
    for (const std::uint32_t index : met_scores(words, file.words))
      parts.push_back({file.words[index].score, rules::spelled_condition(file.words[index].words)});
    for (const rules::ScoreTable& table : file.tables) {
      const std::int32_t score =
          table_score(table, [&](const auto& dimension) { return value_of(dimension, values, unit); });
      if (score != 0) parts.push_back({score, spelled(table, values, unit)});
    }
  }
  return loudest(std::move(parts));
}

}  // namespace

std::vector<Evidence> evidence_of(const rules::Compiled& compiled, const Settings& settings,
                                  const text::LineTable& table, const Places& places,
                                  std::span<const Unit> units, UnitMemory& memory) {
  const rules::Scores& scores = compiled.scores;
  const std::vector<AxisValues> values = axis_values(table, places, units, scores, memory);
  std::vector<Evidence> out(units.size());
  std::vector<std::vector<const rules::ScoreTable*>> not_own(scores.files.size());
  for (std::size_t f = 0; f < scores.files.size(); ++f) {
    for (const rules::ScoreTable& one : scores.files[f].tables) {
      if (!one.own) not_own[f].push_back(&one);
    }
  }
  UnitWords words;
  for (std::size_t u = 0; u < units.size(); ++u) {
    const auto own_scores = memory.own_scores(memory.know(table, places, units[u], scores));
    for (std::size_t f = 0; f < scores.files.size(); ++f) {
      const rules::ScoreFile& file = scores.files[f];
      if (!settings.on[file.entry]) continue;
      std::int64_t total = own_scores[f];
      for (const rules::ScoreTable* one : not_own[f])
        total += table_score(*one, [&](const auto& dimension) { return value_of(dimension, values, u); });
      const double sum = static_cast<double>(total) / rules::parts_of_a_score;
      out[u].score += sum;
      if (sum < out[u].strongest) {
        out[u].strongest = sum;
        out[u].against = file.entry;
      }
    }
    if (!settings.explain) continue;
    read_words(table, places, units[u], words);
    out[u].because = because(scores, settings, words, values, u);
  }
  return out;
}

}  // namespace dechaff::decide
