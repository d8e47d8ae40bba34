#pragma once

#include <bitset>
#include <string_view>

namespace dechaff::match {

using ByteSet = std::bitset<256>;

/// The bytes that a text must begin with for `pattern`, which PCRE2 takes, to match in it; all bytes where that cannot be
/// told. Right by construction: whatever is not understood stands for every byte, and so does a pattern that can match
/// nothing, or behind the start of the text. Letters stand for both cases under `(?i)`-like options, which are not understood.
ByteSet first_bytes(std::string_view pattern);

}  // namespace dechaff::match
