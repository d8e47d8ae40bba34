#pragma once

#include <unicode/normalizer2.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace dechaff::text {

/// NFKC_Casefold (UAX #44).
const icu::Normalizer2& casefold();

/// What stands in folded text for `c` of casefolded text: ' " - a space, or 0 where it stays.
char unified(char32_t c);

/// What the comparison form has for a character that no mark follows.
struct FoldedChar {
  std::array<char, 6> bytes{};
  std::uint8_t size = 0;
  bool is_simple = false;  ///< whether `bytes` hold it
  bool is_start = false;   ///< whether casefolding may begin anew before it

  std::string_view text() const { return {bytes.data(), size}; }
};

/// The entry of a character, or null for one that the table does not reach: it ends where the ideographs
/// begin. The table is made from ICU's data at the first call, in about a millisecond; safe from any thread.
const FoldedChar* folded_char(char32_t c);

/// Whether `c` is an ideograph or Hangul syllable, which stay as they are and start anew.
constexpr bool is_fixed(char32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

}  // namespace dechaff::text
