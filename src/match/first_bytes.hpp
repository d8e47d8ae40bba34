#pragma once

#include <bitset>
#include <string_view>

namespace dechaff::match {

using ByteSet = std::bitset<256>;

/// The bytes that a match of `pattern`, which PCRE2 has compiled and calls anchored, can begin with; all bytes where
/// that cannot be told. Right by construction: whatever is not understood stands for every byte, and so does what can
/// match nothing. Letters stand for both cases under `(?i)`-like options, which are not understood.
ByteSet first_bytes(std::string_view pattern);

}  // namespace dechaff::match
