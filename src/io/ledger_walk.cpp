#include "io/ledger_walk.hpp"

#include <utility>

#include "io/cutter.hpp"

namespace dechaff::io {

using apply::LedgerLine;

LedgerWalk::LedgerWalk(Source source, const RestoreOptions& options)
    : name_(options.ledger.string()),
      unfinished_(options.unfinished),
      source_(std::move(source)),
      in_(nullptr),
      buffer_(source_, in_),
      reader_(in_, name_) {}

Result<std::unique_ptr<LedgerWalk>> LedgerWalk::open(const RestoreOptions& options) {
  auto source = Source::open(options.ledger.string());
  if (!source) return source.error();
  return std::unique_ptr<LedgerWalk>(new LedgerWalk(std::move(*source), options));
}

Result<std::optional<LedgerLine>> LedgerWalk::next() {
  auto line = reader_.next();
  if (line && std::holds_alternative<apply::FootLine>(*line)) return std::optional<LedgerLine>();
  if (line) return std::optional(std::move(*line));
  const std::optional<Error>& unread = buffer_.error();
  const bool cut_off = reader_.is_cut_off() || (unread && source_.is_cut_off());
  if (unfinished_ && cut_off) return std::optional<LedgerLine>();
  return unread ? *unread : line.error();
}

namespace {

/// Takes the lines of a ledger one after another.
class Collector {
 public:
  explicit Collector(std::string_view wanted) : wanted_(wanted) {}

  void take(const LedgerLine& line) {
    if (const auto* begin = std::get_if<apply::InputBeginLine>(&line)) begin_input(begin->input);
    if (const auto* begin = std::get_if<apply::BeginLine>(&line)) begin_document(*begin);
    if (std::holds_alternative<apply::EndLine>(line) && !unit_.records) end();
    if (const auto* last = std::get_if<apply::InputEndLine>(&line)) {
      unit_.sums = last->sums;
      unit_.output = last->output;
      end();
    }
  }

  LedgerContents contents() { return std::move(out_); }

 private:
  void begin_input(const LedgerInput& input) {
    unit_ = {input.name, true, {}, LedgerOutput::written, {}, false};
    if (const auto format = format_named(input.format)) {
      unit_.end_of_record = end_of_record(*format, input.separator);
      unit_.packed_by_record = *format == Format::warc;
    }
    holds_wanted_ = !wanted_.empty() && input.name == wanted_;
  }

  void begin_document(const apply::BeginLine& begin) {
    if (unit_.records)
      holds_wanted_ |= !wanted_.empty() && begin.document == wanted_;
    else
      begin_text(begin);
  }

  void begin_text(const apply::BeginLine& begin) {
    const LedgerSums sums{begin.bytes, begin.clean_bytes, begin.hash, begin.clean_hash};
    unit_ = {begin.document, false, sums, LedgerOutput::written, {}, false};
    holds_wanted_ = !wanted_.empty() && begin.document == wanted_;
  }

  void end() {
    if (holds_wanted_) out_.holders.push_back(out_.units.size());
    out_.units.push_back(std::exchange(unit_, {}));
  }

  std::string_view wanted_;
  LedgerContents out_;
  LedgerUnit unit_;  // that has begun
  bool holds_wanted_ = false;
};

}  // namespace

Result<LedgerContents> contents_of(const RestoreOptions& options, std::string_view wanted) {
  auto walk = LedgerWalk::open(options);
  if (!walk) return walk.error();
  Collector collector(wanted);
  for (;;) {
    auto line = (*walk)->next();
    if (!line) return line.error();
    if (!*line) return collector.contents();
    collector.take(**line);
  }
}

}  // namespace dechaff::io
