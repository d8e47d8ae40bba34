#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace dechaff {

/// The one of `known` that is nearest to the misspelt `word`, for "did you mean ...?".
///
/// Near is the Damerau-Levenshtein distance in bytes (optimal string alignment): insert, delete, change, or
/// swap neighbours. Nothing where the nearest is further than a third of the length of `word`; the first of
/// equals.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace dechaff
