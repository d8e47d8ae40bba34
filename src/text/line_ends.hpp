#pragma once

#include <string_view>

#include "base/edits.hpp"

namespace dechaff::text {

/// The edits that turn CR LF and lone CR into LF.
Edits line_end_edits(std::string_view text, EntryIndex cause);

/// The edits that undo word division at line ends in valid UTF-8 `text` whose lines end in LF.
///
/// - A letter, soft hyphens, spaces or tabs, LF, spaces or tabs, a lower-case letter: all between the letters
///   goes, and the second line goes on where the first one ended.
/// - A letter, soft hyphens, spaces or tabs and another line end or the end of the text: the hyphens go.
///
/// A mark after the letter is part of it.
Edits soft_line_break_edits(std::string_view text, EntryIndex cause);

}  // namespace dechaff::text
