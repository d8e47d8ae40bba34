#include "text/fold.hpp"

#include <unicode/bytestream.h>
#include <unicode/uchar.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "text/eight_bytes.hpp"
#include "text/fold_table.hpp"
#include "text/icu.hpp"
#include "text/stretch.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }

constexpr auto ascii_table = [] {
  std::array<char, 128> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<char>(i);
  for (std::size_t i = 'A'; i <= 'Z'; ++i) table[i] = static_cast<char>(i - 'A' + 'a');
  for (std::size_t i = '\t'; i <= '\r'; ++i) table[i] = ' ';
  return table;
}();

/// Eight bytes of ASCII with small letters for capitals.
std::uint64_t lower_case(std::uint64_t bytes) {
  const std::uint64_t from_a = bytes + every_byte * (0x80 - 'A');
  const std::uint64_t behind_z = bytes + every_byte * (0x7F - 'Z');
  return bytes | (((from_a & ~behind_z) & high_bits) >> 2);
}

/// Whether one of eight bytes of ASCII is a control character, or a space behind another; `after_space` says
/// what is before the first.
bool has_space_to_mend(std::uint64_t bytes, bool after_space) {
  const std::uint64_t not_controls = bytes + every_byte * (0x80 - ' ');
  const std::uint64_t spaces = ~((bytes ^ every_byte * ' ') + every_byte * 0x7F) & high_bits;
  const std::uint64_t behind_spaces = spaces << 8 | (after_space ? 0x80U : 0U);
  return (~not_controls & high_bits) != 0 || (spaces & behind_spaces) != 0;
}

/// Whether casefolding may begin anew at byte `at`.
bool is_start(std::string_view line, std::size_t at) {
  if (at >= line.size() || is_ascii(line[at])) return true;
  const char32_t c = char_at(line, at);
  if (is_fixed(c)) return true;
  const FoldedChar* entry = folded_char(c);
  return entry != nullptr ? entry->is_start : has_boundary_before(casefold(), line, at);
}

/// Appends to a string what becomes of one line, runs of spaces as one and none at the ends.
class LineFolder {
 public:
  LineFolder(std::string& out, std::size_t line_size) : out_(out), start_(out.size()), used_(out.size()) {
    out_.resize(used_ + line_size);
  }

  std::size_t size() const { return used_ - start_; }

  /// ASCII that no mark follows.
  void put_ascii(std::string_view text) {
    make_room(text.size());
    char* to = out_.data() + used_;
    char last = last_;
    std::size_t at = 0;
    const auto put_one = [&] {
      const char c = ascii_table[static_cast<unsigned char>(text[at++])];
      *to = c;
      to += c != ' ' || last != ' ' ? 1 : 0;
      last = c;
    };
    while (at + 8 <= text.size()) {
      const std::uint64_t bytes = eight_bytes(text, at);
      if (has_space_to_mend(bytes, last == ' ')) {
        for (int i = 0; i < 8; ++i) put_one();
        continue;
      }
      const std::uint64_t small = lower_case(bytes);
      std::memcpy(to, &small, sizeof small);
      to += sizeof small;
      at += sizeof small;
      last = to[-1];
    }
    while (at < text.size()) put_one();
    last_ = last;
    used_ = static_cast<std::size_t>(to - out_.data());
  }

  /// A character beyond ASCII and the marks behind it.
  void put_segment(std::string_view segment) {
    const char32_t c = char_at(segment, 0);
    const bool alone = char_size(segment, 0) == segment.size();
    const FoldedChar* entry = alone ? folded_char(c) : nullptr;
    if (entry != nullptr && entry->is_simple) {
      put(entry->text());
    } else if (alone && is_fixed(c)) {
      put(segment);
    } else {
      put_casefolded(segment);
    }
  }

  void finish() {
    if (size() > 0 && last_ == ' ') --used_;
    out_.resize(used_);
  }

 private:
  void make_room(std::size_t more) {
    if (out_.size() - used_ < more) out_.resize(used_ + more);
  }

  void put(std::string_view folded) {
    make_room(folded.size());
    for (const char c : folded) {
      if (c == ' ' && last_ == ' ') continue;
      out_[used_++] = c;
      last_ = c;
    }
  }

  void put_casefolded(std::string_view segment) {
    scratch_.clear();
    icu::StringByteSink<std::string> sink(&scratch_);
    UErrorCode status = U_ZERO_ERROR;
    const std::string sorted =
        segment.size() > long_segment ? with_marks_sorted(casefold(), segment) : std::string();
    const std::string_view text = sorted.empty() ? segment : sorted;
    casefold().normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, status);
    require(status);
    const std::string_view casefolded = scratch_;
    for (std::size_t at = 0; at < casefolded.size(); at += char_size(casefolded, at)) {
      const char stand_in = unified(char_at(casefolded, at));
      put(stand_in != 0 ? std::string_view(&stand_in, 1) : casefolded.substr(at, char_size(casefolded, at)));
    }
  }

  std::string& out_;
  std::size_t start_;
  std::size_t used_;  // bytes of `out_`; what lies behind is room
  char last_ = ' ';   // so that none is put at the start
  std::string scratch_;
};

/// End of the ASCII that starts at `at` and that no mark behind it can change.
std::size_t plain_end(std::string_view line, std::size_t at) {
  const std::size_t end = ascii_end(line, at);
  return end > at && !is_start(line, end) ? end - 1 : end;
}

/// End of the character at `at` and the marks behind it.
std::size_t end_of_segment(std::string_view line, std::size_t at) {
  do at += char_size(line, at);
  while (!is_start(line, at));
  return at;
}

}  // namespace

void fold_into(std::string& out, std::string_view line) {
  LineFolder folder(out, line.size());
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t plain = plain_end(line, at);
    if (plain > at) folder.put_ascii(line.substr(at, plain - at));
    if (plain == line.size()) break;
    at = end_of_segment(line, plain);
    folder.put_segment(line.substr(plain, at - plain));
  }
  folder.finish();
}

FoldedWithOrigins fold_with_origins(std::string_view line) {
  FoldedWithOrigins out;
  LineFolder folder(out.text, line.size());
  out.origins.reserve(line.size() + 1);
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = end_of_segment(line, at);
    const std::string_view segment = line.substr(at, end - at);
    if (segment.size() == 1) {
      folder.put_ascii(segment);
    } else {
      folder.put_segment(segment);
    }
    out.origins.resize(folder.size(), at);
    at = end;
  }
  folder.finish();
  out.origins.resize(out.text.size());
  out.origins.push_back(line.size());
  return out;
}

namespace {

/// Whether `c` of folded text means something at the edge of a line.
bool carries_meaning(char32_t c) {
  if (c < 0x80) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || is_digit || c == '#' || c == '@' || c == '%' || c == '&' || c == '+' || c == '$';
  }
  if (c == 0xA7 || c == 0xA9 || c == 0xAE || c == 0xB0) return true;
  constexpr std::uint32_t kept = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_SC_MASK | U_GC_CN_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kept) != 0;
}

std::string_view strip_punctuation(std::string_view text) {
  while (!text.empty() && !carries_meaning(char_at(text, 0))) text.remove_prefix(char_size(text, 0));
  while (!text.empty()) {
    const std::size_t last = previous_char(text, text.size());
    if (carries_meaning(char_at(text, last))) break;
    text = text.substr(0, last);
  }
  return text;
}

/// Size of "1. ", "12) " or "(3) " at the start of `text`, or 0.
std::size_t number_marker_size(std::string_view text) {
  constexpr std::size_t most_digits = 3;
  const std::size_t first = text.starts_with('(') ? 1 : 0;
  std::size_t end = first;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  if (end == first || end - first > most_digits || end + 1 >= text.size()) return 0;
  const bool closed = text[end] == ')' || (text[end] == '.' && first == 0);
  return closed && text[end + 1] == ' ' ? end + 2 : 0;
}

}  // namespace

std::string_view strip_edges(std::string_view folded) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (;;) {
    // Most texts are bare: no punctuation, and no number to be a marker.
    if (!folded.empty() && is_letter(folded.front()) && is_letter(folded.back())) return folded;
    // Looked for before the brackets go: "(1) soup". Bullets are punctuation and symbols like all others.
    const std::size_t marker = number_marker_size(folded);
    const std::string_view behind = strip_punctuation(folded.substr(marker));
    const std::string_view next = marker != 0 && !behind.empty() ? behind : strip_punctuation(folded);
    if (next.size() == folded.size()) return next;
    folded = next;
  }
}

std::string fold(std::string_view line) {
  std::string folded;
  fold_into(folded, line);
  return std::string(strip_edges(folded));
}

}  // namespace dechaff::text
