#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.hpp"
#include "io/json_record.hpp"
#include "text/utf8.hpp"

namespace {

using namespace dechaff;
using nlohmann::json;

/// The surrogate that the escape at `line[at]` says, or 0.
unsigned surrogate(std::string_view line, std::size_t at) {
  const std::string_view escape = line.substr(std::min(at, line.size()), 6);
  const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
  if (escape.size() < 6 || !escape.starts_with("\\u") || !std::ranges::all_of(escape.substr(2), is_hex))
    return 0;
  const auto unit = static_cast<unsigned>(std::stoul(std::string(escape.substr(2)), nullptr, 16));
  return unit >= 0xD800 && unit < 0xE000 ? unit : 0;
}

/// The line in words that nlohmann::json takes wherever it is JSON: lone surrogates as what stands for them,
/// no more than two digits in a row outside of strings, and NUL, which would end its input, as another
/// control.
std::string in_bounds(std::string_view line) {
  std::string out;
  bool inside = false;
  std::size_t digits = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at] == '\0' ? '\x01' : line[at];
    digits = std::isdigit(static_cast<unsigned char>(c)) != 0 && !inside ? digits + 1 : 0;
    if (c == '"') inside = !inside;
    if (!inside || c != '\\') {
      if (digits <= 2) out += c;
      continue;
    }
    const unsigned first = surrogate(line, at);
    const unsigned second = surrogate(line, at + 6);
    const bool pair = first != 0 && first < 0xDC00 && second >= 0xDC00;
    const std::size_t size = pair ? 12 : first != 0 ? 6 : 2;
    const std::string_view escape = line.substr(at, size);
    out += first != 0 && !pair ? "\\ufffd" : escape.find('\0') != escape.npos ? "\\\x01" : escape;
    at += size - 1;
  }
  return out;
}

std::string string_at(const json& record, const json::json_pointer& pointer) {
  return record.contains(pointer) && record[pointer].is_string() ? record[pointer].get<std::string>() : "";
}

/// Edits of every lone surrogate and, drawn from `choices`, of other characters.
std::vector<io::JsonEdit> edits_of(const io::JsonRecord& record, std::string_view choices) {
  std::vector<io::JsonEdit> out;
  std::size_t drawn = 0;
  for (std::size_t at = 0; at < record.text.size();) {
    const std::size_t size = text::char_size(record.text, at);
    const auto is_here = [&](const io::LoneSurrogate& one) { return one.offset == at; };
    const int choice = choices[drawn++ % choices.size()] % 4;
    if (std::ranges::any_of(record.lone, is_here)) {
      out.push_back({at, size, std::string(text::replacement)});
    } else if (choice == 0) {
      out.push_back({at, size, ""});
    } else if (choice == 1) {
      out.push_back({at, 0, "\\n"});
    }
    at += size;
  }
  return out;
}

void check_respelling(io::JsonReader& reader, const io::JsonRecord& record) {
  FUZZ_REQUIRE(io::respell(record, {}) == record.line);
  if (record.kind != io::JsonText::string) return;
  Edits wanted;
  std::vector<io::JsonEdit> back;
  io::Spelling spelling(record.token);
  std::size_t grown = 0;  // modular
  const std::vector<io::JsonEdit> edits = edits_of(record, record.line);
  for (const io::JsonEdit& edit : edits) {
    wanted.push_back({edit.offset, edit.offset + edit.size, io::decode_token(edit.raw)});
    const std::size_t added = wanted.back().text.size();
    back.push_back({edit.offset + grown, added, std::string(spelling.of(edit.offset, edit.size))});
    grown += added - edit.size;
  }
  const std::string cleaned = io::respell(record, edits, reader.set_meta(record, "[1]"));
  const auto again = reader.read(cleaned);
  FUZZ_REQUIRE(again);
  FUZZ_REQUIRE(again->text == apply_edits(record.text, wanted));
  FUZZ_REQUIRE(again->lone.empty());
  FUZZ_REQUIRE(again->url == record.url && again->brace.has_value() == record.brace.has_value());
  FUZZ_REQUIRE(again->meta.has_value() == record.brace.has_value());
  auto member = io::remove_meta(*again);
  if (record.meta)
    member = reader.set_meta(*again,
                             record.line.substr(record.meta->begin, record.meta->end - record.meta->begin));
  FUZZ_REQUIRE(io::respell(*again, back, member) == record.line);
}

void check(io::JsonReader& reader, std::string_view line, const json::json_pointer& text) {
  const auto record = reader.read(line);
  if (!record) {
    const Error& error = record.error();
    FUZZ_REQUIRE(error.pos.column <= line.size() + 1);
    FUZZ_REQUIRE(error.message.find("1024") != error.message.npos || !json::accept(in_bounds(line)));
    return;
  }
  const json parsed = json::parse(in_bounds(line), nullptr, false);
  FUZZ_REQUIRE(!parsed.is_discarded());
  FUZZ_REQUIRE(record->text == string_at(parsed, text));
  FUZZ_REQUIRE(record->brace.has_value() == parsed.is_object());
  FUZZ_REQUIRE(text::valid_prefix(record->text) == record->text.size());
  check_respelling(reader, *record);
}

}  // namespace

/// The input is a line. It is taken where nlohmann::json takes it, and says the same; its text is found by a
/// key and by a pointer, is changed, and is changed back.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16 << 10) return 0;  // longer inputs only cost time
  static io::JsonReader by_key = *io::JsonReader::make({.text = "text", .url = "u", .meta = "m"});
  static io::JsonReader by_pointer = *io::JsonReader::make({.text = "/a/0", .url = "/u", .meta = "m"});
  const std::string_view line = fuzz::as_text(data, size);
  check(by_key, line, json::json_pointer("/text"));
  check(by_pointer, line, json::json_pointer("/a/0"));
  return 0;
}
