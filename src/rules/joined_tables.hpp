#pragma once

#include <span>
#include <vector>

#include "rules/scores.hpp"

namespace dechaff::rules {

/// Fewer tables that add up to the same as `tables`, without the steps: a table goes into another that asks
/// for all that it asks for, and more, unless that would grow too large.
std::vector<ScoreTable> joined(std::span<const ScoreTable> tables);

}  // namespace dechaff::rules
