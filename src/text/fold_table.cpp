#include "text/fold_table.hpp"

#include <unicode/bytestream.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <string>

#include "text/icu.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

constexpr char32_t table_end = 0x3100;

/// NFKC takes the spacing acute apart into a space and an accent; where it stands alone it is a typist's
/// apostrophe.
constexpr char32_t spacing_acute = 0xB4;

std::string folded_alone(char32_t c) {
  if (c == spacing_acute) return "'";
  std::string one;
  append_utf8(one, c);
  std::string casefolded;
  icu::StringByteSink<std::string> sink(&casefolded);
  UErrorCode status = U_ZERO_ERROR;
  casefold().normalizeUTF8(0, one, sink, nullptr, status);
  require(status);
  std::string out;
  for (std::size_t at = 0; at < casefolded.size(); at += char_size(casefolded, at)) {
    const char stand_in = unified(char_at(casefolded, at));
    out += stand_in != 0 ? std::string(1, stand_in) : casefolded.substr(at, char_size(casefolded, at));
  }
  return out;
}

constexpr std::size_t page_size = 256;
using Page = std::array<FoldedChar, page_size>;

Page make_page(char32_t first) {
  Page page{};
  for (std::size_t i = 0; i < page.size(); ++i) {
    FoldedChar& entry = page[i];
    const char32_t c = first + static_cast<char32_t>(i);
    const std::string folded = folded_alone(c);
    entry.is_start = casefold().hasBoundaryBefore(static_cast<UChar32>(c)) != 0;
    entry.is_simple = entry.is_start && folded.size() <= entry.bytes.size();
    if (!entry.is_simple) continue;
    std::ranges::copy(folded, entry.bytes.begin());
    entry.size = static_cast<std::uint8_t>(folded.size());
  }
  return page;
}

/// Pages are made when they are first asked for, by whichever thread: most texts use few scripts.
class Table {
 public:
  const FoldedChar& operator[](char32_t c) {
    std::atomic<const Page*>& slot = pages_[c / page_size];
    const Page* page = slot.load(std::memory_order_acquire);
    if (page == nullptr) page = &make(slot, static_cast<char32_t>(c - c % page_size));
    return (*page)[c % page_size];
  }

  Table() = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  ~Table() {
    for (const std::atomic<const Page*>& page : pages_) delete page.load();
  }

 private:
  static const Page& make(std::atomic<const Page*>& slot, char32_t first) {
    auto made = std::make_unique<const Page>(make_page(first));
    const Page* expected = nullptr;
    if (slot.compare_exchange_strong(expected, made.get(), std::memory_order_acq_rel)) return *made.release();
    return *expected;
  }

  std::array<std::atomic<const Page*>, table_end / page_size> pages_{};
};

}  // namespace

const icu::Normalizer2& casefold() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    require(status);
    return found;
  }();
  return *instance;
}

char unified(char32_t c) {
  constexpr std::u32string_view apostrophes = U"\u02BC\u2018\u2019\u201A\u201B\u2032\u2039\u203A\u275B\u275C";
  constexpr std::u32string_view quotes =
      U"\u00AB\u00BB\u201C\u201D\u201E\u201F\u275D\u275E\u2E42\u301D\u301E\u301F";
  constexpr std::u32string_view dashes =
      U"\u058A\u05BE\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2E3A\u2E3B";
  constexpr std::u32string_view spaces = U"\t\n\v\f\r\u0085\u1680\u2028\u2029";
  const auto is_one_of = [c](std::u32string_view chars) { return chars.find(c) != chars.npos; };
  if (is_one_of(apostrophes)) return '\'';
  if (is_one_of(quotes)) return '"';
  if (is_one_of(dashes)) return '-';
  return is_one_of(spaces) ? ' ' : '\0';
}

const FoldedChar* folded_char(char32_t c) {
  static Table table;
  return c < table_end ? &table[c] : nullptr;
}

}  // namespace dechaff::text
