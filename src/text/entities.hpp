#pragma once

#include <span>
#include <string_view>

#include "base/edits.hpp"

namespace dechaff::text {

/// A named character reference of HTML, without '&' and ';'. Holds its texts: two thousand views into others
/// would have to be linked at each start of the program.
struct NamedEntity {
  char name_bytes[32];
  char text_bytes[8];

  std::string_view name() const { return name_bytes; }
  std::string_view text() const { return text_bytes; }  ///< one or two characters
};

/// All that end in ';', sorted by the bytes of their names.
std::span<const NamedEntity> named_entities();

/// The edits that decode HTML character references in `text` as the HTML standard says (13.2.5.72 ff.), as
/// long as there are any: "&amp;amp;lt;" becomes '<' in one edit.
///
/// - A reference that does not end in ';' is none. Lines that hold '<' stay as they are: they are markup, in
///   which a reference may be meant.
/// - A number that is no character (surrogates, 0, above U+10FFFF) gives U+FFFD, one of 0x80 to 0x9F what
///   windows-1252 has there.
/// - Leading zeros count to the 32 bytes that a reference may have between '&' and ';'.
///
/// Linear in `text.size()`.
Edits entity_edits(std::string_view text, EntryIndex cause);

}  // namespace dechaff::text
