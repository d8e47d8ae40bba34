#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "match/syntax.hpp"

namespace dechaff::match {

/// Prefixes are cut to this length, in bytes.
inline constexpr std::size_t longest_prefix = 4;

/// The bytes that a text must begin with for `pattern`, which PCRE2 takes, to match in it; all bytes where
/// that cannot be told. Right by construction: whatever is not understood stands for every byte, and so does
/// a pattern that can match nothing, or behind the start of the text. Letters stand for both cases under
/// `(?i)`-like options, which are not understood.
ByteSet first_bytes(std::string_view pattern);

/// The same, further in: prefixes of 1 to `longest_prefix` bytes, one of which a text must begin with;
/// sorted, none the start of another. Empty where that cannot be told.
std::vector<std::string> prefixes(std::string_view pattern);
std::vector<std::string> prefixes(const Syntax& syntax);

}  // namespace dechaff::match
