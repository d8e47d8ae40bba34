#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/pattern.hpp"

namespace dechaff::rules {

/// What is wrong with a `replace` template for this pattern: a `$` that starts nothing, a capture it does not
/// have, or a line feed. Nothing if it is right.
std::optional<std::string> replacement_problem(std::string_view replacement, const Pattern& pattern);

/// The template with `$0`, `$1`, `${1}`, `${name}` and `$$` filled in from the last match in `subject`. The
/// template has no problem. A capture that took no part is empty.
std::string expand(std::string_view replacement, const Pattern& pattern, std::string_view subject,
                   const Scratch& scratch);

}  // namespace dechaff::rules
