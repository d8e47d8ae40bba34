#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dechaff {

/// Index of a rule or step in `RuleSet::entries()`; the same for the life of that rule set.
using EntryIndex = std::uint32_t;

/// Bytes [from, from + from_size) of the old text became bytes [to, to + to_size) of the new one.
///
/// A list of changes is sorted by both `from` and `to` and does not overlap; what lies between two
/// changes is the same in both texts. Neighbours may touch, and a change may be empty on one side.
struct Change {
  std::size_t from = 0;
  std::size_t from_size = 0;
  std::size_t to = 0;
  std::size_t to_size = 0;
  EntryIndex cause = 0;  ///< the rule or step that made it; the last one where several did

  friend bool operator==(const Change&, const Change&) = default;
};

using Changes = std::vector<Change>;

}  // namespace dechaff
