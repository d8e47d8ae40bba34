#include "io/warc_cutter.hpp"

#include <deque>
#include <utility>

#include "io/warc_splitter.hpp"

namespace dechaff::io {

namespace {

constexpr std::size_t piece_size = std::size_t{512} << 10U;
constexpr std::size_t read_size = std::size_t{256} << 10U;

class WarcCutter : public Cutter {
 public:
  WarcCutter(Read read, std::function<bool()> skip, std::string_view begun, std::uint64_t max_record)
      : read_(std::move(read)), skip_(std::move(skip)), splitter_(max_record) {
    splitter_.feed(begun);
  }

  Result<Piece> next() override {
    for (;;) {
      split();
      if (ready_.size() > 1 || (!ready_.empty() && (ended_ || ready_.front().bytes.size() >= piece_size)))
        return take();
      if (ended_) return last();
      buffer_.clear();
      const auto more = read_(buffer_, read_size);
      if (!more && !skipped(more.error())) return more.error();
      if (more && !*more) end();
      if (!buffer_.empty()) splitter_.feed(buffer_);
    }
  }

 private:
  /// Records go into one piece as long as it is small; what is none goes alone.
  void split() {
    while (const auto cut = splitter_.next()) {
      after_loss_ = false;
      const bool as_it_is = cut->kind == WarcPiece::Kind::oversize || cut->kind == WarcPiece::Kind::damaged;
      const bool fits = !ready_.empty() && ready_.back().as_it_is == as_it_is && !cut->error &&
                        ready_.back().bytes.size() < piece_size;
      if (!fits) {
        Piece& piece = ready_.emplace_back();
        piece.first = 0;
        piece.as_it_is = as_it_is;
        piece.continues = as_it_is && cut->ordinal == passed_on_;
        if (cut->error) piece.problem = cut->error->message + "; it stays as it is";
      }
      if (as_it_is) passed_on_ = cut->ordinal;
      Piece& piece = ready_.back();
      if (piece.first == 0 && cut->kind == WarcPiece::Kind::record) piece.first = cut->ordinal;
      piece.bytes += cut->bytes;
    }
  }

  bool skipped(const Error& error) {
    if (!skip_()) return false;
    if (std::exchange(after_loss_, true)) return true;  // where all is lost, once is enough
    Piece& piece = ready_.emplace_back();
    piece.as_it_is = true;
    piece.problem = error.message + "; what could not be read is missing";
    piece.lossy = true;
    return true;
  }

  void end() {
    ended_ = true;
    splitter_.finish();
    split();
  }

  Piece take() {
    Piece piece = std::move(ready_.front());
    ready_.pop_front();
    piece.last = ended_ && ready_.empty();
    return piece;
  }

  Piece last() {
    Piece piece;
    piece.last = true;
    return piece;
  }

  Read read_;
  std::function<bool()> skip_;
  WarcSplitter splitter_;
  std::string buffer_;
  std::deque<Piece> ready_;
  std::uint64_t passed_on_ = 0;  // number of the record that was last passed on as it is
  bool after_loss_ = false;      // and nothing was read since
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Cutter> warc_cutter(Read read, std::function<bool()> skip, std::string_view begun,
                                    std::uint64_t max_record) {
  return std::make_unique<WarcCutter>(std::move(read), std::move(skip), begun, max_record);
}

}  // namespace dechaff::io
