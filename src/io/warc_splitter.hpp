#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dechaff/error.hpp"

namespace dechaff::io {

/// Bytes that stand together in a WARC file. A view: see WarcSplitter::next.
struct WarcPiece {
  enum class Kind {
    record,    ///< a whole record with the two line ends behind it; see record_of
    blank,     ///< line ends between records, more than the standard asks for
    oversize,  ///< some of a record whose block is longer than the limit
    damaged,   ///< some of what is no record, up to where the next may begin
  };

  Kind kind = Kind::record;
  std::string_view bytes;
  std::uint64_t ordinal =
      0;  ///< of the record, from 1, the damaged counted too; of the one before where they are blank
  std::uint64_t offset = 0;  ///< of `bytes` in the input, in bytes

  /// Why these bytes cannot be taken as a record: bad_input, "record 2 at byte 310: no Content-Length".
  /// Stands in the first piece of those that are oversize or damaged, and where an oversize record turns out
  /// damaged.
  std::optional<Error> error;
};

/// Cuts a stream of bytes into WARC records (ISO 28500:2017; versions 0.x and 1.x). All pieces joined are the
/// input, byte for byte, whatever it is:
///
///     splitter.feed(bytes);                               // as often as there are bytes
///     while (const auto piece = splitter.next()) use(*piece);
///     splitter.finish();
///     while (const auto piece = splitter.next()) use(*piece);
///
/// - Taken as they come: LF for CR LF in headers and between records, further blank lines between records,
///   names in any case, folded lines.
/// - Damaged is what has no version line, no Content-Length or no sensible one, a header longer than 1 MiB,
///   what does not end with two line ends behind its block, and what the input ends in. It goes up to the
///   next "WARC/0." or "WARC/1." that begins a line behind a blank line, and on from there.
/// - What the pieces are does not depend on how the bytes were fed, except where those of blank lines, of
///   oversize records and of damage longer than `max_record` are cut.
/// - Holds about twice the longest record within the limit, and what was fed last. Linear in the input.
class WarcSplitter {
 public:
  /// `max_record`: the longest block, in bytes, of records to be held whole.
  explicit WarcSplitter(std::uint64_t max_record);

  /// Takes the next bytes of the input; ends the life of all views handed out. Not after finish().
  void feed(std::string_view bytes);

  /// Says that the input has ended.
  void finish();

  /// The next piece; its bytes live until the next feed(). Nothing: feed more, or all is done.
  std::optional<WarcPiece> next();

 private:
  enum class State { between, header, block, oversize, damaged };
  using Step = std::optional<WarcPiece>;

  Step step();
  Step between();
  Step header();
  Step block();
  Step oversize();
  Step border();
  Step damaged();
  Step damage(const std::string& what);
  Step take(WarcPiece::Kind kind, std::size_t size);
  Error error(const std::string& what) const;
  std::string_view held() const { return std::string_view(buffer_).substr(begin_); }

  std::uint64_t max_record_;
  std::string buffer_;
  std::size_t begin_ = 0;     // of what was not handed out, in buffer_
  std::uint64_t offset_ = 0;  // of the same, in the input
  bool finished_ = false;

  State state_ = State::between;
  std::uint64_t ordinal_ = 0;
  std::uint64_t record_offset_ = 0;
  std::size_t seen_ = 0;        // bytes of held() that need not be searched again
  std::uint64_t left_ = 0;      // bytes of header and block, in the states block and oversize
  std::optional<Error> error_;  // to go with the next piece
};

}  // namespace dechaff::io
