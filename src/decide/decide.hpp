#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dechaff/cleaner.hpp"
#include "decide/axes.hpp"
#include "decide/places.hpp"
#include "decide/settings.hpp"
#include "match/hit.hpp"
#include "rules/rule.hpp"
#include "text/line_table.hpp"

namespace dechaff::decide {

/// How far a pass may go.
enum class Reach {
  certain,  ///< only what is trusted at level 1, or enabled by hand
  full,     ///< all that the profile trusts, and the scores if it weighs
};

/// What becomes of one line.
struct Decision {
  Verdict verdict = Verdict::keep;
  bool weighed = false;
  EntryIndex cause = 0;
  double evidence = 0;
};

/// An entry that hit a line.
struct LineHit {
  std::uint32_t place = 0;
  EntryIndex entry = 0;
};

/// A rule that rewrites a line.
struct Rewriting {
  std::uint32_t place = 0;
  std::uint32_t rule = 0;  ///< index into Compiled::rules
};

/// The outcome of one pass over the lines that are left.
struct Decisions {
  Places places;
  std::vector<Decision> lines;  ///< by place
  std::vector<std::string>
      because;                ///< by place, if the settings ask for it: what spoke loudest where it weighed
  std::vector<LineHit> hits;  ///< in no order
  std::vector<Rewriting> rewritings;  ///< of the lines whose verdict is rewrite, sorted by place, then rule
};

/// What is known of a table from one pass over it to the next.
struct Memory {
  UnitMemory units;
  std::optional<match::Hits> textless;  ///< of rules without text, where the line's measures hold
  std::optional<std::vector<std::uint32_t>> by_key;  ///< lines_by_key
};

/// Chooses one decision a line: same input, same output; touches nothing else. `line_hits` are of the whole
/// table, `block_hits` of the lines `alive`. `memory` is of this table.
Decisions decide(const rules::Compiled& compiled, const Settings& settings, Reach reach,
                 const text::LineTable& table, std::span<const std::uint32_t> alive,
                 const match::Hits& line_hits, const match::Hits& block_hits, Memory& memory);

}  // namespace dechaff::decide
