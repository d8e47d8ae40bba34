#include "io/json_record.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "apply/json_line.hpp"
#include "io/json_pointer.hpp"
#include "text/utf8.hpp"

namespace dechaff::io {

namespace {

Error usage(std::string_view name, std::string_view what) {
  return {ErrorCode::usage, {}, "the field " + apply::in_quotes(name) + " " + std::string(what)};
}

/// What spells a string, without its quotes; nothing for any other value.
std::optional<std::string_view> token_of(std::string_view line, const std::optional<JsonValue>& value) {
  if (!value || line[value->begin] != '"') return std::nullopt;
  return line.substr(value->begin + 1, value->end - value->begin - 2);
}

std::string string_of(std::string_view line, const std::optional<JsonValue>& value) {
  const auto token = token_of(line, value);
  return token ? decode_token(*token) : "";
}

/// The last byte before `at` that is no white space.
std::size_t before(std::string_view line, std::size_t at) {
  assert(at > 0);
  return line.find_last_not_of(json_space, at - 1);
}

void set_text(JsonRecord& record, const std::optional<JsonValue>& value) {
  if (!value) return;
  const auto token = token_of(record.line, value);
  if (!token) {
    record.kind = record.line[value->begin] == 'n' ? JsonText::null : JsonText::no_string;
    return;
  }
  record.kind = JsonText::string;
  record.token = *token;
  record.text = decode_token(*token, &record.lone);
}

}  // namespace

struct JsonReader::State {
  JsonWalker walker;
  std::vector<JsonPath> paths;  // of the text, the address, the language and, if asked for, the member to set
};

JsonReader::JsonReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

Result<JsonReader> JsonReader::make(const JsonFields& fields) {
  auto state = std::make_unique<State>();
  for (const std::string& name : {fields.text, fields.url, fields.language, fields.meta}) {
    if (!text::is_utf8(name)) return usage(name, "is not named in UTF-8");
    auto path = json_path(name);
    if (!path) return usage(name, "is no JSON Pointer: '~' stands only in '~0' and '~1'");
    state->paths.push_back(std::move(*path));
  }
  if (fields.meta.starts_with('/'))
    return usage(fields.meta, "cannot be set: it must be a key, not a JSON Pointer");
  if (fields.meta.empty()) state->paths.pop_back();
  if (!fields.meta.empty() && state->paths[0].front() == fields.meta)
    return usage(fields.meta, "cannot be set: it holds the text");
  return JsonReader(std::move(state));
}

Result<JsonRecord> JsonReader::read(std::string_view line) {
  std::array<std::optional<JsonValue>, 4> found;
  const auto root = state_->walker.walk(line, state_->paths, std::span(found).first(state_->paths.size()));
  if (!root) return root.error();
  const auto& [text, url, language, meta] = found;
  JsonRecord out{.line = line};
  set_text(out, text);
  out.url = string_of(line, url);
  out.language = string_of(line, language);
  out.meta = meta;
  if (line[root->begin] == '{') out.brace = root->end - 1;
  return out;
}

std::optional<Edit> JsonReader::set_meta(const JsonRecord& record, std::string_view raw) const {
  assert(state_->paths.size() == 4);
  if (!record.brace) return std::nullopt;
  if (record.meta) return Edit{record.meta->begin, record.meta->end, std::string(raw)};
  const std::size_t brace = *record.brace;
  const bool first = record.line[before(record.line, brace)] == '{';
  std::string member = first ? "\"" : ",\"";
  member += json_spelling(state_->paths[3].front());
  return Edit{brace, brace, member.append("\":").append(raw)};
}

std::optional<Edit> remove_meta(const JsonRecord& record) {
  if (!record.meta) return std::nullopt;
  std::size_t begin = record.meta->key;
  std::size_t end = record.meta->end;
  if (const std::size_t comma = before(record.line, begin); record.line[comma] == ',') {
    begin = comma;
  } else if (const std::size_t next = record.line.find_first_not_of(json_space, end);
             record.line[next] == ',') {
    end = next + 1;
  }
  return Edit{begin, end, ""};
}

std::string respell(const JsonRecord& record, std::span<const JsonEdit> edits,
                    const std::optional<Edit>& member) {
  assert(edits.empty() || record.kind == JsonText::string);
  Edits out;
  out.reserve(edits.size() + 1);
  Spelling spelling(record.token);
  for (const JsonEdit& edit : edits) {
    const std::string_view raw = spelling.of(edit.offset, edit.size);
    const auto begin = static_cast<std::size_t>(raw.data() - record.line.data());
    out.push_back({begin, begin + raw.size(), edit.raw});
  }
  if (member) {
    const auto after = [&](const Edit& edit) { return edit.begin >= member->end; };
    out.insert(std::ranges::find_if(out, after), *member);
  }
  return apply_edits(record.line, out);
}

}  // namespace dechaff::io
