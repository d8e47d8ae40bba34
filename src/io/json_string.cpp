#include "io/json_string.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/json.hpp"
#include "text/utf8.hpp"

namespace dechaff::io {

namespace {

constexpr std::string_view short_escapes = "\"\\/bfnrt";
constexpr std::string_view short_values = "\"\\/\b\f\n\r\t";

/// The code unit of the escape \uXXXX that `raw` begins with, if it does.
std::optional<char32_t> code_unit(std::string_view raw) {
  constexpr std::size_t size = 6;
  if (raw.size() < size || !raw.starts_with("\\u")) return std::nullopt;
  std::uint32_t unit = 0;
  const auto [end, error] = std::from_chars(raw.data() + 2, raw.data() + size, unit, 16);
  if (error != std::errc() || end != raw.data() + size) return std::nullopt;
  return unit;
}

bool is_high(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

struct Escape {
  std::size_t size = 0;  // in the token
  std::string text;
  bool lone = false;
};

Escape unicode_escape(std::string_view raw) {
  char32_t c = *code_unit(raw);
  std::size_t size = 6;
  if (const auto low = code_unit(raw.substr(size)); is_high(c) && low && is_low(*low)) {
    c = 0x10000 + ((c - 0xD800) << 10U) + (*low - 0xDC00);
    size = 12;
  }
  if (is_high(c) || is_low(c)) return {size, std::string(text::replacement), true};
  Escape out{.size = size};
  text::append_utf8(out.text, c);
  return out;
}

/// The escape, known to JSON, that `raw` begins with; a pair of surrogates is one.
Escape read_escape(std::string_view raw) {
  assert(escape_size(raw) != 0);
  if (raw[1] == 'u') return unicode_escape(raw);
  return {2, std::string(1, short_values[short_escapes.find(raw[1])])};
}

}  // namespace

std::size_t escape_size(std::string_view raw) {
  if (raw.size() >= 2 && short_escapes.find(raw[1]) != raw.npos) return 2;
  return code_unit(raw) ? 6 : 0;
}

std::string decode_token(std::string_view token, std::vector<LoneSurrogate>* lone) {
  std::string out;
  out.reserve(token.size());
  for (std::size_t at = 0;;) {
    const std::size_t end = std::min(token.find('\\', at), token.size());
    out.append(token, at, end - at);
    if (end == token.size()) return out;
    const Escape escape = read_escape(token.substr(end));
    if (escape.lone && lone != nullptr)
      lone->push_back({out.size(), std::string(token.substr(end, escape.size))});
    out += escape.text;
    at = end + escape.size;
  }
}

std::string json_spelling(std::string_view utf8) {
  const std::string quoted = nlohmann::json(utf8).dump();
  return quoted.substr(1, quoted.size() - 2);
}

std::string_view Spelling::of(std::size_t offset, std::size_t size) {
  assert(offset >= offset_);
  advance(offset);
  const std::size_t begin = at_;
  advance(offset + size);
  return token_.substr(begin, at_ - begin);
}

void Spelling::advance(std::size_t offset) {
  while (offset_ < offset) {
    assert(at_ < token_.size());
    if (token_[at_] == '\\') {
      const Escape escape = read_escape(token_.substr(at_));
      at_ += escape.size;
      offset_ += escape.text.size();
    } else {
      // No further than asked for, or many short parts of a long token would each search all of it.
      const std::string_view ahead = token_.substr(at_, offset - offset_);
      const std::size_t plain = std::min(ahead.find('\\'), ahead.size());
      at_ += plain;
      offset_ += plain;
    }
  }
  assert(offset_ == offset);
}

}  // namespace dechaff::io
