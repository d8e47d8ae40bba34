#pragma once

#include <string_view>

#include "text/decode.hpp"

namespace dechaff::text {

struct Guess {
  const Encoding* encoding = nullptr;
  int confidence = 0;  ///< percent
};

/// The encoding of `bytes` that carry no byte order mark and are not valid UTF-8.
///
/// UTF-8 where well-formed multi-byte sequences are at least twice as many as ill-formed ones; else the best
/// guess of ICU's detector that decodes to plausible text; else UTF-8, with the share of well-formed
/// sequences as confidence. Linear in `bytes.size()`.
Guess guess_encoding(std::string_view bytes);

}  // namespace dechaff::text
