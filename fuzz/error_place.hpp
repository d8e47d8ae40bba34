#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "dechaff/error.hpp"
#include "fuzz.hpp"

namespace dechaff::fuzz {

/// A mistake says what it is, and names its file and a line that the file has. With `behind`, it may be the
/// line behind the last: what reads TOML names that where something is missing at the end.
inline void require_place(const Error& error, const std::string& file, std::string_view text, bool behind) {
  const auto lines = 1 + std::ranges::count(text, '\n');
  FUZZ_REQUIRE(error.pos.file == file && !error.message.empty());
  FUZZ_REQUIRE(1 <= error.pos.line && error.pos.line <= lines + (behind ? 1 : 0) && error.pos.column >= 1);
}

}  // namespace dechaff::fuzz
