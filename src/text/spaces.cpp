#include "text/spaces.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "text/char_kind.hpp"
#include "text/eight_bytes.hpp"
#include "text/measures.hpp"
#include "text/utf8.hpp"
#include "text/words.hpp"

namespace dechaff::text {

namespace {

/// First byte of the first two spaces side by side at or after `at`, or the end.
std::size_t find_two_spaces(std::string_view text, std::size_t at) {
  for (; at + 9 <= text.size(); at += 8) {
    // A byte is zero where a space stands and another behind it; the subtraction tells whether one is.
    const std::uint64_t pairs =
        (eight_bytes(text, at) ^ (every_byte * ' ')) | (eight_bytes(text, at + 1) ^ (every_byte * ' '));
    if (((pairs - every_byte) & ~pairs & high_bits) != 0) break;
  }
  return std::min(text.find("  ", at), text.size());
}

/// Whether nobody has set the spaces of the line to make columns or a table of it: it is a sentence, or as
/// long as one.
bool is_running_text(std::string_view line) {
  constexpr std::uint32_t words_of_a_sentence = 3;
  Measures measures;
  measures.words = static_cast<std::uint32_t>(count_words(line));
  measures.ends_sentence = ends_sentence(line);
  return reads_like_prose(measures) || (measures.ends_sentence && measures.words >= words_of_a_sentence);
}

bool is_letter(std::string_view line, std::size_t at) {
  return u_isalpha(static_cast<UChar32>(char_at(line, at))) != 0;
}

/// Adds edits for the runs in `line`, which starts at `offset`, if it is running text.
void add_run_edits(Edits& edits, std::string_view line, std::size_t offset, EntryIndex cause) {
  const std::size_t indent = line.find_first_not_of(' ');
  if (indent >= 4 || line.find('\t') != line.npos || line.find('|') != line.npos)
    return;  // a blank line: npos
  line = line.substr(0, line.find_last_not_of(' ') + 1);
  const std::size_t already = edits.size();
  const std::size_t begin = std::max(indent, list_marker_size(line));
  bool slip = true;  // so far: two spaces between two words, once
  for (std::size_t at = find_two_spaces(line, begin); at < line.size(); at = find_two_spaces(line, at)) {
    const std::size_t end = line.find_first_not_of(' ', at);
    slip = edits.size() == already && end - at == 2 && is_letter(line, previous_char(line, at)) &&
           is_letter(line, end);
    edits.push_back({offset + at + 1, offset + end, "", cause});
    at = end;
  }
  if (!slip && !is_running_text(line)) edits.resize(already);
}

/// Whether `c` is white space that ends no line.
bool is_blank_char(char32_t c) {
  if ((c >= U'\n' && c <= U'\r') || c == 0x85 || c == 0x2028 || c == 0x2029) return false;
  return char_kind(c) == CharKind::space;
}

/// Start of the white space that ends at `end`.
std::size_t blanks_begin(std::string_view text, std::size_t end) {
  while (end > 0) {
    const auto last = static_cast<unsigned char>(text[end - 1]);
    if (last > 0x20 && last < 0x80) break;
    const std::size_t at = previous_char(text, end);
    if (!is_blank_char(char_at(text, at))) break;
    end = at;
  }
  return end;
}

}  // namespace

Edits space_run_edits(std::string_view text, EntryIndex cause) {
  Edits out;
  std::size_t at = find_two_spaces(text, 0);
  while (at < text.size()) {
    const std::size_t before = text.rfind('\n', at);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    add_run_edits(out, text.substr(begin, end - begin), begin, cause);
    at = find_two_spaces(text, end);
  }
  return out;
}

Edits trailing_space_edits(std::string_view text, EntryIndex cause) {
  Edits out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t line_feed = std::min(text.find('\n', at), text.size());
    std::size_t end = line_feed;
    if (end > at && text[end - 1] == '\r') --end;
    if (const std::size_t begin = blanks_begin(text, end); begin < end)
      out.push_back({begin, end, "", cause});
    at = line_feed + 1;
  }
  return out;
}

}  // namespace dechaff::text
