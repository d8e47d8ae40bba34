#include "text/plausible.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

struct Measures {
  std::size_t beyond_ascii = 0;
  std::size_t never_text = 0;  // no text holds them
  std::size_t letters = 0;     // of `beyond_ascii`, with marks
  std::size_t signs = 0;       // of `beyond_ascii`: punctuation in its place
  std::size_t latin_letters = 0;
  std::size_t latin_beyond = 0;  // of these, not ASCII
  std::size_t words = 0;         // that hold a character beyond ASCII
  std::size_t odd_words = 0;     // of these: mix scripts or turn to capitals half-way
};

bool is_letter(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool is_upper(char32_t c) { return u_isupper(static_cast<UChar32>(c)) != 0; }
bool is_lower(char32_t c) { return u_islower(static_cast<UChar32>(c)) != 0; }

/// Unassigned, private use, surrogates, U+FFFD and all controls but those that lay text out.
bool is_never_text(char32_t c) {
  if (c == 0xFFFD) return true;
  if (c < 0x20) return c != '\t' && c != '\n' && c != '\f' && c != '\r' && c != 0x1B;
  constexpr std::uint32_t never = U_GC_CN_MASK | U_GC_CO_MASK | U_GC_CS_MASK | U_GC_CC_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & never) != 0;
}

enum class Family { none, latin, cyrillic, greek, east_asian, other };

/// Scripts that share a word or line without spaces count as one.
Family family_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return Family::none;
    case USCRIPT_LATIN:
      return Family::latin;
    case USCRIPT_CYRILLIC:
      return Family::cyrillic;
    case USCRIPT_GREEK:
      return Family::greek;
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
      return Family::east_asian;
    default:
      return Family::other;
  }
}

/// Whether `c`, no letter, stands where such a character is used. 0 for a neighbour is the edge of the text.
bool is_fitting_sign(char32_t before, char32_t c, char32_t after) {
  // A soft hyphen, NBSP, middle dot, hyphens, dashes, the apostrophe, an ellipsis; marks of Hebrew and
  // Arabic.
  constexpr std::u32string_view anywhere =
      U"\u00AD\u00A0\u00B7\u2010\u2011\u2013\u2014\u2019\u2026\u05BE\u060C\u061B\u061F\u0640\u200C\u200D"
      U"\u200E\u200F";
  constexpr std::u32string_view not_inside_words = U"‘‚“”„‹›«»¡¿©®™°§€£¼½¾²³×±\u2212\u2015\u2022\u2116";
  if (anywhere.find(c) != anywhere.npos) return true;
  if (not_inside_words.find(c) != not_inside_words.npos) return !(is_letter(before) && is_letter(after));
  return (c >= 0x3000 && c <= 0x303F) || c == 0x30FB || (c >= 0xFF00 && c <= 0xFF65);
}

/// One run of letters and marks.
class Word {
 public:
  void add(char32_t c) {
    const Family family = family_of(c);
    if (c >= 0x80) beyond_ascii_ = true;
    if (is_upper(c) && was_lower_) ++turns_;
    if (is_lower(c)) was_lower_ = true;
    if (family == Family::none) return;
    if (family != last_) note_change(family);
    last_ = family;
  }

  bool counts() const { return beyond_ascii_; }

  // One capital inside a word is a name ("McÉwen"), a unit or two words glued together.
  bool is_odd() const { return mixed_ || turns_ > 1 || (turns_ == 1 && beyond_ascii_); }

 private:
  void note_change(Family to) {
    if (last_ == Family::none) return;
    // Latin stands beside East Asian letters, but a lone one of these between Latin ones is an accent
    // misread.
    if (last_ == Family::east_asian) {
      mixed_ |= to != Family::latin || from_latin_;
    } else {
      mixed_ |= to != Family::east_asian;
    }
    from_latin_ = last_ == Family::latin;
  }

  Family last_ = Family::none;
  bool beyond_ascii_ = false;
  bool mixed_ = false;
  bool from_latin_ = false;
  bool was_lower_ = false;
  int turns_ = 0;
};

class Measuring {
 public:
  void add(char32_t before, char32_t c, char32_t after) {
    const bool letter = is_letter(c);
    if (is_never_text(c)) ++measures_.never_text;
    if (c >= 0x80) {
      ++measures_.beyond_ascii;
      // Half-width katakana is what single bytes of other encodings look like in Shift_JIS.
      const bool half_width = c >= 0xFF66 && c <= 0xFF9F;
      if (letter && !half_width) {
        ++measures_.letters;
      } else if (is_fitting_sign(before, c, after)) {
        ++measures_.signs;
      }
    }
    if (letter) {
      word_.add(c);
      if (family_of(c) == Family::latin) {
        ++measures_.latin_letters;
        if (c >= 0x80) ++measures_.latin_beyond;
      }
    } else {
      end_word();
    }
  }

  Measures take() {
    end_word();
    return measures_;
  }

 private:
  void end_word() {
    if (word_.counts()) {
      ++measures_.words;
      if (word_.is_odd()) ++measures_.odd_words;
    }
    word_ = {};
  }

  Measures measures_;
  Word word_;
};

Measures measure(std::string_view text) {
  Measuring measuring;
  char32_t before = 0;
  char32_t c = text.empty() ? 0 : char_at(text, 0);
  for (std::size_t at = 0; at < text.size();) {
    at += char_size(text, at);
    const char32_t after = at < text.size() ? char_at(text, at) : 0;
    measuring.add(before, c, after);
    before = c;
    c = after;
  }
  return measuring.take();
}

}  // namespace

std::optional<std::size_t> plausible_letters(std::string_view text) {
  constexpr std::size_t least_beyond_ascii = 4;
  const Measures found = measure(text);
  const bool plausible =
      found.beyond_ascii >= least_beyond_ascii && found.never_text * 200 <= found.beyond_ascii &&
      (found.letters + found.signs) * 10 >= found.beyond_ascii * 9 && found.odd_words * 8 <= found.words &&
      // No language written in Latin letters has more of them with accents than without.
      found.latin_beyond * 2 <= std::max<std::size_t>(found.latin_letters, 1);
  return plausible ? std::optional(found.letters) : std::nullopt;
}

bool is_western(std::string_view text) {
  // Of French; of German and Scandinavia; of Iberia; of Italian; of Icelandic and Faroese.
  constexpr std::u32string_view alphabets[] = {U"àâæçéèêëîïôœùûüÿ", U"äöüßåæøéèà", U"áéíóúñüãõâêôàçèòï",
                                               U"àèéìòùîó", U"áðéíóúýþæöø"};
  std::size_t letters = 0;
  std::array<std::size_t, std::size(alphabets)> known{};
  for (std::size_t at = ascii_end(text, 0); at < text.size();
       at = ascii_end(text, at + char_size(text, at))) {
    const char32_t c = char_at(text, at);
    if (!is_letter(c)) continue;
    ++letters;
    const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
    for (std::size_t i = 0; i < known.size(); ++i)
      known[i] += alphabets[i].find(small) != alphabets[i].npos ? 1U : 0U;
  }
  return *std::ranges::max_element(known) * 6 >= letters * 5;
}

}  // namespace dechaff::text
