#pragma once

#include <string_view>

#include "dechaff/change.hpp"

namespace dechaff::io {

/// The same changes between two texts in UTF-8, each grown to whole characters of both; those that come to
/// overlap become one, with the cause of the last.
Changes on_characters(const Changes& changes, std::string_view original, std::string_view clean);

}  // namespace dechaff::io
