#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dechaff::text {

/// U+FFFD in UTF-8.
inline constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// First byte at or after `at` that is not ASCII, or `bytes.size()`; `bytes` need not be UTF-8.
std::size_t ascii_end(std::string_view bytes, std::size_t at);

/// Length in bytes (1 to 4) of the character that `text[at]` starts; `text` is valid UTF-8.
inline std::size_t char_size(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

/// The code point that starts at `text[at]`; `text` is valid UTF-8.
inline char32_t char_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return char32_t{static_cast<unsigned char>(text[at + i])}; };
  const char32_t lead = byte(0);
  if (lead < 0x80) return lead;
  if (lead < 0xE0) return ((lead & 0x1F) << 6) | (byte(1) & 0x3F);
  if (lead < 0xF0) return ((lead & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
  return ((lead & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F);
}

/// Start of the character before byte `at` (`at > 0`); `text` is valid UTF-8.
std::size_t previous_char(std::string_view text, std::size_t at);

/// Appends `c`, a Unicode scalar value.
void append_utf8(std::string& out, char32_t c);

/// Length of the well-formed sequence that starts at `bytes[at]`, or 0.
std::size_t well_formed_size(std::string_view bytes, std::size_t at);

/// Whether `bytes` are valid UTF-8.
bool is_utf8(std::string_view bytes);

/// First byte of the first ill-formed sequence, or `bytes.size()` where all of it is valid UTF-8
/// (Unicode 15, table 3-7: no surrogates, no overlong forms, nothing above U+10FFFF).
std::size_t valid_prefix(std::string_view bytes);

/// Length of the ill-formed sequence that starts at `bytes[at]`, as a maximal subpart (Unicode 15, 3.9,
/// "U+FFFD Substitution of Maximal Subparts"): the longest prefix of some valid sequence, or else one byte.
std::size_t ill_formed_size(std::string_view bytes, std::size_t at);

}  // namespace dechaff::text
