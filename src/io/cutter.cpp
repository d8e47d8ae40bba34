#include "io/cutter.hpp"

#include <algorithm>
#include <utility>

#include "apply/text_window.hpp"
#include "io/separator.hpp"
#include "io/warc_cutter.hpp"

namespace dechaff::io {

namespace {

constexpr std::size_t piece_size = std::size_t{512} << 10U;  // of records that are worked on together
constexpr std::size_t read_size = std::size_t{256} << 10U;

/// One text, in windows where it is larger than a document may be.
class TextCutter : public Cutter {
 public:
  TextCutter(Read read, std::string begun, std::uint64_t most)
      : read_(std::move(read)), buffer_(std::move(begun)), most_(most) {}

  Result<Piece> next() override {
    while (buffer_.size() <= most_) {
      const auto more = read_(buffer_, std::max(read_size, buffer_.size()));
      if (!more) return more.error();
      if (!*more) return last();
    }
    return window();
  }

 private:
  Piece last() {
    Piece piece;
    piece.bytes = std::move(buffer_);
    piece.first = ++windows_;
    piece.window = windows_ > 1;
    piece.encoding = encoding_;
    piece.last = true;
    return piece;
  }

  Piece window() {
    Piece piece;
    piece.first = ++windows_;
    piece.window = true;
    piece.encoding = encoding_;
    if (windows_ == 1) encoding_ = apply::encoding_of_window(buffer_);
    const std::size_t size = apply::window_size(buffer_, static_cast<std::size_t>(most_), encoding_);
    std::string rest = buffer_.substr(size);
    buffer_.resize(size);
    piece.bytes = std::exchange(buffer_, std::move(rest));
    return piece;
  }

  Read read_;
  std::string buffer_;
  const std::uint64_t most_;
  std::uint64_t windows_ = 0;
  std::string encoding_;  // of the first window
};

/// Records that end in something that can be looked for from behind.
class RecordCutter : public Cutter {
 public:
  RecordCutter(Read read, std::string begun) : read_(std::move(read)), buffer_(std::move(begun)) {}

  Result<Piece> next() override {
    for (;;) {
      const std::size_t before = buffer_.size();
      const auto more = read_(buffer_, read_size);
      if (!more) return more.error();
      if (!*more) return cut(buffer_.size(), true);
      // What comes slowly is handed on as it comes.
      const bool full = buffer_.size() >= piece_size || buffer_.size() - before < read_size;
      if (!full) continue;
      if (const std::size_t end = end_of_records(buffer_, searched_); end > 0) return cut(end, false);
      searched_ = buffer_.size();
    }
  }

 protected:
  /// Behind the last whole record of `bytes`, of which those before `from` hold none; 0 for no such place.
  virtual std::size_t end_of_records(std::string_view bytes, std::size_t from) = 0;
  virtual std::uint64_t count_records(std::string_view bytes) = 0;

 private:
  Piece cut(std::size_t size, bool last) {
    Piece piece;
    piece.first = next_;
    piece.last = last;
    std::string rest = buffer_.substr(size);
    buffer_.resize(size);
    piece.bytes = std::exchange(buffer_, std::move(rest));
    next_ += count_records(piece.bytes);
    searched_ = 0;
    return piece;
  }

  Read read_;
  std::string buffer_;
  std::size_t searched_ = 0;
  std::uint64_t next_ = 1;
};

class LineCutter : public RecordCutter {
 public:
  using RecordCutter::RecordCutter;

 protected:
  std::size_t end_of_records(std::string_view bytes, std::size_t from) override {
    const std::size_t last = bytes.substr(from).rfind('\n');
    return last == bytes.npos ? 0 : from + last + 1;
  }

  std::uint64_t count_records(std::string_view bytes) override {
    return static_cast<std::uint64_t>(std::ranges::count(bytes, '\n'));
  }
};

class SeparatedCutter : public RecordCutter {
 public:
  SeparatedCutter(Read read, std::string begun, Separator separator)
      : RecordCutter(std::move(read), std::move(begun)), separator_(std::move(separator)) {}

 protected:
  std::size_t end_of_records(std::string_view bytes, std::size_t from) override {
    return separator_.end_of_last(bytes, from);
  }

  std::uint64_t count_records(std::string_view bytes) override { return separator_.count(bytes); }

 private:
  Separator separator_;
};

}  // namespace

std::string_view end_of_record(Format format, std::string_view separator) {
  constexpr std::string_view null("\0", 1);
  if (format == Format::jsonl) return "\n";
  return format == Format::text && separator == null ? null : std::string_view();
}

std::unique_ptr<Cutter> cutter_for(Read read, std::function<bool()> skip, Beginning beginning,
                                   const FormatOptions& options) {
  if (beginning.format == Format::warc)
    return warc_cutter(std::move(read), std::move(skip), beginning.bytes, options.max_document);
  if (beginning.format == Format::jsonl)
    return std::make_unique<LineCutter>(std::move(read), std::move(beginning.bytes));
  if (auto separator = Separator::make(options.separator); separator && *separator) {
    return std::make_unique<SeparatedCutter>(std::move(read), std::move(beginning.bytes),
                                             std::move(**separator));
  }
  return std::make_unique<TextCutter>(std::move(read), std::move(beginning.bytes), options.max_document);
}

}  // namespace dechaff::io
