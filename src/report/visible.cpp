#include "report/visible.hpp"

#include <unicode/uchar.h>

#include <cstdio>

#include "text/utf8.hpp"

namespace dechaff::report {

namespace {

void append_byte(std::string& out, char byte) {
  char buffer[8];
  std::snprintf(buffer, sizeof buffer, "\\x{%02X}", static_cast<unsigned>(static_cast<unsigned char>(byte)));
  out += buffer;
}

void append_code_point(std::string& out, char32_t c) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "\\u{%04X}", static_cast<unsigned>(c));
  out += buffer;
}

bool is_visible(char32_t c) {
  if (c == '\t') return true;
  const auto type = u_charType(static_cast<UChar32>(c));
  return type != U_CONTROL_CHAR && type != U_FORMAT_CHAR && type != U_SURROGATE &&
         type != U_PRIVATE_USE_CHAR && type != U_UNASSIGNED && type != U_LINE_SEPARATOR &&
         type != U_PARAGRAPH_SEPARATOR && (c == ' ' || type != U_SPACE_SEPARATOR);
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t valid_end = text::valid_prefix(text);
  for (std::size_t at = 0; at < text.size();) {
    if (at == valid_end) {
      append_byte(out, text[at]);
      ++at;
      valid_end = at + text::valid_prefix(text.substr(at));
      continue;
    }
    const std::size_t size = text::char_size(text, at);
    const char32_t c = text::char_at(text, at);
    if (is_visible(c)) {
      out.append(text, at, size);
    } else {
      append_code_point(out, c);
    }
    at += size;
  }
  return out;
}

}  // namespace dechaff::report
