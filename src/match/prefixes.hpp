#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "match/syntax.hpp"

namespace dechaff::match {

/// Prefixes are cut to this length, in bytes.
inline constexpr std::size_t longest_prefix = 4;

/// Prefixes of 1 to `longest_prefix` bytes, one of which a text must begin with for `pattern`, which PCRE2
/// takes, to match in it; sorted, none the start of another. Empty where that cannot be told. Right by
/// construction: whatever is not understood may be anything, and so may what a pattern begins with that can
/// match nothing, or behind the start of the text.
std::vector<std::string> prefixes(std::string_view pattern);
std::vector<std::string> prefixes(const Syntax& syntax);

}  // namespace dechaff::match
