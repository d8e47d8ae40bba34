#include "apply/ledger_line.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "apply/base64.hpp"
#include "apply/json_line.hpp"
#include "base/json.hpp"

namespace dechaff::apply {

namespace {

using nlohmann::json;

/// The members of one JSON object without lists and objects in it. The parser calls it member by member, so
/// nothing deep, twofold or endless is ever stored; the names of these functions are the parser's.
class Fields {
 public:
  using Value =
      std::variant<std::monostate, bool, std::uint64_t, std::string>;  // monostate: none of the others

  bool null() { return put({}); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(json::number_integer_t /*negative*/) { return put({}); }
  bool number_unsigned(json::number_unsigned_t value) { return put(std::uint64_t{value}); }
  bool number_float(json::number_float_t /*value*/, const std::string& /*text*/) { return put({}); }
  bool string(std::string& value) { return put(std::move(value)); }
  bool binary(json::binary_t& /*value*/) { return put({}); }  // not in JSON
  bool start_object(std::size_t /*size*/) { return std::exchange(inside_, true) ? refuse_nested() : true; }
  bool end_object() { return true; }
  bool start_array(std::size_t /*size*/) {
    return inside_ ? refuse_nested() : note("this line is no JSON object");
  }
  bool end_array() { return true; }

  bool key(std::string& name) {
    constexpr std::size_t most = 32;  // looking for one takes as long as there are others
    if (members_.size() == most) return note("this line has more than 32 keys");
    if (find(name) != nullptr) return note("the key " + in_quotes(name) + " stands twice");
    members_.emplace_back().name = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/, const json::exception& /*why*/) {
    column_ = static_cast<std::uint32_t>(
        std::min<std::size_t>(position, std::numeric_limits<std::uint32_t>::max()));
    return note("this line is no JSON object");
  }

  bool has(std::string_view name) { return find(name) != nullptr; }

  // These take a member's value out; where it is not there or another type, the problem is noted.

  std::uint64_t number(std::string_view name) {
    return take<std::uint64_t>(name, "a whole number from 0 to 18446744073709551615");
  }

  std::string text(std::string_view name) { return take<std::string>(name, "a string"); }

  void require_true(std::string_view name) {
    if (!take<bool>(name, "true")) note(in_quotes(name) + " must be true");
  }

  /// Of `name`, or in base64 of `name` + "_b64".
  std::string bytes(std::string_view name) {
    const std::string encoded = std::string(name) + "_b64";
    if (!has(encoded)) return text(name);
    if (has(name)) note(in_quotes(name) + " and " + in_quotes(encoded) + " cannot both be there");
    std::optional<std::string> decoded = from_base64(text(encoded));
    if (!decoded) note(in_quotes(encoded) + " must be base64");
    return std::move(decoded).value_or("");
  }

  /// The same, or nothing where neither is there.
  std::string bytes_or_none(std::string_view name) {
    return has(name) || has(std::string(name) + "_b64") ? bytes(name) : "";
  }

  /// What was wrong first, if anything.
  std::optional<Error> problem() const {
    if (problem_.empty()) return std::nullopt;
    return Error{ErrorCode::bad_ledger, {"", 0, column_}, problem_};
  }

  /// Always false, which stops the parser.
  bool note(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    return false;
  }

 private:
  struct Member {
    std::string name;
    Value value;
  };

  Value* find(std::string_view name) {
    const auto found = std::ranges::find(members_, name, &Member::name);
    return found == members_.end() ? nullptr : &found->value;
  }

  template <class T>
  T take(std::string_view name, std::string_view type) {
    Value* value = find(name);
    if (value == nullptr) {
      note("the key " + in_quotes(name) + " is missing");
      return {};
    }
    T* held = std::get_if<T>(value);
    if (held == nullptr) note(in_quotes(name) + " must be " + std::string(type));
    return held == nullptr ? T{} : std::move(*held);
  }

  bool put(Value value) {
    if (!inside_) return note("this line is no JSON object");
    members_.back().value = std::move(value);
    return true;
  }

  bool refuse_nested() {
    return note(in_quotes(members_.back().name) + " must not hold a list or an object");
  }

  std::vector<Member> members_;
  bool inside_ = false;
  std::string problem_;
  std::uint32_t column_ = 0;
};

LedgerLine document_line(Fields& fields) {
  std::string document = fields.bytes("document");
  if (fields.has("begin")) {
    fields.require_true("begin");
    BeginLine begin{std::move(document),
                    fields.number("bytes"),
                    fields.text("hash"),
                    fields.number("clean_bytes"),
                    fields.text("clean_hash"),
                    0,
                    {},
                    {}};
    if (fields.has("record")) begin.record = fields.number("record");
    if (fields.has("member")) begin.member = fields.text("member");
    begin.header = fields.bytes_or_none("header");
    return begin;
  }
  if (fields.has("end")) {
    fields.require_true("end");
    return EndLine{std::move(document), fields.number("changes"), fields.text("hash")};
  }
  return ChangeLine{std::move(document),           fields.text("rule"),
                    fields.number("offset"),       fields.bytes("removed"),
                    fields.bytes_or_none("added"), fields.has("spelt") ? fields.text("spelt") : ""};
}

LedgerLine input_line(Fields& fields) {
  std::string name = fields.bytes("input");
  if (fields.has("begin")) {
    fields.require_true("begin");
    return InputBeginLine{{std::move(name), fields.text("format"), fields.bytes_or_none("field"),
                           fields.bytes_or_none("meta"), fields.bytes_or_none("separator")}};
  }
  fields.require_true("end");
  if (fields.has("failed")) fields.require_true("failed");
  return InputEndLine{
      std::move(name),
      {fields.number("bytes"), fields.number("clean_bytes"), fields.text("hash"), fields.text("clean_hash")},
      fields.has("failed") ? LedgerOutput::none : LedgerOutput::written};
}

LedgerLine line_of(Fields& fields) {
  if (fields.has("dechaff")) return HeadLine{fields.text("dechaff"), fields.number("version")};
  if (fields.has("document") || fields.has("document_b64")) return document_line(fields);
  if (fields.has("input") || fields.has("input_b64")) return input_line(fields);
  if (!fields.has("end")) fields.note("the key 'document' is missing");
  fields.require_true("end");
  return FootLine{fields.number("documents"), fields.text("hash")};
}

}  // namespace

Result<LedgerLine> read_ledger_line(std::string_view line) {
  Fields fields;
  // The parser takes a NUL for the end of its input and would not see what follows.
  if (line.find('\0') != line.npos) fields.note("this line is no JSON object");
  if (!fields.problem()) json::sax_parse(line, &fields);
  if (const auto problem = fields.problem()) return *problem;
  LedgerLine read = line_of(fields);
  if (const auto problem = fields.problem()) return *problem;
  return read;
}

}  // namespace dechaff::apply
