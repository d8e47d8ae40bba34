#include "text/char_kind.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/code_point_table.hpp"

namespace dechaff::text {

namespace {

CharKind kind_of(char32_t c) {
  using enum CharKind;
  const auto u = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(u)) return space;
  if (c == '\'' || c == '-' || c == 0x2019 || c == 0x2010 || c == 0x200C || c == 0x200D) return joiner;
  const std::uint32_t mask = U_GET_GC_MASK(u);
  if ((mask & U_GC_ND_MASK) != 0) return digit;
  if ((mask & U_GC_M_MASK) != 0) return mark;
  if ((mask & U_GC_L_MASK) == 0) return other;
  if ((mask & U_GC_LL_MASK) != 0) return lower;
  if ((mask & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0) return upper;
  return is_spaceless(c) ? spaceless : letter;
}

struct KindOf {
  std::uint8_t operator()(char32_t c) const { return static_cast<std::uint8_t>(kind_of(c)); }
};

}  // namespace

CharKind char_kind(char32_t c) {
  static const CodePointTable<KindOf> kinds;
  return static_cast<CharKind>(kinds[c]);
}

bool is_spaceless(char32_t c) {
  if (c < 0x0E00) return false;
  if (c >= 0xAC00 && c <= 0xD7AF)
    return false;  // Hangul syllables, the commonest letters above that have spaces
  UErrorCode status = U_ZERO_ERROR;
  return uscript_breaksBetweenLetters(uscript_getScript(static_cast<UChar32>(c), &status)) != 0;
}

}  // namespace dechaff::text
