#pragma once

#include <cstdint>

namespace dechaff::text {

/// What a character is to whoever counts words and letters.
enum class CharKind : std::uint8_t { other, space, lower, upper, letter, digit, mark, spaceless, joiner };

/// The kind of `c`, a Unicode scalar value (properties of Unicode as ICU has them). Asked for again, it is
/// looked up.
CharKind char_kind(char32_t c);

/// Characters of these scripts stand without spaces between words: Han, kana, Thai, Lao, Khmer, Myanmar,
/// Tibetan, …
bool is_spaceless(char32_t c);

}  // namespace dechaff::text
