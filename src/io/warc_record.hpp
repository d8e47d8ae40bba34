#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/error.hpp"

namespace dechaff::io {

/// One field of a record's header, seen through views into the header.
struct WarcField {
  std::string_view raw;    // all its lines, with their line ends
  std::string_view name;   // as spelled; empty for what is no field, such as the version line
  std::string_view value;  // without blanks around it; where lines are folded, their line ends are in it
};

/// Cuts a header into its lines, each with those folded onto it: all `raw` joined are `header`.
std::vector<WarcField> header_fields(std::string_view header);

/// Names of fields are compared without regard to ASCII case.
bool same_name(std::string_view a, std::string_view b);

/// Bytes of a header up to and with the blank line that ends it (CR LF or LF), looked for from byte `from`
/// on; npos where there is none.
std::size_t header_size(std::string_view bytes, std::size_t from = 0);

/// What Content-Length says, in bytes. An Error where it is missing, given twice, or no number below 2^63.
Result<std::uint64_t> content_length(std::string_view header);

/// A WARC record (ISO 28500:2017, clause 4), seen through views into its bytes.
struct WarcRecord {
  std::string_view header;  // the version line, the fields and the blank line
  std::string_view block;   // as long as Content-Length says
  std::string_view border;  // the two line ends behind it

  /// The value of the first field of this name, folded lines joined by a space.
  std::optional<std::string> field(std::string_view name) const;

  // Empty where the field is missing.
  std::string type() const;          ///< WARC-Type in lower case
  std::string id() const;            ///< WARC-Record-ID without the angle brackets
  std::string target_uri() const;    ///< WARC-Target-URI without the angle brackets that 1.0 asked for
  std::string content_type() const;  ///< the media type in lower case, without parameters

  /// The first of WARC-Identified-Content-Language, its ISO 639-3 code replaced by that of two letters where
  /// there is one: "de" for "deu,eng".
  std::string language() const;
};

/// The parts of a whole record as WarcSplitter hands them out, which is promised by the caller.
WarcRecord record_of(std::string_view raw);

/// Whether the record is a text: a conversion (record types are compared without regard to case, RFC 2616,
/// 2.1) whose Content-Type is text/plain or not given. A segment of a record is none: its lengths and digests
/// speak of the whole.
bool is_text(const WarcRecord& record);

}  // namespace dechaff::io
