#include "text/measures.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstring>

#include "text/char_kind.hpp"
#include "text/eight_bytes.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

// Enough words for prose whatever its end, and enough with one; a caption or a menu line stays below both.
constexpr std::uint32_t prose_words = 30;
constexpr std::uint32_t prose_sentence_words = 12;

/// Counts characters one after another; a word is closed by what is neither letter, mark, digit nor a joiner
/// inside.
class Counter {
 public:
  explicit Counter(Measures& measures) : m_(measures) {}

  void take(CharKind kind) {
    if (kind != CharKind::space) ++m_.chars;
    switch (kind) {
      case CharKind::space:
      case CharKind::other:
        in_word_ = false;
        break;
      case CharKind::joiner:
      case CharKind::mark:
        break;
      case CharKind::digit:
        ++m_.digits;
        begin_word();
        break;
      case CharKind::spaceless:
        ++m_.letters;
        if (++spaceless_ % 2 == 1) ++m_.words;
        in_word_ = false;
        break;
      case CharKind::upper:
      case CharKind::lower:
        ++m_.cased;
        if (kind == CharKind::upper) {
          ++m_.upper;
          if (!in_word_) ++m_.capitalised;
        }
        [[fallthrough]];
      case CharKind::letter:
        ++m_.letters;
        begin_word();
        break;
    }
  }

  /// Eight ASCII characters, the first one lowest: the same in arithmetic on all of them.
  void take_eight(std::uint64_t bytes) {
    const std::uint64_t upper = within(bytes, 'A', 'Z');
    const std::uint64_t cased = within(bytes | (every_byte * 0x20), 'a', 'z');
    const std::uint64_t digits = within(bytes, '0', '9');
    const std::uint64_t spaces = within(bytes, '\t', '\r') | within(bytes, ' ', ' ');
    const std::uint64_t joiners = within(bytes, '\'', '\'') | within(bytes, '-', '-');
    const std::uint64_t alone = cased | digits;
    // A carry runs through the joiners behind what is in a word.
    const std::uint64_t before = in_word_ ? 1 : 0;
    const std::uint64_t open = (joiners >> 7) * 0xFF;
    const std::uint64_t reached = open & ~(open + ((alone << 1 | before) & (joiners >> 7)));
    const std::uint64_t in_word = alone | (reached & high_bits);
    const std::uint64_t first = alone & ~(in_word << 8 | before << 7);
    in_word_ = (in_word >> 63) != 0;
    eights_.chars += (~spaces & high_bits) >> 7;
    eights_.words += first >> 7;
    eights_.cased += cased >> 7;
    eights_.digits += digits >> 7;
    eights_.upper += upper >> 7;
    eights_.capitalised += (first & upper) >> 7;
    if (++eights_.taken == 0xFF) add_eights();
  }

  /// Adds up what is counted apart for each of eight bytes.
  void add_eights() {
    const auto sum = [](std::uint64_t counts) {  // two bytes each, so that they have room
      constexpr std::uint64_t even = 0x00FF00FF00FF00FF, pairs = 0x0001000100010001;
      return static_cast<std::uint32_t>((((counts & even) + (counts >> 8 & even)) * pairs) >> 48);
    };
    m_.chars += sum(eights_.chars);
    m_.words += sum(eights_.words);
    m_.letters += sum(eights_.cased);
    m_.cased += sum(eights_.cased);
    m_.digits += sum(eights_.digits);
    m_.upper += sum(eights_.upper);
    m_.capitalised += sum(eights_.capitalised);
    eights_ = {};
  }

 private:
  /// Counts of each of the eight bytes that were taken together, at most 255 times.
  struct Eights {
    std::uint64_t chars = 0, words = 0, cased = 0, digits = 0, upper = 0, capitalised = 0;
    unsigned taken = 0;
  };

  /// The high bits of the bytes that are in [first, last]; all bytes are ASCII.
  static std::uint64_t within(std::uint64_t bytes, char first, char last) {
    const auto from = [&](int least) {
      return bytes + every_byte * static_cast<std::uint64_t>(0x80 - least);
    };
    return from(first) & ~from(last + 1) & high_bits;
  }

  void begin_word() {
    if (!in_word_) ++m_.words;
    in_word_ = true;
  }

  Measures& m_;
  bool in_word_ = false;
  std::uint32_t spaceless_ = 0;
  Eights eights_;
};

/// The eight bytes from `at` on, with spaces behind the end of the line.
std::uint64_t eight_or_spaces(std::string_view line, std::size_t at) {
  std::uint64_t bytes = every_byte * ' ';
  if (at + sizeof bytes <= line.size()) return eight_bytes(line, at);
  std::memcpy(&bytes, line.data() + at, line.size() - at);
  return bytes;
}

/// The colon is what is rarest in an address.
bool has_link(std::string_view line) {
  for (std::size_t at = line.find("://"); at != line.npos; at = line.find("://", at + 1)) {
    const std::string_view before = line.substr(0, at);
    if (before.ends_with("http") || before.ends_with("https")) return true;
  }
  return line.find("www.") != line.npos;
}

bool is_bullet(char32_t c) {
  constexpr std::u32string_view bullets = U"•‣◦⁃∙·●○□■▪▫►▸▶▷➢➤→»*-–—+";
  return bullets.find(c) != std::u32string_view::npos;
}

bool is_space(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_spaces(std::string_view line, std::size_t at) {
  while (at < line.size() && is_space(line[at])) ++at;
  return at;
}

/// "1." "12)" "(3)" "a)": where it ends, or `at`.
std::size_t skip_number(std::string_view line, std::size_t at) {
  std::size_t end = at;
  const bool open = end < line.size() && line[end] == '(';
  if (open) ++end;
  const std::size_t first = end;
  while (end < line.size() && end < first + 3 && is_digit(line[end])) ++end;
  const bool letter =
      end == first && end + 1 < line.size() && line[end] >= 'a' && line[end] <= 'z' && line[end + 1] == ')';
  if (letter) ++end;
  if (end == first || end >= line.size()) return at;
  return line[end] == ')' || (line[end] == '.' && !open) ? end + 1 : at;
}

bool is_one_of(char32_t c, std::u32string_view chars) { return chars.find(c) != chars.npos; }

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  return line;
}

char32_t last_char(std::string_view line) { return char_at(line, previous_char(line, line.size())); }

/// A statement's or question's end. An ellipsis is none, nor is the exclamation mark, which buttons have,
/// too.
bool ends_plainly(std::string_view line) {
  if (line.ends_with("..")) return false;
  return is_one_of(last_char(line), U".?\u3002\uFF0E\uFF1F\u061F\u06D4\u0964");
}

/// Angle quotes count in pairs only: one alone is an arrow.
bool is_quoted(std::string_view line) {
  const char32_t first = char_at(line, 0);
  if (is_one_of(first, U"\"'\u2018\u2019\u201A\u201C\u201D\u201E\u201F\u300C\u300E")) return true;
  if (!is_one_of(first, U"\u00AB\u00BB\u2039\u203A\u300A\u3008")) return false;
  const std::size_t last = line.find_last_not_of(".,!?;:");
  return last != line.npos &&
         is_one_of(last_char(line.substr(0, last + 1)), U"\u00AB\u00BB\u2039\u203A\u300B\u3009") &&
         last_char(line.substr(0, last + 1)) != first;
}

bool is_dash(char32_t c) { return c == 0x2013 || c == 0x2014 || c == 0x2015; }

/// What somebody says or what is a step to take, and so no button though it has the same words.
bool is_said(std::string_view line, std::uint32_t words) {
  constexpr std::uint32_t few_words = 2;
  const std::string_view text = trimmed(line);
  if (words == 0) return false;
  const std::size_t number = skip_number(text, 0);
  if (is_quoted(text) || (number > 0 && number < text.size() && is_space(text[number]))) return true;
  if (is_dash(char_at(text, 0)) && !is_dash(last_char(text))) return true;
  return words <= few_words && ends_plainly(text);
}

}  // namespace

std::size_t list_marker_size(std::string_view line) {
  const std::size_t start = skip_spaces(line, 0);
  if (start == line.size()) return 0;
  std::size_t end =
      is_bullet(char_at(line, start)) ? start + char_size(line, start) : skip_number(line, start);
  if (end == start || end >= line.size() || !is_space(line[end])) return 0;
  end = skip_spaces(line, end);
  return end == line.size() ? 0 : end;
}

bool ends_sentence(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0) {
    const std::size_t at = previous_char(line, end);
    const char32_t c = char_at(line, at);
    const auto u = static_cast<UChar32>(c);
    if (c == 0x2026 || u_hasBinaryProperty(u, UCHAR_S_TERM)) return true;
    const bool closing =
        (U_GET_GC_MASK(u) & (U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PI_MASK)) != 0 || c == '"' || c == '\'';
    if (!closing && !u_isUWhiteSpace(u)) return false;
    end = at;
  }
  return false;
}

Measures measure(std::string_view line) {
  Measures measures;
  Counter counter(measures);
  for (std::size_t at = 0; at < line.size();) {
    if (const std::uint64_t bytes = eight_or_spaces(line, at); (bytes & high_bits) == 0) {
      counter.take_eight(bytes);
      at += sizeof bytes;
      continue;
    }
    counter.take(char_kind(char_at(line, at)));
    at += char_size(line, at);
  }
  counter.add_eights();
  measures.ends_sentence = ends_sentence(line);
  measures.said = is_said(line, measures.words);
  measures.list_item = list_marker_size(line) > 0;
  measures.indented = line.starts_with('\t') || line.starts_with("  ");
  measures.has_link = has_link(line);
  return measures;
}

bool reads_like_prose(const Measures& measures) {
  return measures.words >= prose_words || (measures.ends_sentence && measures.words >= prose_sentence_words);
}

double share(std::uint32_t part, std::uint32_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace dechaff::text
