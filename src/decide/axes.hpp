#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "decide/places.hpp"
#include "decide/units.hpp"
#include "rules/axis.hpp"
#include "rules/scores.hpp"
#include "text/line_table.hpp"

namespace dechaff::decide {

/// The values of all axes for one unit.
using AxisValues = std::array<std::int32_t, rules::axes>;

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

/// What the scores may ask of each unit. Linear in the text.
std::vector<AxisValues> axis_values(const text::LineTable& table, const Places& places,
                                    std::span<const Unit> units, const rules::Scores& scores);

}  // namespace dechaff::decide
