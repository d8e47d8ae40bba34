#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/plain_list.hpp"
#include "base/text_list.hpp"
#include "dechaff/change.hpp"
#include "dechaff/error.hpp"
#include "rules/axis.hpp"
#include "rules/word_table.hpp"

namespace dechaff::rules {

struct SourceFile;

/// Scores are kept in these parts, so that sums do not depend on their order.
inline constexpr std::int32_t parts_of_a_score = 1000;

/// What a change between keep and drop costs in the draft, in parts of a score, where no file says it.
inline constexpr std::int32_t default_draft_cost = 2 * parts_of_a_score;

/// What a score asks of one line: an axis within bounds.
struct Bounds {
  Axis axis = Axis::words;
  std::int32_t offset = 0;  ///< of the line: -1 is the one before
  std::int32_t least = 0;
  std::int32_t most = 0;

  friend auto operator<=>(const Bounds&, const Bounds&) = default;
};

/// How far from a line the neighbour may be that a score asks for, in lines.
inline constexpr std::int32_t farthest_neighbour = 8;

/// How many axes a score asks for at most.
inline constexpr std::size_t most_dimensions = 4;

/// All scores that ask for the same axes, summed up in a table with a cell for every combination of the
/// ranges in which nothing changes.
struct ScoreTable {
  struct Dimension {
    Axis axis = Axis::words;
    std::int32_t offset = 0;
    PlainList<std::int32_t> starts;  ///< of the ranges, sorted; the first takes all below in
    /// What each range of the axis's scale adds to the index of the cell; see `Scores::index`.
    PlainList<std::uint32_t> steps;
  };

  std::vector<Dimension> dimensions;
  PlainList<std::int32_t> cells;  ///< the last dimension is the innermost

  /// Whether nothing but the line's own text has a say.
  bool own() const;
  bool asks_draft() const;
};

inline constexpr std::size_t most_ranges = 1024;

/// The ranges that all tables together cut an axis into, so that a value is looked up once for all of them.
class Scale {
 public:
  Scale() : Scale({axis_edge}) {}
  /// The starts of the ranges, sorted, each once; the first takes all below in.
  explicit Scale(std::vector<std::int32_t> starts);

  const PlainList<std::int32_t>& starts() const { return starts_; }

  /// The index of the range that the value is in.
  std::uint32_t range_of(std::int32_t value) const {
    const auto at = static_cast<std::size_t>(std::int64_t{value} - axis_edge);
    const std::span<const std::uint32_t> ranges = ranges_.all();
    if (at < ranges.size()) return ranges.data()[at];
    return value < behind_ ? ranges.back() : search(value);
  }

  /// For what writes and reads images.
  template <class A>
  friend void fields(A& a, Scale& scale) {
    a(scale.starts_, scale.ranges_, scale.behind_);
    if constexpr (requires { a.require(true); }) a.require(scale.holds_together());
  }

 private:
  bool holds_together() const;
  std::uint32_t search(std::int32_t value) const;

  PlainList<std::int32_t> starts_;
  PlainList<std::uint32_t> ranges_;  // of the values from axis_edge on
  std::int32_t behind_ = axis_edge;  // values from there to this one are of the last of `ranges_`
};

/// "pread more" → "pair=read_more", as score files have it.
std::string spelled_condition(std::string_view words);

/// The tables of one file, by what they ask for.
struct ScoreTables {
  std::vector<ScoreTable> own;     ///< nothing but the line's own text
  std::vector<ScoreTable> around;  ///< what is around it
  std::vector<ScoreTable> draft;   ///< what the draft makes of the document

  void add(ScoreTable table);
};

/// Scores of one file, to be switched off together.
struct ScoreFile {
  EntryIndex entry = 0;
  ScoreTables tables;  ///< each for what its file asks for: they tell why
  ScoreTables joined;  ///< fewer tables that add up to the same
  WordList words;
  TextList function_words;
};

/// A `.scores` file as it was read, before the ids of `hit` are looked up.
struct ReadScores {
  struct Hit {
    std::string id;
    std::int32_t score = 0;
    SourcePos pos;
  };

  ScoreTables tables, joined;  ///< as those of `ScoreFile`
  WordList words;
  std::vector<Hit> hits;
  TextList function_words;
  std::optional<std::int32_t> draft_cost;
};

struct Scores {
  std::vector<ScoreFile> files;
  std::array<Scale, axes> scales;                     ///< by axis
  std::unordered_map<EntryIndex, std::int32_t> hits;  ///< of rules that the profile does not trust
  WordTable words;                                    ///< of all files, function words among them
  std::int32_t draft_cost = default_draft_cost;

  /// Adds what the file of `entry` says, but for its hits, whose entries may be of files that are still to
  /// come.
  void add_file(EntryIndex entry, ReadScores read);
  /// All tables of all files, in an order that depends on nothing else.
  std::vector<ScoreTable*> all_tables();
  std::vector<const ScoreTable*> all_tables() const;
  /// Whether these scales and steps are for the tables that are there: they lead to no cell that is not.
  bool takes(const std::array<Scale, axes>& scales_of_all,
             std::span<const PlainList<std::uint32_t>> steps) const;
  /// Makes the scales and the table of words, when all files are there. Gives an axis that they cut into more
  /// than `most_ranges`, if there is one: the memory that they take is bounded.
  std::optional<Axis> index();
};

/// Reads lines such as `-0.42 words=2..4 sentence=no`, `-0.8 word=cookie`, `-1.1 hit=related.section`,
/// `function the of and` and `draft_cost 1.9`. Every mistake goes to `errors` with its place.
ReadScores read_scores(const SourceFile& file, Errors& errors);

}  // namespace dechaff::rules
