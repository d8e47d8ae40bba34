#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dechaff::match {

using ByteSet = std::bitset<256>;

/// A part of a pattern, as far as it matters which bytes a match is made of. What is not told apart stands
/// for more than it matches, never for less.
struct Expression {
  enum class Kind : std::uint8_t {
    nothing,   ///< the empty text: also all that looks at a place and takes nothing
    text,      ///< these bytes
    one_of,    ///< one character, by its first byte
    anything,  ///< any text, the empty one too
    sequence,  ///< all parts in turn
    choice,    ///< one of the parts
    repeat     ///< the one part, some times
  };

  Kind kind = Kind::nothing;
  bool absent = false;   ///< repeat: it may not be there at all
  bool several = false;  ///< repeat: it may be there more than once
  std::string text;
  ByteSet bytes;
  std::vector<Expression> parts;
};

/// A pattern that was understood as a whole.
struct Syntax {
  Expression whole;
  bool anchored = false;  ///< each branch of it begins with ^: it matches at the start of a text or nowhere
};

/// Reads a pattern that PCRE2 takes. Nothing where any of it is not understood (options but `(?i)` at its
/// very start, references, `\Q`, classes in classes and so on), so that no construct is ever taken for
/// another.
std::optional<Syntax> parse(std::string_view pattern);

/// What characters above ASCII begin with in UTF-8 (Unicode, table 3-7).
ByteSet non_ascii();

}  // namespace dechaff::match
