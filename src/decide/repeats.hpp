#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "decide/places.hpp"
#include "rules/rule.hpp"

namespace dechaff::decide {

/// The lines of a table whose key begins another's, or begins with another's, by it and then by their
/// numbers: those that may ever repeat one another, equal ones side by side.
std::vector<std::uint32_t> lines_by_key(const text::LineTable& table);

/// Places, rising, of the lines that say again what a line which stays says. `gone` marks places that are
/// dropped already: they neither repeat nor are repeated. `by_key`: `lines_by_key` of the table.
std::vector<std::uint32_t> repeats(const rules::Repeat& repeat, const text::LineTable& table,
                                   std::span<const std::uint32_t> by_key, const Places& places,
                                   const std::vector<bool>& gone);

}  // namespace dechaff::decide
