#include "text/fold_table.hpp"

#include <unicode/bytestream.h>

#include <algorithm>
#include <cassert>
#include <string>
#include <vector>

#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

constexpr char32_t table_end = 0x3100;

/// NFKC takes the spacing acute apart into a space and an accent; where it stands alone it is a typist's apostrophe.
constexpr char32_t spacing_acute = 0xB4;

std::string folded_alone(char32_t c) {
  if (c == spacing_acute) return "'";
  std::string one;
  append_utf8(one, c);
  std::string casefolded;
  icu::StringByteSink<std::string> sink(&casefolded);
  UErrorCode status = U_ZERO_ERROR;
  casefold().normalizeUTF8(0, one, sink, nullptr, status);
  assert(U_SUCCESS(status));
  std::string out;
  for (std::size_t at = 0; at < casefolded.size(); at += char_size(casefolded, at)) {
    const char stand_in = unified(char_at(casefolded, at));
    out += stand_in != 0 ? std::string(1, stand_in) : casefolded.substr(at, char_size(casefolded, at));
  }
  return out;
}

std::vector<FoldedChar> make_table() {
  std::vector<FoldedChar> table(table_end);
  for (char32_t c = 0; c < table_end; ++c) {
    FoldedChar& entry = table[c];
    const std::string folded = folded_alone(c);
    entry.is_start = casefold().hasBoundaryBefore(static_cast<UChar32>(c)) != 0;
    entry.is_simple = entry.is_start && folded.size() <= entry.bytes.size();
    if (!entry.is_simple) continue;
    std::ranges::copy(folded, entry.bytes.begin());
    entry.size = static_cast<std::uint8_t>(folded.size());
  }
  return table;
}

}  // namespace

const icu::Normalizer2& casefold() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    assert(U_SUCCESS(status));
    return found;
  }();
  return *instance;
}

char unified(char32_t c) {
  if (c >= 0x2010 && c <= 0x2015) return '-';
  switch (c) {
    case 0x02BC: case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x2039: case 0x203A:
    case 0x275B: case 0x275C:
      return '\'';
    case 0x00AB: case 0x00BB: case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x275D: case 0x275E:
    case 0x2E42: case 0x301D: case 0x301E: case 0x301F:
      return '"';
    case 0x058A: case 0x05BE: case 0x1806: case 0x2212: case 0x2E3A: case 0x2E3B:
      return '-';
    case 0x0009: case 0x000A: case 0x000B: case 0x000C: case 0x000D: case 0x0085: case 0x1680: case 0x2028:
    case 0x2029:
      return ' ';
    default:
      return 0;
  }
}

const FoldedChar* folded_char(char32_t c) {
  static const std::vector<FoldedChar> table = make_table();
  return c < table_end ? &table[c] : nullptr;
}

}  // namespace dechaff::text
