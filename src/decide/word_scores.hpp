#pragma once

#include <cstdint>
#include <vector>

#include "rules/word_table.hpp"

namespace dechaff::decide {

struct UnitWords;

/// What a table says of a unit.
struct MetWords {
  /// The entries that its words, pairs of them, its first and last and all of them meet, as indices into the
  /// table: sorted, for each counts once.
  std::vector<std::uint32_t> entries;
  std::size_t function_words = 0;  ///< how many of its words are such
};

/// Looks the words up; what `out` held is gone.
void meet(const UnitWords& words, const rules::WordTable& table, MetWords& out);

}  // namespace dechaff::decide
