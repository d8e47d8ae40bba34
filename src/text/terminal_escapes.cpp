#include "text/terminal_escapes.hpp"

#include <algorithm>
#include <cstddef>

namespace dechaff::text {

namespace {

constexpr std::string_view c1_csi = "\xC2\x9B";
constexpr std::string_view c1_string_terminator = "\xC2\x9C";

/// First byte at or after `at` that is not in [first, last].
std::size_t skip(std::string_view text, std::size_t at, char first, char last) {
  while (at < text.size() && first <= text[at] && text[at] <= last) ++at;
  return at;
}

/// The end of what goes on at `at` with one byte of [first, last], or nothing.
std::size_t end_at_final(std::string_view text, std::size_t at, char first, char last) {
  return at < text.size() && first <= text[at] && text[at] <= last ? at + 1 : std::string_view::npos;
}

std::size_t control_sequence_end(std::string_view text, std::size_t at) {
  return end_at_final(text, skip(text, skip(text, at, '0', '?'), ' ', '/'), '@', '~');
}

/// The next ESC ends the search too: it either starts the terminator or shows that there is none.
std::size_t control_string_end(std::string_view text, std::size_t at) {
  for (; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '\a') return at + 1;
    if (text[at] == '\x1B') return text.substr(at + 1).starts_with('\\') ? at + 2 : std::string_view::npos;
    if (text.substr(at).starts_with(c1_string_terminator)) return at + c1_string_terminator.size();
  }
  return std::string_view::npos;
}

/// The end of the control function that an ESC introduces behind which `at` stands, or npos.
std::size_t escape_end(std::string_view text, std::size_t at) {
  if (at == text.size()) return std::string_view::npos;
  switch (text[at]) {
    case '[':
      return control_sequence_end(text, at + 1);
    case ']':
    case 'P':
    case '^':
    case '_':
    case 'X':
      return control_string_end(text, at + 1);
    default:
      return end_at_final(text, skip(text, at, ' ', '/'), '0', '~');
  }
}

}  // namespace

Edits terminal_escape_edits(std::string_view text, EntryIndex cause) {
  Edits out;
  std::size_t escape = text.find('\x1B');
  std::size_t csi = text.find(c1_csi);
  while (escape != std::string_view::npos || csi != std::string_view::npos) {
    const std::size_t begin = std::min(escape, csi);
    const std::size_t inside = begin + (begin == escape ? 1 : c1_csi.size());
    const std::size_t end = begin == escape ? escape_end(text, inside) : control_sequence_end(text, inside);
    if (end != std::string_view::npos) out.push_back({begin, end, "", cause});
    const std::size_t next = end == std::string_view::npos ? inside : end;
    if (escape < next) escape = text.find('\x1B', next);
    if (csi < next) csi = text.find(c1_csi, next);
  }
  return out;
}

}  // namespace dechaff::text
