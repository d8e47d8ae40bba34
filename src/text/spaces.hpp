#pragma once

#include <string_view>

#include "base/edits.hpp"

namespace dechaff::text {

/// The edits that bring runs of spaces inside lines of prose to one space.
///
/// - What stands before the first and behind the last other character of a line stays.
/// - A line is no prose, and stays, where four spaces indent it, where it holds a tab or '|', or where it
///   holds two or more runs, since these may be columns.
/// - Two spaces between sentences are no columns: after . ! ? (and a closing quote or bracket), not before a
///   lower-case ASCII letter. A line of nothing but such runs is prose.
Edits space_run_edits(std::string_view text, EntryIndex cause);

/// The edits that delete white space (Unicode's White_Space) at the ends of the lines of valid UTF-8 `text`,
/// before LF or CR LF; characters that end a line themselves (LF, VT, FF, CR, NEL, LS, PS) stay.
Edits trailing_space_edits(std::string_view text, EntryIndex cause);

}  // namespace dechaff::text
