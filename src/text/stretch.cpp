#include "text/stretch.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "text/icu.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }
bool is_trail(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }

std::size_t segment_begin(const icu::Normalizer2& normaliser, std::string_view text, std::size_t floor,
                          std::size_t at) {
  while (at > floor && !has_boundary_before(normaliser, text, at)) at = previous_char(text, at);
  return at;
}

struct Mapped {
  UChar32 c = 0;
  std::uint8_t combining_class = 0;
};

const icu::Normalizer2& nfd() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = icu::Normalizer2::getNFDInstance(status);
  require(status);
  return *found;
}

/// What `normaliser` and then NFD make of each character alone.
std::vector<Mapped> mapped_characters(const icu::Normalizer2& normaliser, std::string_view text) {
  std::vector<Mapped> out;
  UErrorCode status = U_ZERO_ERROR;
  for (std::size_t at = 0; at < text.size(); at += char_size(text, at)) {
    const icu::UnicodeString one(static_cast<UChar32>(char_at(text, at)));
    const icu::UnicodeString apart = nfd().normalize(normaliser.normalize(one, status), status);
    for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
      out.push_back({apart.char32At(i), u_getCombiningClass(apart.char32At(i))});
    }
  }
  require(status);
  return out;
}

}  // namespace

bool has_boundary_before(const icu::Normalizer2& normaliser, std::string_view text, std::size_t at) {
  return at >= text.size() || normaliser.hasBoundaryBefore(static_cast<UChar32>(char_at(text, at))) != 0;
}

std::size_t segment_end(const icu::Normalizer2& normaliser, std::string_view text, std::size_t at) {
  do at += char_size(text, at);
  while (!has_boundary_before(normaliser, text, at));
  return at;
}

Stretch stretch_at(const icu::Normalizer2& normaliser, std::string_view text, std::size_t at) {
  constexpr std::size_t enough_ascii = 16;
  constexpr std::size_t enough = 4096;
  std::size_t ascii = 0;
  // No long segment slips between two looks.
  std::size_t next_look = at + long_segment;
  for (std::size_t end = at; end < text.size(); ++end) {
    ascii = is_ascii(text[end]) ? ascii + 1 : 0;
    if (ascii == enough_ascii) return {end - enough_ascii + 1};
    if (end < next_look || is_trail(text[end])) continue;
    next_look = end + long_segment;
    const std::size_t begin = segment_begin(normaliser, text, at, end);
    if (begin == end) {
      if (end - at >= enough) return {end};
      continue;
    }
    const std::size_t segment = segment_end(normaliser, text, begin);
    if (segment - begin > long_segment) return begin > at ? Stretch{begin} : Stretch{segment, true};
  }
  return {text.size()};
}

std::string with_marks_sorted(const icu::Normalizer2& normaliser, std::string_view text) {
  std::vector<Mapped> mapped = mapped_characters(normaliser, text);
  const auto is_starter = [](const Mapped& character) { return character.combining_class == 0; };
  for (auto begin = mapped.begin(); begin != mapped.end();) {
    begin = std::ranges::find_if_not(begin, mapped.end(), is_starter);
    const auto end = std::find_if(begin, mapped.end(), is_starter);
    std::ranges::stable_sort(begin, end, {}, &Mapped::combining_class);
    begin = end;
  }
  std::string out;
  for (const Mapped& character : mapped) append_utf8(out, static_cast<char32_t>(character.c));
  return out;
}

}  // namespace dechaff::text
