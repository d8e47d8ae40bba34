#include "text/line_ends.hpp"

#include <unicode/uchar.h>

#include <cstddef>

#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

constexpr std::string_view soft_hyphen = "\xC2\xAD";

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

bool is_letter_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  const char32_t c = char_at(text, previous_char(text, at));
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool is_lower_case_at(std::string_view text, std::size_t at) {
  return at < text.size() && u_isULowercase(static_cast<UChar32>(char_at(text, at))) != 0;
}

}  // namespace

Edits line_end_edits(std::string_view text, EntryIndex cause) {
  Edits out;
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    const bool before_line_feed = text.substr(at + 1).starts_with('\n');
    out.push_back({at, at + 1, before_line_feed ? "" : "\n", cause});
  }
  return out;
}

Edits soft_line_break_edits(std::string_view text, EntryIndex cause) {
  Edits out;
  std::size_t hyphens_end = 0;
  for (std::size_t at = text.find(soft_hyphen); at != std::string_view::npos;
       at = text.find(soft_hyphen, hyphens_end)) {
    hyphens_end = at;
    while (text.substr(hyphens_end).starts_with(soft_hyphen)) hyphens_end += soft_hyphen.size();
    const std::size_t line_end = skip_blanks(text, hyphens_end);
    if ((line_end < text.size() && text[line_end] != '\n') || !is_letter_before(text, at)) continue;
    const std::size_t next_word = line_end < text.size() ? skip_blanks(text, line_end + 1) : line_end;
    out.push_back({at, is_lower_case_at(text, next_word) ? next_word : hyphens_end, "", cause});
  }
  return out;
}

}  // namespace dechaff::text
