#include "io/json_walk.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "io/json_string.hpp"
#include "text/utf8.hpp"

namespace dechaff::io {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t deepest = 1024;

Error fault_at(std::size_t offset, std::string message) {
  return {ErrorCode::bad_input, {{}, 0, static_cast<std::uint32_t>(offset + 1)}, std::move(message)};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether `token` is a number (RFC 8259, 6), of any size: simdjson would take only those that fit a double.
bool is_number(std::string_view token) {
  const auto skip = [&](std::string_view any) {
    const bool found = !token.empty() && any.find(token.front()) != any.npos;
    if (found) token.remove_prefix(1);
    return found;
  };
  const auto skip_digits = [&] {
    const auto end = std::ranges::find_if_not(token, is_digit);
    const auto count = static_cast<std::size_t>(end - token.begin());
    token.remove_prefix(count);
    return count != 0;
  };
  skip("-");
  if (!skip("0") && !skip_digits()) return false;
  if (skip(".") && !skip_digits()) return false;
  if (skip("eE")) {
    skip("+-");
    if (!skip_digits()) return false;
  }
  return token.empty();
}

/// The first fault in the strings of a line that simdjson refused for one.
Error string_fault(std::string_view line) {
  bool inside = false;
  std::size_t open = 0;
  const auto is_control = [&](std::size_t at) { return static_cast<unsigned char>(line[at]) < ' '; };
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (inside && is_control(at)) return fault_at(at, "control character in a string, not escaped");
    if (line[at] == '\\') {
      if (at + 1 < line.size() && !is_control(at + 1)) ++at;
    } else if (line[at] == '"') {
      inside = !inside;
      open = at;
    }
  }
  return fault_at(open, "string without an end");
}

/// Why the first stage of simdjson refused `line`. Of several faults its kernels report one or another, so
/// they are looked for in an order of our own.
Error refusal(simdjson::error_code code, std::string_view line) {
  if (code == simdjson::CAPACITY) return {ErrorCode::bad_input, {}, "a record of 4 GiB or more"};
  if (code == simdjson::MEMALLOC)
    return {ErrorCode::bad_input, {}, "out of memory for a record of this size"};
  if (const std::size_t bad = text::valid_prefix(line); bad != line.size())
    return fault_at(bad, "invalid UTF-8");
  return code == simdjson::EMPTY ? Error{ErrorCode::bad_input, {}, "no value"} : string_fault(line);
}

/// Length of `text` without white space at its end.
std::size_t trimmed_size(std::string_view text) { return text.find_last_not_of(json_space) + 1; }

/// One walk over one record. Offsets are of its line; an end of 0 says that there is a fault.
class Walk {
 public:
  /// `line` stands in a padded buffer.
  Walk(std::string_view line, std::span<const JsonPath> paths, std::span<std::optional<JsonValue>> found)
      : line_(line), paths_(paths), found_(found) {}

  Result<JsonValue> run(ondemand::parser& parser);

 private:
  /// A set of paths: bit i for paths_[i].
  using PathSet = std::uint32_t;

  struct Place {
    PathSet on_path = 0;    // the paths whose first `depth` segments lead here
    std::size_t depth = 0;  // of containers around it
    std::size_t key = 0;
  };

  JsonValue read_root();
  JsonValue read_value(ondemand::value value, const Place& place);
  std::size_t read_array(ondemand::value& value, const Place& place);
  std::size_t read_object(ondemand::value& value, const Place& place);
  bool read_member(ondemand::field field, const Place& place);
  std::size_t check_scalar(std::string_view token);
  std::size_t string_end(std::size_t begin);
  PathSet step(const Place& place, std::string_view segment) const;

  std::size_t here();
  std::size_t offset_of(const char* byte) const { return static_cast<std::size_t>(byte - line_.data()); }
  std::size_t fail(std::size_t offset, std::string_view message);

  std::string_view line_;
  std::span<const JsonPath> paths_;
  std::span<std::optional<JsonValue>> found_;
  ondemand::document document_;
  std::optional<Error> fault_;
};

Result<JsonValue> Walk::run(ondemand::parser& parser) {
  // simdjson counts the document and what stands in the deepest container as levels, too.
  constexpr std::size_t levels = deepest + 2;
  if (parser.capacity() < line_.size() || parser.max_depth() < levels) {
    if (const auto code = parser.allocate(line_.size(), levels)) return refusal(code, line_);
  }
  const std::size_t allocated = line_.size() + simdjson::SIMDJSON_PADDING;
  if (const auto code = parser.iterate(line_, allocated).get(document_)) return refusal(code, line_);
  const JsonValue out = read_root();
  if (!fault_ && out.end != trimmed_size(line_))
    fail(line_.find_first_not_of(json_space, out.end), "text behind the value");
  if (fault_) return *fault_;
  return out;
}

JsonValue Walk::read_root() {
  ondemand::value container;
  if (!document_.get_value().get(container))
    return read_value(container, {.on_path = (PathSet{1} << paths_.size()) - 1});
  // To simdjson a scalar alone is no value, only a document. No path leads to it.
  const std::string_view token = document_.raw_json_token().value_unsafe();
  return {.begin = offset_of(token.data()), .end = check_scalar(token)};
}

JsonValue Walk::read_value(ondemand::value value, const Place& place) {
  const std::string_view token = value.raw_json_token();
  JsonValue out{.key = place.key, .begin = offset_of(token.data())};
  if (token.starts_with('[')) {
    out.end = read_array(value, place);
  } else if (token.starts_with('{')) {
    out.end = read_object(value, place);
  } else {
    out.end = check_scalar(token);
    // Taken, or simdjson would skip it and a colon behind it, as if it were a key.
    if (token.starts_with('"')) value.get_raw_json_string().error();
  }
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if ((place.on_path >> i & 1U) != 0 && paths_[i].size() == place.depth) found_[i] = out;
  }
  return out;
}

std::size_t Walk::read_array(ondemand::value& value, const Place& place) {
  if (place.depth == deepest) return fail(here(), "nested deeper than 1024 levels");
  ondemand::array array;
  if (value.get_array().get(array)) return fail(here(), "malformed array");
  std::size_t index = 0;
  for (auto result : array) {
    ondemand::value element;
    if (std::move(result).get(element))  // NOLINT(performance-move-const-arg): it asks for an rvalue
      return fail(here(), "malformed array");
    Place inner{.depth = place.depth + 1};
    if (place.on_path != 0) inner.on_path = step(place, std::to_string(index++));
    if (read_value(element, inner).end == 0) return 0;
  }
  return trimmed_size(line_.substr(0, here()));
}

std::size_t Walk::read_object(ondemand::value& value, const Place& place) {
  if (place.depth == deepest) return fail(here(), "nested deeper than 1024 levels");
  ondemand::object object;
  if (value.get_object().get(object)) return fail(here(), "malformed object");
  for (auto result : object) {
    ondemand::field field;
    if (std::move(result).get(field)) return fail(here(), "malformed object");
    if (!read_member(field, place)) return 0;
  }
  return trimmed_size(line_.substr(0, here()));
}

bool Walk::read_member(ondemand::field field, const Place& place) {
  Place inner{.depth = place.depth + 1, .key = offset_of(field.key().raw()) - 1};
  const std::size_t end = string_end(inner.key);
  if (end == 0) return false;
  if (place.on_path != 0) {
    const std::string_view token = line_.substr(inner.key + 1, end - inner.key - 2);
    inner.on_path = token.find('\\') == token.npos ? step(place, token) : step(place, decode_token(token));
    // What an earlier member with this key led to does not count.
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if ((inner.on_path >> i & 1U) != 0) found_[i].reset();
    }
  }
  return read_value(field.value(), inner).end != 0;
}

/// The paths that lead on from `place` by `segment`.
Walk::PathSet Walk::step(const Place& place, std::string_view segment) const {
  PathSet out = 0;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const bool longer = (place.on_path >> i & 1U) != 0 && place.depth < paths_[i].size();
    if (longer && paths_[i][place.depth] == segment) out |= PathSet{1} << i;
  }
  return out;
}

/// Checks the scalar that `token` begins with; up to the next token there is nothing else but white space.
std::size_t Walk::check_scalar(std::string_view token) {
  const std::size_t begin = offset_of(token.data());
  if (token.starts_with('"')) return string_end(begin);
  token = token.substr(0, trimmed_size(token));
  const bool number = !token.empty() && (token.front() == '-' || is_digit(token.front()));
  if (number && !is_number(token)) return fail(begin, "malformed number");
  if (!number && token != "true" && token != "false" && token != "null") return fail(begin, "no JSON value");
  return begin + token.size();
}

/// The end of the string whose opening quote stands at `begin`. The first stage has seen to it that there is
/// one; escapes it does not check.
std::size_t Walk::string_end(std::size_t begin) {
  std::size_t at = begin + 1;
  while (line_[at] != '"') {
    const std::size_t size = line_[at] == '\\' ? escape_size(line_.substr(at)) : 1;
    if (size == 0) return fail(at, "unknown escape in a string");
    at += size;
  }
  return at + 1;
}

/// Where simdjson stands: behind what was read, or at what it could not take.
std::size_t Walk::here() {
  const char* byte = nullptr;
  return document_.current_location().get(byte) == simdjson::SUCCESS ? offset_of(byte) : line_.size();
}

std::size_t Walk::fail(std::size_t offset, std::string_view message) {
  const bool inside = offset < trimmed_size(line_);
  fault_ = fault_at(offset, std::string(inside ? message : "ends too early"));
  return 0;
}

}  // namespace

// Buffers for records up to this size are kept; those of the rare larger ones would stay for good, many times
// over.
constexpr std::size_t most_kept = std::size_t{1} << 20U;

struct JsonWalker::Buffers {
  ondemand::parser parser;
  std::string padded;
};

JsonWalker::JsonWalker() : buffers_(std::make_unique<Buffers>()) {}
JsonWalker::JsonWalker(JsonWalker&&) noexcept = default;
JsonWalker& JsonWalker::operator=(JsonWalker&&) noexcept = default;
JsonWalker::~JsonWalker() = default;

Result<JsonValue> JsonWalker::walk(std::string_view line, std::span<const JsonPath> paths,
                                   std::span<std::optional<JsonValue>> found) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  std::string& padded = buffers_->padded;
  padded.reserve(line.size() + simdjson::SIMDJSON_PADDING);
  padded.assign(line);
  if (line.starts_with(mark)) padded.replace(0, mark.size(), mark.size(), ' ');
  // White space, so that no byte of an earlier record behind this one's end reads as a part of it.
  padded.append(simdjson::SIMDJSON_PADDING, ' ');
  std::ranges::fill(found, std::nullopt);
  auto root = Walk(std::string_view(padded).substr(0, line.size()), paths, found).run(buffers_->parser);
  if (line.size() > most_kept) buffers_ = std::make_unique<Buffers>();
  return root;
}

}  // namespace dechaff::io
