#pragma once

#include "rules/rule.hpp"

namespace dechaff::match {

/// What a text must have for the rule's pattern, which it has, to match in it, and none of its exceptions; of
/// a block rule, the joined run. Asks for nothing where the pattern is not understood.
rules::Sieve sieve_of(const rules::Rule& rule);

}  // namespace dechaff::match
