#pragma once

#include "dechaff/error.hpp"
#include "rules/rule.hpp"

namespace dechaff::rules {

/// toml++ counts the columns of a line in characters, a `SourcePos` in bytes: turns the one into the other,
/// in `errors` and in all that `compiled` holds. Errors come out in the order of files and lines.
void count_columns_in_bytes(Compiled& compiled, Errors& errors);

}  // namespace dechaff::rules
