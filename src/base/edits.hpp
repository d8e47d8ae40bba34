#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/change.hpp"

namespace dechaff {

/// Replace bytes [begin, end) of a text by `text`. `begin == end` inserts.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  EntryIndex cause = 0;

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// Sorted by `begin`, not overlapping. Two may touch; at one place an insertion stands before a replacement.
using Edits = std::vector<Edit>;

/// `text` with all `edits` made. Linear in the sizes of both.
std::string apply_edits(std::string_view text, std::span<const Edit> edits);

/// The changes of `edits` alone: from the text they apply to, to the text they make.
Changes changes_of(std::span<const Edit> edits);

/// `first` leads from A to B, `second` from B to C: what leads from A to C.
///
/// Changes that overlap in B become one, with the cause of the `second` one that took part; changes that
/// only touch stay apart. Linear in the number of changes.
Changes compose(std::span<const Change> first, std::span<const Change> second);

}  // namespace dechaff
