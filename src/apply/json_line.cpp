#include "apply/json_line.hpp"

#include <unicode/uchar.h>

#include <algorithm>

#include "text/utf8.hpp"

namespace dechaff::apply {

namespace {

using nlohmann::ordered_json;

bool is_unseen(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return (U_MASK(u_charType(point)) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_Z_MASK)) != 0 ||
         u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

void append_escaped(std::string& out, char32_t c) {
  const auto append_unit = [&](char32_t unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(unit >> shift) & 0xFU];
  };
  if (c < 0x10000) return append_unit(c);
  append_unit(0xD7C0 + (c >> 10U));
  append_unit(0xDC00 + (c & 0x3FFU));
}

/// The end of the stretch of printing ASCII that begins at `at`.
std::size_t plain_end(std::string_view json, std::size_t at) {
  while (at < json.size() && static_cast<unsigned char>(json[at]) < 0x7F) ++at;
  return at;
}

}  // namespace

std::string to_json_line(const ordered_json& value) {
  std::string json = value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  std::size_t at = plain_end(json, 0);
  if (at == json.size()) return json;
  std::string out(json, 0, at);
  // Beyond ASCII there is nothing but text in strings, where an escape can stand for any character.
  while (at < json.size()) {
    const std::size_t size = text::char_size(json, at);
    const char32_t c = text::char_at(json, at);
    if (is_unseen(c)) {
      append_escaped(out, c);
    } else {
      out.append(json, at, size);
    }
    at += size;
    const std::size_t plain = plain_end(json, at);
    out.append(json, at, plain - at);
    at = plain;
  }
  return out;
}

std::string in_quotes(std::string_view name) {
  constexpr std::size_t longest = 200;
  const bool cut = name.size() > longest;
  std::string out = to_json_line(name.substr(0, longest));
  out.front() = '\'';
  out.back() = '\'';
  return cut ? out.insert(out.size() - 1, "…") : out;
}

}  // namespace dechaff::apply
