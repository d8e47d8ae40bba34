#include "decide/evidence.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "decide/draft.hpp"
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

/// Adds what the scores of one file say of a unit.
void add(std::int64_t total, EntryIndex file, Evidence& out) {
  const double sum = static_cast<double>(total) / rules::parts_of_a_score;
  out.score += sum;
  if (sum >= out.strongest) return;
  out.strongest = sum;
  out.against = file;
}

class Weigher {
 public:
  Weigher(const rules::Scores& scores, const Settings& settings, std::vector<AxisValues> values)
      : scores_(scores),
        settings_(settings),
        values_(std::move(values)),
        out_(values_.size()),
        parts_(settings.explain ? values_.size() : 0) {}

  void weigh_lines(const text::LineTable& table, const Places& places, std::span<const Unit> units,
                   UnitMemory& memory) {
    UnitWords words;
    for (std::size_t u = 0; u < units.size(); ++u) {
      const auto own_scores = memory.own_scores(memory.know(table, places, units[u], scores_));
      if (settings_.explain) read_words(table, places, units[u], words);
      for (std::size_t f = 0; f < scores_.files.size(); ++f) {
        const rules::ScoreFile& file = scores_.files[f];
        if (!settings_.on[file.entry]) continue;
        if (settings_.explain) say_own(words, file, u);
        add(own_scores[f] + sum_of(file.tables, u), file.entry, out_[u]);
      }
    }
  }

  void weigh_draft(std::span<const Link> others) {
    if (std::ranges::none_of(scores_.files, [&](const auto& file) { return asks_draft(file); })) return;
    std::vector<Link> links(others.begin(), others.end());
    for (std::size_t u = 0; u < links.size(); ++u) links[u].evidence += out_[u].score;
    draft_axes(links, static_cast<double>(scores_.draft_cost) / rules::parts_of_a_score, values_);
    start_again();
    for (const rules::ScoreFile& file : scores_.files) {
      if (!asks_draft(file)) continue;
      for (std::size_t u = 0; u < out_.size(); ++u) add(sum_of(file.draft_tables, u), file.entry, out_[u]);
    }
  }

  std::vector<Evidence> take() {
    for (std::size_t u = 0; u < parts_.size(); ++u) out_[u].because = loudest(std::move(parts_[u]));
    return std::move(out_);
  }

 private:
  /// What made the draft counts no more: the scores that ask for it were fitted to weigh it themselves.
  void start_again() {
    for (std::size_t u = 0; u < out_.size(); ++u) {
      out_[u] = {};
      if (settings_.explain) parts_[u].clear();
    }
  }

  bool asks_draft(const rules::ScoreFile& file) const {
    return settings_.on[file.entry] && !file.draft_tables.empty();
  }

  std::int32_t score_of(const rules::ScoreTable& table, std::size_t unit) const {
    return table_score(table, [&](const auto& dimension) { return value_of(dimension, values_, unit); });
  }

  void say(const rules::ScoreTable& table, std::int32_t score, std::size_t unit) {
    if (settings_.explain && score != 0) parts_[unit].push_back({score, spelled(table, values_, unit)});
  }

  /// What is in the sums that the memory keeps.
  void say_own(const UnitWords& words, const rules::ScoreFile& file, std::size_t unit) {
    for (const std::uint32_t index : met_scores(words, file.words))
      parts_[unit].push_back({file.words[index].score, rules::spelled_condition(file.words[index].words)});
    for (const rules::ScoreTable& table : file.tables) {
      if (table.own) say(table, score_of(table, unit), unit);
    }
  }

  std::int64_t sum_of(const std::vector<rules::ScoreTable>& tables, std::size_t unit) {
    std::int64_t total = 0;
    for (const rules::ScoreTable& table : tables) {
      if (table.own) continue;
      const std::int32_t score = score_of(table, unit);
      total += score;
      say(table, score, unit);
    }
    return total;
  }

  const rules::Scores& scores_;
  const Settings& settings_;
  std::vector<AxisValues> values_;
  std::vector<Evidence> out_;
  std::vector<std::vector<Part>> parts_;  // by unit, if they are asked for
};

}  // namespace

std::vector<Evidence> evidence_of(const rules::Compiled& compiled, const Settings& settings,
                                  const text::LineTable& table, const Places& places,
                                  std::span<const Unit> units, std::span<const Link> others,
                                  UnitMemory& memory) {
  Weigher weigher(compiled.scores, settings, axis_values(table, places, units, compiled.scores, memory));
  weigher.weigh_lines(table, places, units, memory);
  weigher.weigh_draft(others);
  return weigher.take();
}

}  // namespace dechaff::decide
