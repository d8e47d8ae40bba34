#pragma once

#include <string_view>

#include "base/edits.hpp"

namespace dechaff::text {

/// The edits that repair UTF-8 which was read as windows-1252 (or ISO-8859-1) in valid UTF-8 `text`, only
/// where nothing else can be meant: a false repair is worse than any number of misses.
///
/// Line by line. A line is repaired as a whole or not at all, and only if
///
/// - each of its characters has a byte in windows-1252, and the bytes are valid UTF-8;
/// - what they decode to is assigned, and neither a control nor for private use;
/// - at least one sequence of theirs is certain, or three are likely.
///
/// A trail byte is weak where its character often follows a letter in genuine text: quotes, dashes, the
/// ellipsis and other punctuation, no-break space and soft hyphen, and ® © ™ ° ¹ ² ³ ª º.
///
/// Certain alone are
///
/// - "Ã" and a byte that is neither punctuation nor no-break space: "Ã©", "Ã±". Not where that would put a
///   small letter among capitals: "IRMÃ²" may end in a reference mark, "NÃ-O" may hold a soft hyphen;
/// - "Â" and a symbol or no-break space: "Â£", "Â°", "Â "; neither "Â»" nor "Â" and soft hyphen;
/// - three bytes from "â" that give a mark or symbol, "â€™" and "â‚¬", unless both trail bytes look like
///   closing punctuation, as in "coborâ”…"; the same from "ã€" (Chinese and Japanese punctuation) and "ï"
///   (byte order mark, U+FFFD, full width);
/// - four bytes from "ðŸ": emoji.
///
/// Likely are letters from sequences whose trail bytes are not all weak; three must be of one script. So
/// "ÐœÐ¸Ñ€" is repaired, "CAFÉ…" never, were it there three times.
///
/// What was damaged twice needs this twice. Linear in `text.size()`.
Edits mojibake_edits(std::string_view text, EntryIndex cause);

}  // namespace dechaff::text
