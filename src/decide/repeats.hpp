#pragma once

#include <vector>

#include "decide/places.hpp"
#include "rules/rule.hpp"

namespace dechaff::decide {

/// Places, rising, of the lines that say again what a line which stays says. `gone` marks places that are
/// dropped already: they neither repeat nor are repeated. n log n in the number of lines.
std::vector<std::uint32_t> repeats(const rules::Repeat& repeat, const text::LineTable& table,
                                   const Places& places, const std::vector<bool>& gone);

}  // namespace dechaff::decide
