#include "io/clean_records.hpp"

#include <limits>
#include <utility>

#include "apply/hash.hpp"
#include "apply/json_line.hpp"
#include "apply/rebuild.hpp"
#include "io/warc_record.hpp"
#include "io/warc_rewrite.hpp"
#include "io/warc_splitter.hpp"

namespace dechaff::io {

namespace {

/// The original text, or nothing where `clean` is not what the ledger speaks of.
std::optional<std::string> original_of(std::string_view clean, const apply::BeginLine& begin,
                                       const std::vector<apply::ChangeLine>& changes) {
  if (clean.size() != begin.clean_bytes || apply::hash_of(clean) != begin.clean_hash) return std::nullopt;
  apply::Rebuild rebuild(begin, clean);
  for (const apply::ChangeLine& change : changes) {
    if (!rebuild.undo(change)) return std::nullopt;
  }
  return rebuild.finish();
}

}  // namespace

Result<CleanRecords> CleanRecords::make(Read read, const LedgerInput& input) {
  const auto format = format_named(input.format);
  if (!format || *format == Format::automatic)
    return Error{ErrorCode::bad_ledger, {}, "unknown format " + apply::in_quotes(input.format)};
  FormatOptions options;
  options.format = *format;
  options.separator = input.separator;
  options.max_document = std::numeric_limits<std::int64_t>::max();
  auto reader = JsonReader::make({input.field, "", "", input.meta});
  if (!reader) return reader.error();
  auto separator = Separator::make(input.separator);
  if (!separator) return separator.error();
  CleanRecords out(std::move(*reader));
  out.format_ = *format;
  out.separator_ = std::move(*separator);
  out.windows_ = *format == Format::text && !out.separator_;
  out.read_ = read;
  out.cutter_ = cutter_for(std::move(read), [] { return false; }, {*format, {}}, options);
  return out;
}

Result<std::optional<CleanRecord>> CleanRecords::next() {
  while (next_ == records_.size()) {
    if (ended_) return std::optional<CleanRecord>();
    auto piece = cutter_->next();
    if (!piece) return piece.error();
    piece_ = std::move(*piece);
    ended_ = piece_.last;
    cut();
  }
  return std::optional(records_[next_++]);
}

void CleanRecords::cut() {
  records_.clear();
  next_ = 0;
  std::uint64_t number = piece_.first;
  const std::string_view bytes = piece_.bytes;
  if (piece_.as_it_is) {
    records_.push_back({0, bytes, {}});
  } else if (format_ == Format::warc) {
    WarcSplitter splitter(bytes.size());
    splitter.feed(bytes);
    splitter.finish();
    std::size_t at = 0;
    while (const auto cut = splitter.next()) {
      const bool record = cut->kind == WarcPiece::Kind::record;
      records_.push_back({record ? number++ : 0, bytes.substr(at, cut->bytes.size()), {}});
      at += cut->bytes.size();
    }
  } else if (format_ == Format::jsonl) {
    for (std::size_t at = 0; at < bytes.size(); ++number) {
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
      records_.push_back({number, bytes.substr(at, end - at), bytes.substr(end, 1)});
      at = std::min(end + 1, bytes.size());
    }
  } else {
    for (const Separator::Part& part : separator_->split(bytes))
      records_.push_back({number++, part.text, part.separator});
  }
}

Result<std::string> CleanRecords::take(std::uint64_t size) {
  constexpr std::size_t read_size = std::size_t{256} << 10U;
  while (buffer_.size() < size) {
    const auto more = read_(buffer_, read_size);
    if (!more) return more.error();
    if (!*more) break;
  }
  std::string rest = buffer_.substr(std::min<std::uint64_t>(size, buffer_.size()));
  buffer_.resize(buffer_.size() - rest.size());
  return std::exchange(buffer_, std::move(rest));
}

Result<std::optional<CleanRecords::Restored>> CleanRecords::restore(
    const CleanRecord& record, const apply::BeginLine& begin, const std::vector<apply::ChangeLine>& changes) {
  if (format_ == Format::jsonl) return restore_json(record, begin, changes);
  if (format_ == Format::warc) return restore_warc(record, begin, changes);
  auto text = original_of(record.text, begin, changes);
  if (!text) return std::optional<Restored>();
  return std::optional(Restored{*text, *text});
}

std::optional<CleanRecords::Restored> CleanRecords::restore_json(
    const CleanRecord& record, const apply::BeginLine& begin, const std::vector<apply::ChangeLine>& changes) {
  const auto json = reader_.read(record.text);
  if (!json || json->kind != JsonText::string) return std::nullopt;
  auto text = original_of(json->text, begin, changes);
  if (!text) return std::nullopt;
  std::vector<JsonEdit> edits;
  std::size_t from = 0, to = 0;
  for (const apply::ChangeLine& change : changes) {
    to += change.offset - from;
    edits.push_back({to, change.added.size(),
                     change.spelt.empty() ? json_spelling(change.removed) : change.spelt});
    to += change.added.size();
    from = change.offset + change.removed.size();
  }
  std::optional<Edit> member;
  if (begin.member) member = begin.member->empty() ? remove_meta(*json) : reader_.set_meta(*json, *begin.member);
  return Restored{respell(*json, edits, member), std::move(*text)};
}

std::optional<CleanRecords::Restored> CleanRecords::restore_warc(
    const CleanRecord& record, const apply::BeginLine& begin, const std::vector<apply::ChangeLine>& changes) {
  if (record.number == 0) return std::nullopt;
  const WarcRecord now = record_of(record.text);
  auto text = original_of(now.block, begin, changes);
  if (!text) return std::nullopt;
  return Restored{restored(now, begin.header, *text), std::move(*text)};
}

}  // namespace dechaff::io
