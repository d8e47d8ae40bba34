#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/edits.hpp"
#include "dechaff/error.hpp"
#include "io/json_string.hpp"
#include "io/json_walk.hpp"

namespace dechaff::io {

/// Where a record has what is read of it. A name is the key of a top-level member or, where it begins with
/// '/', a JSON Pointer (RFC 6901).
struct JsonFields {
  std::string text = "text";
  std::string url = "url";
  std::string language = "lang";
  std::string meta;  ///< the member to set beside the text; always a key; empty for none
};

enum class JsonText { missing, null, no_string, string };

/// What a record says. Views the line that it was read from.
struct JsonRecord {
  std::string_view line;
  JsonText kind = JsonText::missing;
  std::string text;                  ///< decoded, valid UTF-8; empty where it is no string
  std::string_view token;            ///< what spells the text, in `line`, without the quotes
  std::vector<LoneSurrogate> lone;   ///< in `text`
  std::string url;                   ///< decoded; empty where it is no string
  std::string language;              ///< the same
  std::optional<JsonValue> meta;     ///< the member to set, if it is there
  std::optional<std::size_t> brace;  ///< the closing brace of a record that is an object
};

/// Reads records. Owned by one worker: it keeps its buffers from one record to the next.
class JsonReader {
 public:
  /// Errors (usage): a name that is no UTF-8 or no JSON Pointer, a `meta` that is one or that holds the text.
  static Result<JsonReader> make(const JsonFields& fields);
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;
  ~JsonReader();

  /// Reads one line, given without its line feed. All of it has to be one JSON value (RFC 8259), nested
  /// no deeper than 1024 levels; a byte order mark in front is passed over.
  ///
  /// - Numbers may be of any size, and lone surrogates may stand in strings.
  /// - Of members with one key the last one counts, at every level.
  /// - A record that is no object is well-formed; it only has no members.
  /// - The Error (bad_input) has the column where that is known.
  Result<JsonRecord> read(std::string_view line);

  /// The edit of its line that gives the member `meta` of `record` the value `raw`, which is JSON: in place
  /// of its value, or as a member put right before the closing brace. Nothing where the record is no object.
  std::optional<Edit> set_meta(const JsonRecord& record, std::string_view raw) const;

 private:
  struct State;
  explicit JsonReader(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

/// The edit of its line that takes the member `meta` from `record`, with one comma: undoes a `set_meta` that
/// put it there. Nothing where there is none.
std::optional<Edit> remove_meta(const JsonRecord& record);

/// Put `raw`, a JSON spelling, in place of the bytes [offset, offset + size) of a text: whole characters.
struct JsonEdit {
  std::size_t offset = 0;
  std::size_t size = 0;
  std::string raw;
};

/// The line of `record` with `edits` made in the spelling of its text, and the edit of another member of it.
/// All bytes beside these stay. Linear.
///
/// - `edits` are sorted and do not overlap; there are none where the text is no string.
/// - A lone surrogate that is left in front of another one may become half of a pair: turn each into an edit.
std::string respell(const JsonRecord& record, std::span<const JsonEdit> edits,
                    const std::optional<Edit>& member = {});

}  // namespace dechaff::io
