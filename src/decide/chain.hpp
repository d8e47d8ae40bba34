#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dechaff::decide {

enum class Force : std::uint8_t { none, keep, drop };

/// A line as the chain sees it.
struct Link {
  double evidence = 0;  ///< above zero speaks for keeping
  Force force = Force::none;
};

/// Whether each line is dropped, in the labelling of highest total: a kept line counts half its evidence, a
/// dropped one half of it below zero, each change between the two costs `switch_cost` (>= 0), and forced
/// lines are as they are forced. Found exactly, in linear time (Viterbi's algorithm on a chain of two
/// states); ties keep.
std::vector<bool> best_labelling(std::span<const Link> links, double switch_cost);

/// By how much the best labelling that keeps a line beats the best that drops it, for each line; infinite
/// where it is forced. Linear time.
std::vector<double> margins(std::span<const Link> links, double switch_cost);

}  // namespace dechaff::decide
