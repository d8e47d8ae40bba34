#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "match/matcher.hpp"
#include "rules/rule.hpp"

namespace dechaff::match {

/// The line as a rewriting rule, or a drop rule of scope span, leaves it; nothing where it leaves it alone,
/// reaches PCRE2's limits (noted in `scratch` for `number`), or does not settle: what it makes must be what
/// it leaves alone. Where a span goes, one of the spaces that stood on both sides of it goes too.
std::optional<std::string> rewrite_line(const rules::Compiled& compiled, std::uint32_t rule,
                                        std::string_view line, std::uint32_t number, Scratch& scratch);

}  // namespace dechaff::match
