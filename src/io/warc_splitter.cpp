#include "io/warc_splitter.hpp"

#include <algorithm>
#include <cassert>

#include "io/warc_record.hpp"

namespace dechaff::io {

namespace {

/// Far beyond all headers seen, and little enough to hold.
constexpr std::size_t max_header = std::size_t{1024} * 1024;

/// Bytes of "WARC/1.", which tell the start of a record.
constexpr std::size_t start_size = 7;

enum class Fit { yes, no, unknown };

/// Whether the bytes begin with "WARC/0." or "WARC/1."; unknown where they are too few to tell.
Fit begins_record(std::string_view bytes) {
  for (const std::string_view start : {"WARC/0.", "WARC/1."}) {
    if (bytes.starts_with(start)) return Fit::yes;
    if (start.starts_with(bytes)) return Fit::unknown;
  }
  return Fit::no;
}

/// "WARC/1.1" and its line end, at the start of a header.
bool has_version_line(std::string_view header) {
  const std::size_t end = header.find_first_not_of("0123456789", start_size);
  const std::string_view rest = header.substr(end);
  return end > start_size && (rest.starts_with('\n') || rest.starts_with("\r\n"));
}

/// Bytes of up to `count` line ends at the start.
std::size_t line_ends(std::string_view bytes, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0; --count) {
    const std::string_view rest = bytes.substr(at);
    if (rest.starts_with('\n')) {
      at += 1;
    } else if (rest.starts_with("\r\n")) {
      at += 2;
    } else {
      break;
    }
  }
  return at;
}

/// Bytes of the two line ends that the bytes begin with; 0 where they do not, npos where they are too few to
/// tell.
std::size_t border_size(std::string_view bytes) {
  const std::size_t first = line_ends(bytes, 1);
  const std::size_t both = line_ends(bytes, 2);
  if (both > first) return both;
  const std::string_view rest = bytes.substr(first);
  return rest.empty() || rest == "\r" ? bytes.npos : 0;
}

/// Where a record may begin behind a blank line, at `from` or later; npos where there is none.
std::size_t next_start(std::string_view bytes, std::size_t from) {
  for (std::size_t at = bytes.find("WARC/", from); at != bytes.npos; at = bytes.find("WARC/", at + 1)) {
    const std::string_view before = bytes.substr(0, at);
    if (!before.ends_with("\n\n") && !before.ends_with("\n\r\n")) continue;
    if (begins_record(bytes.substr(at)) == Fit::yes) return at;
  }
  return bytes.npos;
}

}  // namespace

WarcSplitter::WarcSplitter(std::uint64_t max_record) : max_record_(max_record) {}

void WarcSplitter::feed(std::string_view bytes) {
  assert(!finished_);
  if (begin_ >= buffer_.size() - begin_) {  // only then, so that no byte is moved again and again
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  buffer_ += bytes;
}

void WarcSplitter::finish() { finished_ = true; }

std::optional<WarcPiece> WarcSplitter::next() {
  for (;;) {
    const State before = state_;
    Step piece = step();
    if (piece || state_ == before) return piece;
  }
}

WarcSplitter::Step WarcSplitter::step() {
  switch (state_) {
    case State::between:
      return between();
    case State::header:
      return header();
    case State::block:
      return block();
    case State::oversize:
      return oversize();
    case State::damaged:
      return damaged();
  }
  return {};
}

WarcSplitter::Step WarcSplitter::between() {
  const std::string_view bytes = held();
  if (const std::size_t size = line_ends(bytes, bytes.size()); size > 0)
    return take(WarcPiece::Kind::blank, size);
  if (bytes.empty() || (bytes == "\r" && !finished_)) return {};
  state_ = State::header;
  ++ordinal_;
  record_offset_ = offset_;
  seen_ = 0;
  return {};
}

WarcSplitter::Step WarcSplitter::header() {
  const std::string_view bytes = held();
  const Fit fit = begins_record(bytes);
  if (fit == Fit::no) return damage("no version line");
  const std::size_t size = header_size(bytes, seen_);
  if (fit == Fit::unknown || (size == bytes.npos && bytes.size() < max_header)) {
    if (finished_) return damage("the input ends inside the header");
    seen_ = std::max<std::size_t>(bytes.size(), 2) - 2;  // the last may be the first of a blank line's
    return {};
  }
  if (size > max_header) return damage("a header longer than 1 MiB");
  if (!has_version_line(bytes)) return damage("no version line");
  const auto length = content_length(bytes.substr(0, size));
  if (!length) return damage(length.error().message);
  left_ = size + *length;
  state_ = *length > max_record_ ? State::oversize : State::block;
  if (state_ == State::oversize)
    error_ = error("a block longer than " + std::to_string(max_record_) + " bytes");
  return {};
}

WarcSplitter::Step WarcSplitter::block() {
  const std::string_view bytes = held();
  const std::size_t border = bytes.size() > left_ ? border_size(bytes.substr(left_)) : bytes.npos;
  if (border == bytes.npos) return finished_ ? damage("the input ends inside the record") : Step();
  if (border == 0) return damage("no two line ends behind the block");
  state_ = State::between;
  return take(WarcPiece::Kind::record, left_ + border);
}

WarcSplitter::Step WarcSplitter::oversize() {
  if (left_ == 0) return border();
  const std::size_t size = std::min<std::uint64_t>(left_, held().size());
  if (size == 0) return finished_ ? damage("the input ends inside the record") : Step();
  left_ -= size;
  return take(WarcPiece::Kind::oversize, size);
}

/// What stands behind the block of an oversize record.
WarcSplitter::Step WarcSplitter::border() {
  const std::size_t size = border_size(held());
  if (size == std::string_view::npos) return finished_ ? damage("the input ends inside the record") : Step();
  if (size == 0) return damage("no two line ends behind the block");
  state_ = State::between;
  return take(WarcPiece::Kind::oversize, size);
}

WarcSplitter::Step WarcSplitter::damaged() {
  const std::string_view bytes = held();
  const std::size_t start = next_start(bytes, seen_);
  if (start != bytes.npos || finished_) {
    state_ = State::between;
    const std::size_t size = std::min(start, bytes.size());
    return size > 0 || error_ ? take(WarcPiece::Kind::damaged, size) : Step();
  }
  // Behind these may be the first of the next start, and before it there may be its blank line.
  constexpr std::size_t kept = start_size - 1 + 3;
  seen_ = std::max(bytes.size(), start_size) - (start_size - 1);
  if (bytes.size() <= kept || bytes.size() - kept < max_record_) return {};
  seen_ = 3;
  return take(WarcPiece::Kind::damaged, bytes.size() - kept);
}

/// The bytes held are damaged, from the first on.
WarcSplitter::Step WarcSplitter::damage(const std::string& what) {
  error_ = error(what);
  state_ = State::damaged;
  seen_ = 1;
  return {};
}

WarcSplitter::Step WarcSplitter::take(WarcPiece::Kind kind, std::size_t size) {
  WarcPiece piece{kind, held().substr(0, size), ordinal_, offset_, std::move(error_)};
  error_.reset();
  begin_ += size;
  offset_ += size;
  return piece;
}

Error WarcSplitter::error(const std::string& what) const {
  return {ErrorCode::bad_input,
          {},
          "record " + std::to_string(ordinal_) + " at byte " + std::to_string(record_offset_) + ": " + what};
}

}  // namespace dechaff::io
