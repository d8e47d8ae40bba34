#pragma once

#include <span>

#include "decide/axes.hpp"
#include "decide/chain.hpp"

namespace dechaff::decide {

/// Fills in the axes of the draft: what the chain makes of `links`, which know nothing of a draft, and where
/// each line stands in that. The draft keeps where it is undecided. Linear in `links`.
void draft_axes(std::span<const Link> links, double switch_cost, AxisColumns& values);

}  // namespace dechaff::decide
