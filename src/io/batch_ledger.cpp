#include "io/batch_ledger.hpp"

#include <unistd.h>

#include <istream>

#include "apply/ledger_reader.hpp"
#include "io/source_buffer.hpp"

namespace dechaff::io {

namespace {

namespace fs = std::filesystem;

/// Reads a ledger up to its end or to where it is cut off.
class OldLedger {
 public:
  explicit OldLedger(Source source, std::string name)
      : source_(std::move(source)),
        in_(nullptr),
        buffer_(source_, in_),
        name_(std::move(name)),
        reader_(in_, name_) {}

  /// The next line; nothing behind the last.
  Result<std::optional<apply::LedgerLine>> next() {
    auto line = reader_.next();
    if (!line && is_cut_off()) return std::optional<apply::LedgerLine>();
    if (!line) return buffer_.error() ? *buffer_.error() : line.error();
    if (std::holds_alternative<apply::FootLine>(*line)) return std::optional<apply::LedgerLine>();
    return std::optional(std::move(*line));
  }

  std::string_view raw() const { return reader_.raw(); }

 private:
  bool is_cut_off() const { return reader_.is_cut_off() || (buffer_.error() && source_.is_cut_off()); }

  Source source_;
  std::istream in_;
  SourceBuffer buffer_;
  std::string name_;
  apply::LedgerReader reader_;
};

Result<std::unique_ptr<OldLedger>> open_old(const fs::path& path) {
  auto source = Source::open(path.string());
  if (!source) return source.error();
  return std::make_unique<OldLedger>(std::move(*source), path.string());
}

/// How many lines stand up to the end of the last input that was finished, the head among them; 0 where a run
/// was killed before it wrote one.
Result<std::uint64_t> whole_lines(const fs::path& path) {
  auto ledger = open_old(path);
  if (!ledger) return ledger.error();
  std::uint64_t lines = 0, whole = 0;
  bool in_input = false;
  for (;;) {
    const auto line = (*ledger)->next();
    if (!line) return line.error();
    if (!*line) return whole;
    ++lines;
    if (std::holds_alternative<apply::InputBeginLine>(**line)) in_input = true;
    if (std::holds_alternative<apply::InputEndLine>(**line)) in_input = false;
    const bool is_end = std::holds_alternative<apply::EndLine>(**line) ||
                        std::holds_alternative<apply::InputEndLine>(**line) ||
                        std::holds_alternative<apply::HeadLine>(**line);
    if (is_end && !in_input) whole = lines;
  }
}

}  // namespace

BatchLedger::BatchLedger(Codec codec) : compressor_(compressor(codec)) {
  writer_.emplace([this](std::string_view lines) {
    compressed_.clear();
    compressor_->write(lines, compressed_);
    const auto written = file_->write(compressed_);
    if (!written && !error_) error_ = written.error();
    return static_cast<bool>(written);
  });
}

Result<std::unique_ptr<BatchLedger>> BatchLedger::open(const fs::path& path, const Cleaner& cleaner,
                                                       bool continues, FinishedInputs& finished) {
  std::unique_ptr<BatchLedger> out(new BatchLedger(codec_of_name(path.string())));
  if (const auto version = version_of(path); continues && version && version->size > 0) {
    const auto whole = whole_lines(path);
    if (!whole) return whole.error();
    if (*whole > 0) {
      const auto done = out->go_on(path, *whole, finished);
      if (!done) return done.error();
      return out;
    }
  }
  auto file = AppendingFile::open(path, AppendingFile::Existing::emptied);
  if (!file) return file.error();
  out->file_.emplace(std::move(*file));
  if (!out->writer_->begin(cleaner.rules(), cleaner.profile().name)) return *out->error_;
  return out;
}

/// The old ledger stays whole until its successor is on the disk; where that fails, nothing of the successor
/// stays.
Result<Done> BatchLedger::go_on(const fs::path& path, std::uint64_t whole, FinishedInputs& finished) {
  struct Successor {
    ~Successor() {
      if (!done) (void)::unlink(path.c_str());
    }
    const fs::path path;
    bool done = false;
  } next{path.string() + ".next"};
  const auto copied = copy_to(next.path, path, whole, finished);
  next.done = static_cast<bool>(copied);
  return copied;
}

Result<Done> BatchLedger::copy_to(const fs::path& next, const fs::path& path, std::uint64_t whole,
                                  FinishedInputs& finished) {
  auto old = open_old(path);
  if (!old) return old.error();
  auto file = AppendingFile::open(next, AppendingFile::Existing::emptied);
  if (!file) return file.error();
  file_.emplace(std::move(*file));
  apply::BeginLine begin;
  bool in_input = false;
  for (std::uint64_t i = 0; i < whole; ++i) {
    const auto line = (*old)->next();
    if (!line || !*line)
      return line ? Error{ErrorCode::io, {path.string(), 0, 0}, "was changed meanwhile"} : line.error();
    const bool ends = std::holds_alternative<apply::EndLine>(**line);
    if (!writer_->add((*old)->raw(), ends ? 1 : 0)) return *error_;
    if (std::holds_alternative<apply::InputBeginLine>(**line)) in_input = true;
    if (const auto* document = std::get_if<apply::BeginLine>(&**line)) begin = *document;
    if (ends && !in_input) finished.add(begin.document, begin.clean_bytes, begin.clean_hash);
    if (const auto* end = std::get_if<apply::InputEndLine>(&**line)) {
      if (end->output == LedgerOutput::written)
        finished.add(end->input, end->sums.clean_bytes, end->sums.clean_hash);
      in_input = false;
    }
  }
  if (const auto synced = sync(); !synced) return synced;
  return file_->move_to(path);
}

Result<Done> BatchLedger::add(std::string_view lines, std::uint64_t documents) {
  if (lines.empty() || writer_->add(lines, documents)) return Done{};
  return *error_;
}

Result<Done> BatchLedger::sync() {
  compressed_.clear();
  compressor_->flush(compressed_);
  if (const auto written = file_->write(compressed_); !written) return written;
  return file_->sync();
}

Result<Done> BatchLedger::end() {
  if (!writer_->end()) return *error_;
  compressed_.clear();
  compressor_->finish(compressed_);
  if (const auto written = file_->write(compressed_); !written) return written;
  return file_->close();
}

}  // namespace dechaff::io
