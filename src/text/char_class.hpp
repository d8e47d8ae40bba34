#pragma once

#include <optional>
#include <string_view>

namespace dechaff::text {

/// Characters from `first` to `last`, both included.
struct CodeRange {
  char32_t first = 0;
  char32_t last = 0;

  bool holds(char32_t c) const { return first <= c && c <= last; }
};

/// Code points "U+00AD" or "U+202A..U+202E" (hexadecimal, first not above last, none a surrogate).
std::optional<CodeRange> code_range(std::string_view spelled);

/// What stands beside a character: another one, or the start or end of the line.
struct Neighbour {
  char32_t character = 0;
  bool at_edge = false;
};

/// A class of characters by name: "letter", "mark", "digit", "space", "punctuation", "ascii", "rtl" (bidi
/// classes R and AL, but no format characters), "complex" (scripts whose shaping or spelling needs joiners:
/// Arabic, Hebrew, Syriac, Mongolian, N'Ko, the scripts of India and South-East Asia, ...), "southeast-asian"
/// (scripts written without spaces: Thai, Lao, Khmer, Myanmar, ...), "emoji", "line-edge" (no character: the
/// start or end of the line), a script by its Unicode name or code ("Thai", "Latn"), or characters "U+1F3F4"
/// and "U+E0020..U+E007F".
///
/// A character that several scripts use (a danda, an Arabic comma) is in the class of each of them (UAX #24).
class CharClass {
 public:
  static std::optional<CharClass> named(std::string_view name);

  bool contains(Neighbour neighbour) const;

 private:
  enum class Kind {
    letter,
    mark,
    digit,
    space,
    punctuation,
    ascii,
    rtl,
    complex,
    southeast_asian,
    emoji,
    line_edge,
    script,
    range
  };

  Kind kind_ = Kind::letter;
  int script_ = 0;
  CodeRange range_;
};

}  // namespace dechaff::text
