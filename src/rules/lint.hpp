#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/rules.hpp"
#include "rules/rule.hpp"

namespace dechaff::rules {

/// Findings that need no text but the rules' own: what is written in a way that will surprise its author.
/// `wanted` says which entries are looked at; the others are only compared with.
std::vector<Finding> lint(const Compiled& compiled, const EntryFilter& wanted);

/// Why a pattern is dangerous or will not mean what it seems to: an unbounded repeat inside an unbounded
/// repeat, or an anchor that holds for one branch of an alternation only. Nothing for most.
std::optional<std::string> pattern_problem(std::string_view pattern);

}  // namespace dechaff::rules
