#pragma once

#include <cstdint>
#include <vector>

#include "dechaff/change.hpp"

namespace dechaff::match {

/// A rule whose text stands in a line, or in a run of lines. Says nothing of place and neighbours yet, and of
/// a run nothing of its measures.
struct Hit {
  std::uint32_t line = 0;   ///< index into the LineTable; of a run, its first
  std::uint32_t count = 1;  ///< lines of the run
  std::uint32_t rule = 0;   ///< index into Compiled::rules

  friend bool operator==(const Hit&, const Hit&) = default;
  friend auto operator<=>(const Hit&, const Hit&) = default;
};

using Hits = std::vector<Hit>;

/// A rule that was given up on a line because PCRE2's limits were reached.
struct LimitHit {
  std::uint32_t rule = 0;
  std::uint32_t line = 0;
};

}  // namespace dechaff::match
