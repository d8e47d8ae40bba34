#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dechaff/batch.hpp"
#include "io/source.hpp"

namespace dechaff::io {

/// Bytes of an input that one worker works on: whole records, or one text, or a window of one.
struct Piece {
  std::string bytes;        ///< all pieces of an input, one after another, are that input
  std::uint64_t first = 1;  ///< number of the first record in it, from 1
  bool last = false;        ///< of its input
  bool as_it_is = false;    ///< no whole records: to be passed on as they are
  bool continues = false;   ///< as it is: begins within what the piece before ended in
  bool window = false;      ///< a part of one text that is larger than a document may be
  std::string encoding;     ///< of a window behind the first: what the first was read as
  std::string problem;      ///< what is wrong at its start, where something is
  bool lossy = false;       ///< what stood before it could not be read and is missing
};

/// Appends what comes next to `out`, at least one byte and at most `most`; false at the end. As Source::read.
using Read = std::function<Result<bool>(std::string& out, std::size_t most)>;

/// Cuts an input into pieces.
class Cutter {
 public:
  virtual ~Cutter() = default;

  /// The next piece. Behind the last one, not to be called. An error is one of reading, and the end.
  virtual Result<Piece> next() = 0;
};

/// What each record of an input ends in, where it may be missing behind the last: a line feed for JSON Lines,
/// NUL for texts that end in it. Empty for all else.
std::string_view end_of_record(Format format, std::string_view separator);

/// What an input is, and its first bytes, which were read to find that out.
struct Beginning {
  Format format = Format::text;
  std::string bytes;
};

/// Tells the format of an input.
///
/// - By `options.format` where that is not `automatic`.
/// - By name, without the ending of a compression: .jsonl, .ndjson; .warc, .wet; .txt, .text, .md.
/// - By content: "WARC/" and a digit is WARC; a first line that is a JSON object with a string at
///   `options.field` is JSON Lines; all else is text.
///
/// Reads no more than it needs: the first line at most, and only where the text begins with '{' or 'W'.
Result<Beginning> begin(Source& source, const FormatOptions& options);

/// Cuts what `read` gives, behind the bytes of `beginning`; the separator of `options` was checked. `skip` is
/// asked when reading fails whether it can go on behind the damage.
std::unique_ptr<Cutter> cutter_for(Read read, std::function<bool()> skip, Beginning beginning,
                                   const FormatOptions& options);

}  // namespace dechaff::io
