#include "decide/evidence.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "decide/draft.hpp"
#include "decide/table_scores.hpp"
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
std::int32_t value_of(const rules::ScoreTable::Dimension& dimension, const AxisColumns& values,
                      std::size_t unit) {
  const std::int64_t where = static_cast<std::int64_t>(unit) + dimension.offset;
  if (where < 0 || where >= static_cast<std::int64_t>(values.units())) return rules::axis_edge;
  return values[dimension.axis][static_cast<std::size_t>(where)];
}

/// "words@+1=4 sentence@+1=0".
std::string spelled(const rules::ScoreTable& table, const AxisColumns& values, std::size_t unit) {
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
  Weigher(const rules::Scores& scores, const Settings& settings, AxisColumns values)
      : scores_(scores),
        settings_(settings),
        values_(std::move(values)),
        tables_(scores.scales, values_),
        out_(values_.units()),
        parts_(settings.explain ? values_.units() : 0) {}

  void weigh_lines(const UnitMemory& memory, std::span<const std::uint32_t> known) {
    for_each_stretch([&](std::size_t begin, std::size_t count) {
      for (std::size_t f = 0; f < scores_.files.size(); ++f) {
        const rules::ScoreFile& file = scores_.files[f];
        if (!settings_.on[file.entry]) continue;
        sums_.assign(count, 0);
        for (std::size_t i = 0; i < count; ++i) sums_[i] = memory.own_scores(known[begin + i])[f];
        add_tables(file.joined.around);
        say(file.tables.around, begin);
        add_sums(file.entry, begin);
      }
    });
  }

  void weigh_draft(std::span<const Link> others) {
    if (std::ranges::none_of(scores_.files, [&](const auto& file) { return asks_draft(file); })) return;
    std::vector<Link> links(others.begin(), others.end());
    for (std::size_t u = 0; u < links.size(); ++u) links[u].evidence += out_[u].score;
    draft_axes(links, static_cast<double>(scores_.draft_cost) / rules::parts_of_a_score, values_);
    start_again();
    for_each_stretch([&](std::size_t begin, std::size_t count) {
      for (const rules::ScoreFile& file : scores_.files) {
        if (!asks_draft(file)) continue;
        sums_.assign(count, 0);
        add_tables(file.joined.draft);
        say(file.tables.draft, begin);
        add_sums(file.entry, begin);
      }
    });
  }

  /// Tells the parts of what the memory keeps only the sums of, if they are asked for.
  void say_own(const text::LineTable& table, const Places& places, std::span<const Unit> units) {
    if (!settings_.explain) return;
    UnitWords words;
    MetWords met;
    for (std::size_t u = 0; u < units.size(); ++u) {
      read_words(table, places, units[u], words);
      meet(words, scores_.words, met);
      for (const std::uint32_t index : met.entries) {
        if (!settings_.on[scores_.files[scores_.words.file_of(index)].entry]) continue;
        const rules::WordScore score = scores_.words[index];
        parts_[u].push_back({score.score, rules::spelled_condition(score.words)});
      }
    }
    for_each_stretch([&](std::size_t begin, std::size_t) {
      for (const rules::ScoreFile& file : scores_.files) {
        if (!settings_.on[file.entry]) continue;
        say(file.tables.own, begin);
      }
    });
  }

  Weights take() {
    Weights out{std::move(out_), std::move(draft_because_)};
    out.because.resize(parts_.size());
    for (std::size_t u = 0; u < parts_.size(); ++u) {
      std::string& because = out.because[u];
      const std::string parts = loudest(std::move(parts_[u]));
      because += (because.empty() || parts.empty() ? "" : "; behind the draft ") + parts;
    }
    return out;
  }

 private:
  /// Calls `weigh(begin, count)` for one stretch of units after the other.
  template <class Weigh>
  void for_each_stretch(Weigh weigh) {
    for (std::size_t begin = 0; begin < values_.units(); begin += TableScores::at_once) {
      const std::size_t count = std::min(TableScores::at_once, values_.units() - begin);
      tables_.look_at(begin, count);
      weigh(begin, count);
    }
  }

  /// What made the draft counts no more, though it is told: the scores that ask for it were fitted to weigh
  /// it themselves.
  void start_again() {
    std::ranges::fill(out_, Evidence{});
    for (std::vector<Part>& parts : parts_) draft_because_.push_back(loudest(std::exchange(parts, {})));
  }

  bool asks_draft(const rules::ScoreFile& file) const {
    return settings_.on[file.entry] && !file.tables.draft.empty();
  }

  void add_tables(const std::vector<rules::ScoreTable>& joined) {
    for (const rules::ScoreTable& table : joined)
      tables_.for_each_score(table, [&](std::size_t i, std::int32_t score) { sums_[i] += score; });
  }

  void add_sums(EntryIndex file, std::size_t begin) {
    for (std::size_t i = 0; i < sums_.size(); ++i) add(sums_[i], file, out_[begin + i]);
  }

  /// Tells the parts of these tables, if they are asked for.
  void say(const std::vector<rules::ScoreTable>& tables, std::size_t begin) {
    if (!settings_.explain) return;
    for (const rules::ScoreTable& table : tables) {
      tables_.for_each_score(table, [&](std::size_t i, std::int32_t score) {
        if (score != 0) parts_[begin + i].push_back({score, spelled(table, values_, begin + i)});
      });
    }
  }

  const rules::Scores& scores_;
  const Settings& settings_;
  AxisColumns values_;
  TableScores tables_;
  std::vector<Evidence> out_;
  std::vector<std::int64_t> sums_;        // of one file's scores, by unit of a stretch
  std::vector<std::vector<Part>> parts_;  // by unit, if they are asked for
  std::vector<std::string> draft_because_;
};

}  // namespace

Weights evidence_of(const rules::Compiled& compiled, const Settings& settings, const text::LineTable& table,
                    const Places& places, std::span<const Unit> units, std::span<const Link> others,
                    UnitMemory& memory) {
  const std::vector<std::uint32_t> known = memory.know(table, places, units, compiled.scores);
  Weigher weigher(compiled.scores, settings, axis_values(places, units, memory, known));
  weigher.say_own(table, places, units);
  weigher.weigh_lines(memory, known);
  weigher.weigh_draft(others);
  return weigher.take();
}

}  // namespace dechaff::decide
