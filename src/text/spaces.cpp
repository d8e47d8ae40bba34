#include "text/spaces.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

std::uint64_t eight_bytes(std::string_view text, std::size_t at) {
  std::uint64_t out = 0;
  std::memcpy(&out, text.data() + at, sizeof out);
  return out;
}

/// First byte of the first two spaces side by side at or after `at`, or the end.
std::size_t find_two_spaces(std::string_view text, std::size_t at) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  for (; at + 9 <= text.size(); at += 8) {
    // A byte is zero where a space stands and another behind it; the subtraction tells whether one is.
    const std::uint64_t pairs =
        (eight_bytes(text, at) ^ (ones * ' ')) | (eight_bytes(text, at + 1) ^ (ones * ' '));
    if (((pairs - ones) & ~pairs & (ones * 0x80)) != 0) break;
  }
  return std::min(text.find("  ", at), text.size());
}

bool ends_sentence(std::string_view text) {
  for (const std::string_view closing : {"”", "’", "\"", "'", ")"}) {
    if (text.ends_with(closing)) text.remove_suffix(closing.size());
  }
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
}

bool is_sentence_gap(std::string_view line, std::size_t begin, std::size_t end) {
  return end - begin == 2 && ends_sentence(line.substr(0, begin)) && (line[end] < 'a' || line[end] > 'z');
}

/// Adds edits for the runs in `line`, which starts at `offset`, if it is prose.
void add_run_edits(Edits& edits, std::string_view line, std::size_t offset, EntryIndex cause) {
  const std::size_t indent = line.find_first_not_of(' ');
  if (indent >= 4 || line.find_first_of("\t|") != std::string_view::npos) return;  // a blank line has npos
  line = line.substr(0, line.find_last_not_of(' ') + 1);
  const std::size_t already = edits.size();
  bool sentences = true;
  for (std::size_t at = find_two_spaces(line, indent); at < line.size(); at = find_two_spaces(line, at)) {
    const std::size_t end = line.find_first_not_of(' ', at);
    sentences = sentences && is_sentence_gap(line, at, end);
    edits.push_back({offset + at + 1, offset + end, "", cause});
    at = end;
  }
  if (!sentences && edits.size() > already + 1) edits.resize(already);
}

/// Whether `c` is white space that ends no line.
bool is_blank_char(char32_t c) {
  if ((c >= U'\n' && c <= U'\r') || c == 0x85 || c == 0x2028 || c == 0x2029) return false;
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
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
