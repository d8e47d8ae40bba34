#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/change.hpp"
#include "dechaff/error.hpp"

namespace dechaff::text {

/// A character encoding, by its WHATWG name (https://encoding.spec.whatwg.org/#names-and-labels, read 2024)
/// in lower case. UTF-32 is there beside them, and so are ISO-2022-KR, ISO-2022-CN and HZ, which browsers
/// refuse; x-user-defined, which is no encoding of text, is not.
struct Encoding {
  std::string_view name;       ///< "windows-1252"
  std::string_view converter;  ///< the name of ICU's converter for it; empty for utf-8
};

/// The encoding that a WHATWG label stands for: white space around it and its case are ignored, "latin1" is
/// windows-1252. The error names the nearest known label.
Result<const Encoding*> encoding_named(std::string_view label);

/// Text as valid UTF-8, with the way back to its bytes.
struct Decoded {
  std::string text;
  Changes changes;            ///< from the bytes to `text`; empty where they are equal
  std::string encoding;       ///< the WHATWG name that was used
  int confidence = 100;       ///< percent; below 100 only where the encoding was guessed
  std::uint64_t invalid = 0;  ///< ill-formed sequences that became U+FFFD
};

/// Causes that `decode` puts into `changes`.
struct DecodeCauses {
  EntryIndex encoding = 0;  ///< bytes rewritten from another encoding than UTF-8
  EntryIndex invalid = 0;   ///< ill-formed bytes that became U+FFFD
};

/// Decodes `bytes` from `encoding`, or, where that is null, from what they look like: a byte order mark; else
/// valid UTF-8; else, where fewer than two well-formed UTF-8 sequences stand against each ill-formed one and
/// ICU's detector is sure enough of an encoding whose result is plausible text, that one; else UTF-8.
///
/// - A byte order mark of UTF-16 or UTF-32 is not part of the text, and tells the byte order of text declared
/// as
///   either better than its name does; that of UTF-8 stays as U+FEFF for a later step.
/// - A run of characters whose bytes differ from their UTF-8 is one change, cut behind each line feed.
/// - Ill-formed sequences become U+FFFD, in UTF-8 by maximal subpart.
/// - Cannot fail: every byte string decodes. Linear in `bytes.size()`.
Decoded decode(std::string_view bytes, const Encoding* encoding, DecodeCauses causes);

}  // namespace dechaff::text
