#pragma once

#include <span>
#include <string>
#include <vector>

#include "decide/axes.hpp"
#include "decide/chain.hpp"
#include "decide/places.hpp"
#include "decide/settings.hpp"
#include "decide/units.hpp"
#include "rules/rule.hpp"
#include "text/line_table.hpp"

namespace dechaff::decide {

/// What the score files say of one unit.
struct Evidence {
  double score = 0;        ///< above zero speaks for keeping
  double strongest = 0;    ///< the least sum of any file's scores, 0 if none is below
  EntryIndex against = 0;  ///< that file's entry, where `strongest` is below zero
};

/// What they say of all units.
struct Weights {
  std::vector<Evidence> units;
  std::vector<std::string>
      because;  ///< if the settings ask for it: "-0.8 word=menu, -0.5 words=1 sentence=0"
};

/// Sums up the scores of all files that are in force, those that ask for a draft too. `others` is what else
/// is known of the units: the scores of rules that hit them, and what is forced.
Weights evidence_of(const rules::Compiled& compiled, const Settings& settings, const text::LineTable& table,
                    const Places& places, std::span<const Unit> units, std::span<const Link> others,
                    UnitMemory& memory);

}  // namespace dechaff::decide
