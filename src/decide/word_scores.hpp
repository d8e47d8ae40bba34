#pragma once

#include <cstdint>
#include <vector>

#include "rules/word_table.hpp"

namespace dechaff::decide {

struct UnitWords;

/// The scores that a unit's words, pairs of them, its first and last and all of them meet, as indices into
/// `table`: sorted, for each counts once.
std::vector<std::uint32_t> met_scores(const UnitWords& words, const rules::WordTable& table);

/// Their sum.
std::int32_t word_score(const UnitWords& words, const rules::WordTable& table);

}  // namespace dechaff::decide
