#include "rules/scores.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "base/sorted.hpp"
#include "dechaff/nearest.hpp"
#include "rules/joined_tables.hpp"
#include "rules/rule.hpp"

namespace dechaff::rules {

namespace {

constexpr std::int32_t no_end = std::numeric_limits<std::int32_t>::max() - 1;
constexpr std::size_t most_tables = 4096;
constexpr std::size_t most_cells = 1'000'000;       // of all tables of a file
constexpr std::size_t most_cell_sums = 20'000'000;  // rows times the cells that each is added to
// Values up to this one are looked up, those above searched for.
constexpr std::int32_t most_indexed = 400;
constexpr double largest_score = 100;
// Beyond this, more of it decides no better; as many tables as there may be add up to no more than 32 bits.
constexpr std::int32_t most_of_a_cell = 500 * parts_of_a_score;

/// Words of a condition stand with "_" between them.
constexpr std::array<std::pair<std::string_view, char>, 5> word_kinds = {
    {{"word", 'w'}, {"pair", 'p'}, {"first", 'f'}, {"last", 'l'}, {"whole", '='}}};

std::optional<char> word_kind(std::string_view key) {
  for (const auto& [name, kind] : word_kinds) {
    if (name == key) return kind;
  }
  return {};
}

std::optional<std::int32_t> whole_number(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return {};
  return std::min(value, no_end);  // what is one more is a number, too
}

/// One line of a file, taken apart from the left.
class LineReader {
 public:
  LineReader(const SourceFile& file, std::uint32_t number, std::string_view line, Errors& errors)
      : file_(file), number_(number), line_(line), rest_(line), errors_(errors) {}

  std::string_view word() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
    const std::string_view out = rest_.substr(0, rest_.find_first_of(" \t"));
    rest_.remove_prefix(out.size());
    return out;
  }

  SourcePos pos_of(std::string_view part) const {
    return {file_.name, number_, static_cast<std::uint32_t>(part.data() - line_.data()) + 1};
  }

  void error(std::string_view part, std::string message) {
    errors_.push_back({ErrorCode::bad_rule, pos_of(part), std::move(message)});
  }

 private:
  const SourceFile& file_;
  std::uint32_t number_;
  std::string_view line_, rest_;
  Errors& errors_;
};

std::optional<std::int32_t> read_score(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc{} && end == text.data() + text.size() && std::isfinite(value) &&
                    std::abs(value) <= largest_score;
  if (!good) return {};
  return static_cast<std::int32_t>(std::lround(value * parts_of_a_score));
}

/// "4", "2..7", "30..", "..4", "yes", "no", "none", "edge" and, for `ending`, the name of a kind.
std::optional<std::pair<std::int32_t, std::int32_t>> read_range(Axis axis, std::string_view text) {
  const auto only = [](std::int32_t value) { return std::pair(value, value); };
  if (text == "none") return only(axis_none);
  if (text == "edge") return only(axis_edge);
  if (text == "yes") return only(1);
  if (text == "no") return only(0);
  if (axis == Axis::ending) {
    const auto found = std::ranges::find(ending_names, text);
    if (found == ending_names.end()) return {};
    return only(static_cast<std::int32_t>(found - ending_names.begin()));
  }
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto value = whole_number(text);
    return value && *value >= 0 ? std::optional(only(*value)) : std::nullopt;
  }
  const std::string_view low = text.substr(0, dots);
  const std::string_view high = text.substr(dots + 2);
  const auto least = low.empty() ? std::optional(0) : whole_number(low);
  const auto most = high.empty() ? std::optional(no_end) : whole_number(high);
  if (!least || !most || *least < 0 || *most < *least || (low.empty() && high.empty())) return {};
  return std::pair(*least, *most);
}

std::string unknown_condition(std::string_view key) {
  std::vector<std::string_view> known{"hit"};
  for (const auto& [name, kind] : word_kinds) known.push_back(name);
  for (std::size_t i = 0; i < axes; ++i) known.push_back(axis_name(static_cast<Axis>(i)));
  std::string message = "nothing can be asked by '" + std::string(key) + "'";
  if (const auto near = nearest(key, known)) message += ", did you mean '" + std::string(*near) + "'?";
  return message;
}

/// A score and what it is for, an axis within bounds for each dimension of its table.
struct Row {
  std::vector<Bounds> bounds;
  std::int32_t score = 0;
};

std::vector<ScoreTable::Dimension> dimensions_of(const std::vector<Row>& rows) {
  std::vector<ScoreTable::Dimension> out;
  for (std::size_t d = 0; d < rows.front().bounds.size(); ++d) {
    ScoreTable::Dimension dimension{
        rows.front().bounds[d].axis, rows.front().bounds[d].offset, {axis_edge, axis_none, 0}, {}};
    std::vector<std::int32_t>& starts = dimension.starts.own();
    for (const Row& row : rows) {
      starts.push_back(row.bounds[d].least);
      starts.push_back(row.bounds[d].most + 1);
    }
    sort_each_once(starts);
    out.push_back(std::move(dimension));
  }
  return out;
}

/// What the tables of a file may still cost.
struct Budget {
  std::size_t cells = most_cells;
  std::size_t sums = most_cell_sums;
};

/// The table of rows that ask for the same axes; nothing if it were too large.
std::optional<ScoreTable> table_of(const std::vector<Row>& rows, Budget& budget) {
  ScoreTable out{dimensions_of(rows), {}};
  std::size_t size = 1;
  for (const ScoreTable::Dimension& dimension : out.dimensions) {
    size *= dimension.starts.size();
    if (size > budget.cells) return {};
  }
  budget.cells -= size;
  std::vector<std::int32_t>& cells = out.cells.own();
  cells.resize(size);
  for (const Row& row : rows) {
    // The cells of a row are a box: for each dimension, a range of its ranges.
    std::vector<std::size_t> least, most;
    for (std::size_t d = 0; d < out.dimensions.size(); ++d) {
      const auto& starts = out.dimensions[d].starts;
      const auto index = [&](std::int32_t value) {
        return static_cast<std::size_t>(std::ranges::lower_bound(starts, value) - starts.begin());
      };
      least.push_back(index(row.bounds[d].least));
      most.push_back(index(row.bounds[d].most + 1));
    }
    std::size_t sums = 1;
    for (std::size_t d = 0; d < least.size(); ++d) sums *= most[d] - least[d];
    if (sums > budget.sums) return {};
    budget.sums -= sums;
    std::vector<std::size_t> at = least;
    for (bool more = true; more;) {
      std::size_t cell = 0;
      for (std::size_t d = 0; d < at.size(); ++d) cell = cell * out.dimensions[d].starts.size() + at[d];
      cells[cell] = std::clamp(cells[cell] + row.score, -most_of_a_cell, most_of_a_cell);
      more = false;
      for (std::size_t d = at.size(); d-- > 0 && !more;) {
        more = ++at[d] < most[d];
        if (!more) at[d] = least[d];
      }
    }
  }
  return out;
}

/// Gathers what the lines of one file say.
class Gatherer {
 public:
  void take(LineReader& line) {
    const std::string_view first = line.word();
    if (first == "function") {
      for (std::string_view word = line.word(); !word.empty(); word = line.word())
        out_.function_words.insert(word);
      return;
    }
    if (first == "draft_cost") {
      const std::string_view cost = line.word();
      out_.draft_cost = read_score(cost);
      if (out_.draft_cost && *out_.draft_cost >= 0) return;
      line.error(cost, "'draft_cost' is a number such as 1.9");
      return;
    }
    const auto score = read_score(first);
    if (!score) {
      line.error(first,
                 "a line begins with a score such as -0.4, with 'function' or 'draft_cost', or with #");
      return;
    }
    std::vector<Bounds> bounds;
    std::size_t others = 0;
    std::string_view part = line.word();
    if (part.empty())
      line.error(first, "the score asks for nothing: write what it is for, such as words=2..4");
    for (; !part.empty(); part = line.word()) {
      if (!condition(line, part, *score, bounds)) return;
      if (bounds.empty()) ++others;
      if (others > 0 && others + bounds.size() > 1) {
        line.error(part, "words and hits stand alone: give each a line of its own");
        return;
      }
      if (asks_twice(bounds)) {
        line.error(part, "a score asks for each thing once: write one range");
        return;
      }
      if (bounds.size() > most_dimensions) {
        line.error(part, "a score asks for at most " + std::to_string(most_dimensions) + " things");
        return;
      }
    }
    if (bounds.empty()) return;
    std::ranges::sort(bounds);
    std::vector<std::pair<Axis, std::int32_t>> signature;
    signature.reserve(bounds.size());
    for (const Bounds& one : bounds) signature.emplace_back(one.axis, one.offset);
    rows_[std::move(signature)].push_back({std::move(bounds), *score});
  }

  ReadScores finish(const SourceFile& file, Errors& errors) {
    if (rows_.size() > most_tables) {
      errors.push_back({ErrorCode::bad_rule,
                        {file.name, 1, 1},
                        "the scores ask for " + std::to_string(rows_.size()) +
                            " different sets of things; the most is " + std::to_string(most_tables)});
      return std::move(out_);
    }
    Budget budget;
    for (const auto& [signature, rows] : rows_) {
      if (auto table = table_of(rows, budget)) {
        out_.tables.add(std::move(*table));
      } else {
        errors.push_back({ErrorCode::bad_rule,
                          {file.name, 1, 1},
                          "the scores for '" + std::string(axis_name(signature.front().first)) +
                              "' and what stands with it cut the numbers into too many pieces; use fewer "
                              "different ranges"});
      }
    }
    out_.joined = {joined(out_.tables.own), joined(out_.tables.around), joined(out_.tables.draft)};
    return std::move(out_);
  }

 private:
  /// Whether the last of them asks for what another one does.
  static bool asks_twice(const std::vector<Bounds>& bounds) {
    return bounds.size() > 1 && std::any_of(bounds.begin(), bounds.end() - 1, [&](const Bounds& one) {
             return one.axis == bounds.back().axis && one.offset == bounds.back().offset;
           });
  }

  bool condition(LineReader& line, std::string_view part, std::int32_t score, std::vector<Bounds>& bounds) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == part.size()) {
      line.error(part, "write a condition as name=value");
      return false;
    }
    const std::string_view key = part.substr(0, equals);
    const std::string_view value = part.substr(equals + 1);
    if (const auto kind = word_kind(key)) {
      std::string words(1, *kind);
      words += value;
      std::ranges::replace(words, '_', ' ');
      out_.words.add({words, score});
      return true;
    }
    if (key == "hit") {
      out_.hits.push_back({std::string(value), score, line.pos_of(value)});
      return true;
    }
    const std::string_view name = key.substr(0, key.find('@'));
    const auto axis = axis_named(name);
    if (!axis) {
      line.error(part, unknown_condition(name));
      return false;
    }
    std::int32_t offset = 0;
    if (name.size() < key.size()) {
      std::string_view spelled = key.substr(name.size() + 1);
      if (spelled.starts_with('+')) spelled.remove_prefix(1);
      const auto number = whole_number(spelled);
      if (!number || std::abs(*number) > farthest_neighbour) {
        line.error(part, "behind '@' stands which line is meant, such as @-1 for the one before");
        return false;
      }
      offset = *number;
    }
    const auto range = read_range(*axis, value);
    if (!range) {
      line.error(value, "'" + std::string(name) + "' is asked for as 4, 2..7, 30.., yes, no, none or edge");
      return false;
    }
    bounds.push_back({*axis, offset, range->first, range->second});
    return true;
  }

  ReadScores out_;
  std::map<std::vector<std::pair<Axis, std::int32_t>>, std::vector<Row>> rows_;
};

}  // namespace

bool ScoreTable::own() const {
  return std::ranges::all_of(dimensions, [](const Dimension& dimension) {
    return dimension.offset == 0 && static_cast<std::size_t>(dimension.axis) < own_axes;
  });
}

Scale::Scale(std::vector<std::int32_t> starts) : starts_(std::move(starts)) {
  const std::int32_t* const first_far = std::ranges::upper_bound(starts_, most_indexed);
  behind_ = first_far == starts_.end() ? std::numeric_limits<std::int32_t>::max() : *first_far;
  if (first_far == starts_.begin()) return;
  std::vector<std::uint32_t>& ranges = ranges_.own();
  for (std::int32_t value = axis_edge; value <= *std::prev(first_far); ++value)
    ranges.push_back(search(value));
}

bool Scale::holds_together() const {
  const auto is_range = [&](std::uint32_t range) { return range < starts_.size(); };
  return !ranges_.empty() && std::ranges::all_of(ranges_, is_range);
}

std::uint32_t Scale::search(std::int32_t value) const {
  const std::int32_t* const behind = std::ranges::upper_bound(starts_, value);
  return static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(behind - starts_.begin() - 1, 0));
}

bool ScoreTable::asks_draft() const {
  return std::ranges::any_of(dimensions, [](const Dimension& one) { return of_draft(one.axis); });
}

void ScoreTables::add(ScoreTable table) {
  auto& to = table.asks_draft() ? draft : table.own() ? own : around;
  to.push_back(std::move(table));
}

void Scores::add_file(EntryIndex entry, ReadScores read) {
  ScoreFile& out = files.emplace_back();
  out.entry = entry;
  out.tables = std::move(read.tables);
  out.joined = std::move(read.joined);
  out.words = std::move(read.words);
  function_words.insert(std::move(read.function_words));
  if (read.draft_cost) draft_cost = *read.draft_cost;
}

namespace {

template <class Table, class Files>
std::vector<Table*> tables_of(Files& files) {
  std::vector<Table*> out;
  for (auto& file : files) {
    for (auto* all : {&file.tables, &file.joined}) {
      for (auto* tables : {&all->own, &all->around, &all->draft}) {
        for (Table& table : *tables) out.push_back(&table);
      }
    }
  }
  return out;
}

}  // namespace

std::vector<ScoreTable*> Scores::all_tables() { return tables_of<ScoreTable>(files); }
std::vector<const ScoreTable*> Scores::all_tables() const { return tables_of<const ScoreTable>(files); }

bool Scores::takes(const std::array<Scale, axes>& scales_of_all,
                   std::span<const PlainList<std::uint32_t>> steps) const {
  for (const ScoreTable* table : all_tables()) {
    std::size_t last_cell = 0;
    if (steps.size() < table->dimensions.size()) return false;
    for (const ScoreTable::Dimension& dimension : table->dimensions) {
      const PlainList<std::uint32_t>& here = steps.front();
      const Scale& scale = scales_of_all[static_cast<std::size_t>(dimension.axis)];
      if (here.empty() || here.size() != scale.starts().size()) return false;
      last_cell += std::ranges::max(here);
      steps = steps.subspan(1);
    }
    if (last_cell >= table->cells.size()) return false;
  }
  return steps.empty();
}

std::optional<Axis> Scores::index() {
  const std::vector<ScoreTable*> tables = all_tables();
  std::array<std::vector<std::int32_t>, axes> starts;
  for (const ScoreTable* table : tables) {
    for (const ScoreTable::Dimension& dimension : table->dimensions) {
      auto& all = starts[static_cast<std::size_t>(dimension.axis)];
      all.insert(all.end(), dimension.starts.begin(), dimension.starts.end());
    }
  }
  for (std::size_t axis = 0; axis < axes; ++axis) {
    if (starts[axis].empty()) continue;
    sort_each_once(starts[axis]);
    if (starts[axis].size() > most_ranges) return static_cast<Axis>(axis);
    scales[axis] = Scale(std::move(starts[axis]));
  }
  for (ScoreTable* table : tables) {
    std::uint32_t stride = 1;
    for (auto dimension = table->dimensions.rbegin(); dimension != table->dimensions.rend(); ++dimension) {
      const std::span<const std::int32_t> starts_here = dimension->starts.all();
      std::vector<std::uint32_t> steps;
      std::uint32_t range = 0;
      for (const std::int32_t start : scales[static_cast<std::size_t>(dimension->axis)].starts()) {
        if (range + 1 < starts_here.size() && start >= starts_here[range + 1]) ++range;
        steps.push_back(range * stride);
      }
      dimension->steps = std::move(steps);
      stride *= static_cast<std::uint32_t>(starts_here.size());
    }
  }
  return {};
}

std::string spelled_condition(std::string_view words) {
  std::string out;
  for (const auto& [name, kind] : word_kinds) {
    if (kind == words.front()) out = std::string(name) + "=" + std::string(words.substr(1));
  }
  std::ranges::replace(out, ' ', '_');
  return out;
}

ReadScores read_scores(const SourceFile& file, Errors& errors) {
  Gatherer gatherer;
  std::string_view rest = file.content();
  for (std::uint32_t number = 1; !rest.empty(); ++number) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with('#') || line.find_first_not_of(" \t") == std::string_view::npos) continue;
    LineReader reader(file, number, line, errors);
    gatherer.take(reader);
  }
  return gatherer.finish(file, errors);
}

}  // namespace dechaff::rules
