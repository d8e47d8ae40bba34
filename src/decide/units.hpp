#pragma once

#include <cstdint>
#include <vector>

#include "decide/places.hpp"
#include "text/line_table.hpp"

namespace dechaff::decide {

/// Lines that are judged as one: a line, or the lines that a program with a narrow page has broken a
/// paragraph into.
struct Unit {
  std::uint32_t place = 0;  ///< of its first line
  std::uint32_t count = 1;
};

/// All lines that are left, as units in their order. Lines are joined only in documents that look wrapped:
/// nearly all long lines end before the same column, at most `widest_page`.
std::vector<Unit> units_of(const text::LineTable& table, const Places& places);

}  // namespace dechaff::decide
