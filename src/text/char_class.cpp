#include "text/char_class.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace dechaff::text {

namespace {

UChar32 icu(char32_t c) { return static_cast<UChar32>(c); }

/// Scripts whose letters change their shape or their meaning by ZWJ and ZWNJ.
constexpr std::array complex_scripts = {
    // The right-to-left scripts that join, and Hebrew, which places vowels by ZWJ and ZWNJ.
    USCRIPT_ARABIC, USCRIPT_SYRIAC, USCRIPT_HEBREW, USCRIPT_NKO, USCRIPT_MANDAIC, USCRIPT_MANICHAEAN,
    USCRIPT_PSALTER_PAHLAVI, USCRIPT_HANIFI_ROHINGYA, USCRIPT_SOGDIAN, USCRIPT_OLD_UYGHUR, USCRIPT_CHORASMIAN,
    USCRIPT_ADLAM, USCRIPT_OLD_HUNGARIAN,
    // Mongolian and its kin, and Tifinagh.
    USCRIPT_MONGOLIAN, USCRIPT_PHAGS_PA, USCRIPT_TIFINAGH,
    // India, Sri Lanka, Nepal, Tibet.
    USCRIPT_DEVANAGARI, USCRIPT_BENGALI, USCRIPT_GURMUKHI, USCRIPT_GUJARATI, USCRIPT_ORIYA, USCRIPT_TAMIL,
    USCRIPT_TELUGU, USCRIPT_KANNADA, USCRIPT_MALAYALAM, USCRIPT_SINHALA, USCRIPT_TIBETAN, USCRIPT_BRAHMI,
    USCRIPT_KAITHI, USCRIPT_CHAKMA, USCRIPT_SHARADA, USCRIPT_TAKRI, USCRIPT_KHOJKI, USCRIPT_KHUDAWADI,
    USCRIPT_GRANTHA, USCRIPT_TIRHUTA, USCRIPT_SIDDHAM, USCRIPT_MODI, USCRIPT_MULTANI, USCRIPT_MAHAJANI,
    USCRIPT_NEWA, USCRIPT_BHAIKSUKI, USCRIPT_MARCHEN, USCRIPT_MASARAM_GONDI, USCRIPT_GUNJALA_GONDI,
    USCRIPT_DOGRA, USCRIPT_NANDINAGARI, USCRIPT_DIVES_AKURU, USCRIPT_ZANABAZAR_SQUARE, USCRIPT_SOYOMBO,
    USCRIPT_SYLOTI_NAGRI, USCRIPT_SAURASHTRA, USCRIPT_LEPCHA, USCRIPT_LIMBU, USCRIPT_MEITEI_MAYEK,
    USCRIPT_KHAROSHTHI,
    // South-East Asia and its islands.
    USCRIPT_THAI, USCRIPT_LAO, USCRIPT_KHMER, USCRIPT_MYANMAR, USCRIPT_CHAM, USCRIPT_LANNA, USCRIPT_AHOM,
    USCRIPT_JAVANESE, USCRIPT_BALINESE, USCRIPT_SUNDANESE, USCRIPT_BATAK, USCRIPT_BUGINESE, USCRIPT_REJANG,
    USCRIPT_MAKASAR, USCRIPT_KAYAH_LI, USCRIPT_TAGALOG, USCRIPT_HANUNOO, USCRIPT_BUHID, USCRIPT_TAGBANWA};

/// Scripts written without spaces between words, whose lines break at ZWSP.
constexpr std::array southeast_asian_scripts = {
    USCRIPT_THAI,   USCRIPT_LAO,      USCRIPT_KHMER,    USCRIPT_MYANMAR,  USCRIPT_LANNA,
    USCRIPT_TAI_LE, USCRIPT_CHAM,     USCRIPT_TAI_VIET, USCRIPT_JAVANESE, USCRIPT_NEW_TAI_LUE,
    USCRIPT_AHOM,   USCRIPT_BALINESE, USCRIPT_BATAK,    USCRIPT_SUNDANESE};

bool any_script(char32_t c, auto wanted) {
  return std::ranges::any_of(wanted,
                             [&](UScriptCode script) { return uscript_hasScript(icu(c), script) != 0; });
}

bool is_right_to_left(char32_t c) {
  const UCharDirection direction = u_charDirection(icu(c));
  if (direction != U_RIGHT_TO_LEFT && direction != U_RIGHT_TO_LEFT_ARABIC) return false;
  // RLM and ALM give a direction, they need none.
  return u_charType(icu(c)) != U_FORMAT_CHAR;
}

bool is_emoji(char32_t c) {
  return u_hasBinaryProperty(icu(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ||
         u_hasBinaryProperty(icu(c), UCHAR_EMOJI_MODIFIER) != 0 ||
         u_hasBinaryProperty(icu(c), UCHAR_REGIONAL_INDICATOR) != 0;
}

bool has_category(char32_t c, std::uint32_t mask) { return (U_GET_GC_MASK(icu(c)) & mask) != 0; }

std::optional<char32_t> code_point(std::string_view spelled) {
  if (!spelled.starts_with("U+")) return std::nullopt;
  spelled.remove_prefix(2);
  if (spelled.size() < 4 || spelled.size() > 6) return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, problem] = std::from_chars(spelled.data(), spelled.data() + spelled.size(), value, 16);
  if (problem != std::errc() || end != spelled.data() + spelled.size()) return std::nullopt;
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return std::nullopt;
  return static_cast<char32_t>(value);
}

}  // namespace

std::optional<CodeRange> code_range(std::string_view spelled) {
  const std::size_t dots = spelled.find("..");
  const auto first = code_point(spelled.substr(0, dots));
  const auto last = dots == std::string_view::npos ? first : code_point(spelled.substr(dots + 2));
  if (!first || !last || *first > *last) return std::nullopt;
  if (*first < 0xD800 && *last > 0xDFFF) return std::nullopt;  // the surrogates lie between
  return CodeRange{*first, *last};
}

std::optional<CharClass> CharClass::named(std::string_view name) {
  static constexpr std::pair<std::string_view, Kind> kinds[] = {{"letter", Kind::letter},
                                                                {"mark", Kind::mark},
                                                                {"digit", Kind::digit},
                                                                {"space", Kind::space},
                                                                {"punctuation", Kind::punctuation},
                                                                {"ascii", Kind::ascii},
                                                                {"rtl", Kind::rtl},
                                                                {"complex", Kind::complex},
                                                                {"emoji", Kind::emoji},
                                                                {"southeast-asian", Kind::southeast_asian},
                                                                {"line-edge", Kind::line_edge}};
  CharClass out;
  if (const auto* known = std::ranges::find(kinds, name, &std::pair<std::string_view, Kind>::first);
      known != std::end(kinds)) {
    out.kind_ = known->second;
    return out;
  }
  if (const auto range = code_range(name)) {
    out.kind_ = Kind::range;
    out.range_ = *range;
    return out;
  }
  out.kind_ = Kind::script;
  out.script_ = u_getPropertyValueEnum(UCHAR_SCRIPT, std::string(name).c_str());
  if (out.script_ == UCHAR_INVALID_CODE) return std::nullopt;
  return out;
}

bool CharClass::contains(Neighbour neighbour) const {
  if (neighbour.at_edge || kind_ == Kind::line_edge) return neighbour.at_edge && kind_ == Kind::line_edge;
  const char32_t c = neighbour.character;
  switch (kind_) {
    case Kind::letter:
      return has_category(c, U_GC_L_MASK);
    case Kind::mark:
      return has_category(c, U_GC_M_MASK);
    case Kind::digit:
      return has_category(c, U_GC_ND_MASK);
    case Kind::space:
      return u_isUWhiteSpace(icu(c)) != 0;
    case Kind::punctuation:
      return has_category(c, U_GC_P_MASK);
    case Kind::ascii:
      return c < 0x80;
    case Kind::rtl:
      return is_right_to_left(c);
    case Kind::complex:
      return any_script(c, complex_scripts);
    case Kind::southeast_asian:
      return any_script(c, southeast_asian_scripts);
    case Kind::emoji:
      return is_emoji(c);
    case Kind::script:
      return uscript_hasScript(icu(c), static_cast<UScriptCode>(script_)) != 0;
    case Kind::range:
      return range_.holds(c);
    case Kind::line_edge:
      break;
  }
  return false;
}

}  // namespace dechaff::text
