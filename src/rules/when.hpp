#pragma once

#include "rules/rule.hpp"
#include "text/measures.hpp"

namespace dechaff::rules {

/// Whether a line, or a joined run, of these measures is what `when` asks for. Nothing else is looked at.
bool measures_hold(const When& when, const text::Measures& measures);

}  // namespace dechaff::rules
