#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "decide/places.hpp"
#include "decide/units.hpp"
#include "decide/word_scores.hpp"
#include "rules/axis.hpp"
#include "rules/scores.hpp"
#include "text/line_table.hpp"

namespace dechaff::decide {

/// The values of all axes for the units of a document, each axis a column.
class AxisColumns {
 public:
  explicit AxisColumns(std::size_t units) : units_(units), values_(units * rules::axes) {}

  std::size_t units() const { return units_; }
  std::span<std::int32_t> operator[](rules::Axis axis) {
    return std::span(values_).subspan(static_cast<std::size_t>(axis) * units_, units_);
  }
  std::span<const std::int32_t> operator[](rules::Axis axis) const {
    return std::span(values_).subspan(static_cast<std::size_t>(axis) * units_, units_);
  }
  /// Values beyond any range that scores can ask for are capped.
  void set(std::size_t unit, rules::Axis axis, std::int64_t value) {
    assert(unit < units_);
    values_.data()[static_cast<std::size_t>(axis) * units_ + unit] = capped(value);
  }
  /// What is true of the document, and so of all units.
  void set_all(rules::Axis axis, std::int64_t value) { std::ranges::fill((*this)[axis], capped(value)); }

  static std::int32_t capped(std::int64_t value) {
    return static_cast<std::int32_t>(std::min<std::int64_t>(value, 1'000'000'000));
  }

 private:
  std::size_t units_;
  std::vector<std::int32_t> values_;
};

/// Words of a unit as scores name them: folded, with 0 for every digit; of scripts without spaces,
/// characters.
struct UnitWords {
  std::string text;                                            ///< each with a space behind it
  std::vector<std::pair<std::uint32_t, std::uint32_t>> words;  ///< begin and size in `text`

  std::string_view word(std::size_t i) const {
    return std::string_view(text).substr(words[i].first, words[i].second);
  }
};

/// Reads the words of the lines of `unit`; what `out` held is gone.
void read_words(const text::LineTable& table, const Places& places, Unit unit, UnitWords& out);

/// What a unit's own text says of it.
struct UnitFacts {
  std::array<std::int32_t, rules::own_axes> values{};
  std::uint32_t words = 0;
  std::uint32_t text =
      0;  ///< one number for units of the same words, below `UnitMemory::texts`; 0 without any
  bool sentence = false;  ///< even a short one
  bool prose = false;
  bool list_item = false;
};

/// The facts of units, kept from one pass over a document to the next: lines go, they do not change.
class UnitMemory {
 public:
  /// The number of each unit's facts, which are read if they are not yet known.
  std::vector<std::uint32_t> know(const text::LineTable& table, const Places& places,
                                  std::span<const Unit> units, const rules::Scores& scores);

  const UnitFacts& facts(std::uint32_t number) const { return known_[number].facts; }
  /// The sum of what its words and its own values score, by score file.
  std::span<const std::int32_t> own_scores(std::uint32_t number) const {
    const std::size_t files = own_scores_.size() / known_.size();
    return std::span(own_scores_).subspan(number * files, files);
  }

  std::uint32_t texts() const { return static_cast<std::uint32_t>(texts_.size()) + 1; }

 private:
  struct Known {
    std::uint64_t lines = 0;  // their hash, if there are several
    UnitFacts facts;
  };

  std::uint32_t know(const text::LineTable& table, const Places& places, Unit unit,
                     const rules::Scores& scores);
  void read(const text::LineTable& table, const Places& places, Unit unit, const rules::Scores& scores,
            UnitFacts& out, std::span<std::int32_t> own_scores);

  // First line → number of its unit, and one; alone it says what others of the same bytes say.
  std::vector<std::uint32_t> known_of_, joined_of_;
  std::vector<Known> known_;
  std::vector<std::int32_t> own_scores_;
  std::unordered_map<std::uint64_t, std::uint32_t> texts_;  // by the hash of their words
  std::string joined_;
  UnitWords words_;
  MetWords met_;
};

/// A share as a percent, rounded, with 0 and 100 for none and all only.
inline std::int32_t share_in_percent(std::int64_t part, std::int64_t whole) {
  if (part <= 0 || whole <= 0) return 0;
  if (part >= whole) return 100;
  constexpr std::int64_t most_small = 10'000'000;  // a division of 32 bits takes half as long
  const std::int64_t rounded = whole <= most_small ? static_cast<std::uint32_t>(200 * part + whole) /
                                                         static_cast<std::uint32_t>(2 * whole)
                                                   : (200 * part + whole) / (2 * whole);
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(rounded, 1, 99));
}

/// What the scores may ask of each unit, but for the axes of the draft, which are 0. `known` are the numbers
/// of the units' facts. Linear in the text.
AxisColumns axis_values(const Places& places, std::span<const Unit> units, const UnitMemory& memory,
                        std::span<const std::uint32_t> known);

}  // namespace dechaff::decide
