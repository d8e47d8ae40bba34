#include "text/mojibake.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "text/utf8.hpp"
#include "text/windows_1252.hpp"

namespace dechaff::text {

namespace {

/// Characters of a line that are the bytes of one character in UTF-8.
struct Sequence {
  std::size_t begin = 0;  // in the line
  std::size_t end = 0;
  std::string bytes;
  std::u32string trail;  // what stands for the bytes behind the first one
  char32_t decoded = 0;
};

bool has_category(char32_t c, std::uint32_t mask) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & mask) != 0;
}

bool is_upper_case(char32_t c) { return has_category(c, U_GC_LU_MASK); }

/// Punctuation of windows-1252 that follows letters.
bool is_typographic(char32_t c) {
  return std::u32string_view(U"‚„…†‡‹›‘’“”•–—™«»").find(c) != std::u32string_view::npos;
}

bool is_weak(char32_t c) {
  return is_typographic(c) ||
         std::u32string_view(U"\u00A0\u00AD®©°¹²³ªº").find(c) != std::u32string_view::npos;
}

bool is_closing(char32_t c) {
  return std::u32string_view(U"…›‘’“”•–—»").find(c) != std::u32string_view::npos;
}

std::size_t size_from_lead(std::uint8_t lead) {
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// The sequence at `at`, where a character stands that is not ASCII.
std::optional<Sequence> read_sequence(std::string_view line, std::size_t at) {
  Sequence out{.begin = at};
  std::size_t size = 1;
  while (out.bytes.size() < size) {
    if (at == line.size()) return std::nullopt;
    const char32_t c = char_at(line, at);
    const auto byte = windows_1252_byte(c);
    if (!byte) return std::nullopt;
    if (out.bytes.empty()) {
      size = size_from_lead(*byte);
    } else {
      out.trail += c;
    }
    out.bytes += static_cast<char>(*byte);
    at += char_size(line, at);
  }
  if (well_formed_size(out.bytes, 0) != size || size == 0) return std::nullopt;
  out.end = at;
  out.decoded = char_at(out.bytes, 0);
  if (has_category(out.decoded, U_GC_CN_MASK | U_GC_CC_MASK | U_GC_CO_MASK)) return std::nullopt;
  return out;
}

/// All of the line, if it can be UTF-8 that was read as windows-1252; otherwise nothing.
std::vector<Sequence> read_line(std::string_view line) {
  std::vector<Sequence> out;
  for (std::size_t at = ascii_end(line, 0); at < line.size(); at = ascii_end(line, at)) {
    auto sequence = read_sequence(line, at);
    if (!sequence) return {};
    at = sequence->end;
    out.push_back(std::move(*sequence));
  }
  return out;
}

/// Whether `sequence` stands behind two capitals or between two.
bool is_among_capitals(std::string_view line, const Sequence& sequence) {
  if (sequence.begin == 0) return false;
  const std::size_t before = previous_char(line, sequence.begin);
  if (!is_upper_case(char_at(line, before))) return false;
  return (before > 0 && is_upper_case(char_at(line, previous_char(line, before)))) ||
         (sequence.end < line.size() && is_upper_case(char_at(line, sequence.end)));
}

bool is_certain(std::string_view line, const Sequence& sequence) {
  const auto lead = static_cast<std::uint8_t>(sequence.bytes[0]);
  const bool is_letter = has_category(sequence.decoded, U_GC_L_MASK);
  switch (lead) {
    case 0xC2:  // Â
      return sequence.decoded != U'\u00AD' && !is_typographic(sequence.decoded);
    case 0xC3:  // Ã
      if (is_typographic(sequence.trail[0]) || sequence.trail[0] == U'\u00A0') return false;
      return is_upper_case(sequence.decoded) || !is_among_capitals(line, sequence);
    case 0xE2:  // â
      return !is_letter && !(is_closing(sequence.trail[0]) && is_closing(sequence.trail[1]));
    case 0xE3:  // ã
      return !is_letter && sequence.trail[0] == U'€';
    case 0xEF:  // ï
      return !is_letter && !(is_closing(sequence.trail[0]) && is_closing(sequence.trail[1]));
    case 0xF0:  // ð
      return sequence.trail[0] == U'Ÿ' && has_category(sequence.decoded, U_GC_S_MASK);
    default:
      return false;
  }
}

/// Whether three likely letters are of one script.
bool has_likely_letters(const std::vector<Sequence>& sequences) {
  std::map<UScriptCode, int> letters;
  for (const Sequence& sequence : sequences) {
    if (!has_category(sequence.decoded, U_GC_L_MASK) || std::ranges::all_of(sequence.trail, is_weak))
      continue;
    UErrorCode status = U_ZERO_ERROR;
    if (++letters[uscript_getScript(static_cast<UChar32>(sequence.decoded), &status)] == 3) return true;
  }
  return false;
}

/// First byte at or after `at` of two characters that can be lead and trail, or the end. Ã to ô are C3 82 to
/// C3 B4, and the characters of the trail bytes start with one of five bytes.
std::size_t find_suspect(std::string_view text, std::size_t at) {
  for (at = text.find('\xC3', at); at != std::string_view::npos; at = text.find('\xC3', at + 1)) {
    if (at + 2 >= text.size()) break;
    const auto second = static_cast<std::uint8_t>(text[at + 1]);
    if (second < 0x82 || second > 0xB4) continue;
    if (std::string_view("\xC2\xC5\xC6\xCB\xE2").find(text[at + 2]) != std::string_view::npos) return at;
  }
  return text.size();
}

}  // namespace

Edits mojibake_edits(std::string_view text, EntryIndex cause) {
  Edits out;
  for (std::size_t at = find_suspect(text, 0); at < text.size(); at = find_suspect(text, at)) {
    const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
    at = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(begin, at - begin);
    const std::vector<Sequence> sequences = read_line(line);
    const bool certain =
        std::ranges::any_of(sequences, [&](const Sequence& s) { return is_certain(line, s); });
    if (!certain && !has_likely_letters(sequences)) continue;
    for (const Sequence& s : sequences) out.push_back({begin + s.begin, begin + s.end, s.bytes, cause});
  }
  return out;
}

}  // namespace dechaff::text
