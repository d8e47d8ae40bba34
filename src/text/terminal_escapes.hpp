#pragma once

#include <string_view>

#include "base/edits.hpp"

namespace dechaff::text {

/// The edits that delete the control functions of ECMA-48 (5th edition) from valid UTF-8 `text`:
///
/// - control sequences (5.4): ESC [ or U+009B, parameter and intermediate bytes, a final byte;
/// - control strings (5.6): ESC ] P ^ _ or X up to BEL or the string terminator (ESC \ or U+009C);
/// - escape sequences (ECMA-35, 13.2): ESC, intermediate bytes, a final byte.
///
/// None reaches beyond its line. One that is cut short is left to the steps for single characters. Linear.
Edits terminal_escape_edits(std::string_view text, EntryIndex cause);

}  // namespace dechaff::text
