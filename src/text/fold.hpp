#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dechaff::text {

/// Appends the comparison form of one line to `out`: NFKC_Casefold (UAX #44), white space runs to one space
/// and none at the ends, quotes and apostrophes to ' and ", dashes and minus to -, and three dots for an
/// ellipsis (that is NFKC's). Edge punctuation stays; see `strip_edges`.
void fold_into(std::string& out, std::string_view line);

/// `folded` without a leading list marker (bullets such as • * - ○ □, or "1." "1)" "(1)" before a space) and
/// without punctuation and symbols at both ends. What carries meaning stays: letters, marks, digits, # @ % &
/// + $ and other currency, © ® ™ ° §. A line of nothing else folds to the empty string only if it is
/// punctuation throughout.
std::string_view strip_edges(std::string_view folded);

/// `strip_edges(fold_into(line))`, for phrases and examples.
std::string fold(std::string_view line);

/// A folded line that knows, for each of its bytes, where in the line it comes from.
struct FoldedWithOrigins {
  std::string text;  ///< as `fold_into` makes it
  std::vector<std::size_t>
      origins;  ///< for each byte of `text`, the first byte in the line of the character or
                ///< characters it was made from; one more entry for the end: the line's size
};
FoldedWithOrigins fold_with_origins(std::string_view line);

}  // namespace dechaff::text
