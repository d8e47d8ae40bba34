#include "apply/ledger_reader.hpp"

#include <algorithm>
#include <istream>
#include <limits>

#include "apply/json_line.hpp"

namespace dechaff::apply {

namespace {

std::string hash_mismatch(std::string_view what, const std::string& found, const std::string& expected) {
  return std::string(what) + " were changed after they were written: their hash is " + found + ", not " +
         in_quotes(expected);
}

}  // namespace

Result<LedgerLine> LedgerReader::next() {
  if (!read_line()) return no_line();
  Result<LedgerLine> line = read_ledger_line(line_);
  const bool first = number_ == 1;
  if (first && (!line || !std::holds_alternative<HeadLine>(*line)))
    return is_head_cut_off() ? cut_off() : error("this is no ledger of dechaff");
  if (!line) {
    if (!terminated_) return cut_off();
    Error placed = error(line.error().message);
    placed.pos.column = line.error().pos.column;
    return placed;
  }
  if (!first && std::holds_alternative<HeadLine>(*line))
    return error("another ledger begins here; a file holds one");
  std::string problem = std::visit([this](const auto& read) { return check(read); }, *line);
  if (!problem.empty()) return error(std::move(problem));
  pass(*line);
  return line;
}

/// Of a run that was killed while it wrote the first line.
bool LedgerReader::is_head_cut_off() const {
  constexpr std::string_view begin = R"({"dechaff":"ledger")";
  return !terminated_ && begin.substr(0, line_.size()) == line_.substr(0, begin.size());
}

Error LedgerReader::error(std::string message) const {
  const auto number = std::min<std::uint64_t>(number_, std::numeric_limits<std::uint32_t>::max());
  return {ErrorCode::bad_ledger, {name_, static_cast<std::uint32_t>(number), 0}, std::move(message)};
}

bool LedgerReader::read_line() {
  if (!std::getline(in_, line_)) return false;
  terminated_ = !in_.eof();
  ++number_;
  return true;
}

Error LedgerReader::no_line() {
  if (in_.bad()) return {ErrorCode::io, {name_, 0, 0}, "the ledger cannot be read"};
  cut_off_ = true;
  if (number_ == 0) return {ErrorCode::bad_ledger, {name_, 0, 0}, "the ledger is empty"};
  return cut_off();
}

Error LedgerReader::cut_off() {
  cut_off_ = true;
  const std::uint64_t whole_lines = terminated_ ? number_ : number_ - 1;
  return {ErrorCode::bad_ledger,
          {name_, 0, 0},
          "the ledger is cut off: its end is missing after line " + std::to_string(whole_lines)};
}

std::string LedgerReader::check(const HeadLine& head) const {
  if (head.format != "ledger") return "this is no ledger of dechaff";
  if (head.version == ledger_version) return {};
  return "this ledger is of version " + std::to_string(head.version) + ", and this dechaff reads version " +
         std::to_string(ledger_version);
}

std::string LedgerReader::check(const InputBeginLine& begin) {
  if (in_document_)
    return in_quotes(begin.input.name) + " begins before " + in_quotes(document_) + " has ended";
  if (input_) return in_quotes(begin.input.name) + " begins before " + in_quotes(*input_) + " has ended";
  input_ = begin.input.name;
  record_ = 0;
  return {};
}

std::string LedgerReader::check(const InputEndLine& end) {
  if (in_document_) return in_quotes(end.input) + " ends before " + in_quotes(document_) + " has ended";
  if (input_ != end.input) return in_quotes(end.input) + " ends and has not begun";
  input_.reset();
  return {};
}

std::string LedgerReader::check(const BeginLine& begin) {
  if (in_document_)
    return in_quotes(begin.document) + " begins before " + in_quotes(document_) + " has ended";
  if (input_.has_value() != (begin.record > 0))
    return in_quotes(begin.document) + (input_ ? " has no" : " has a") + " record number, and stands " +
           (input_ ? "between the begin and the end of an input" : "in no input");
  if (begin.record > 0 && begin.record <= record_)
    return "record " + std::to_string(begin.record) + " follows record " + std::to_string(record_);
  record_ = begin.record;
  in_document_ = true;
  document_ = begin.document;
  bytes_ = begin.bytes;
  next_offset_ = 0;
  changes_ = 0;
  document_hash_.reset();
  return {};
}

std::string LedgerReader::check(const ChangeLine& change) {
  if (std::string problem = check_document(change.document); !problem.empty()) return problem;
  if (change.offset < next_offset_) {
    return "the change at offset " + std::to_string(change.offset) +
           " overlaps the one before it, or their order is wrong";
  }
  if (change.offset > bytes_ || change.removed.size() > bytes_ - change.offset) {
    return "the change at offset " + std::to_string(change.offset) +
           " reaches beyond the original, which has " + std::to_string(bytes_) + " bytes";
  }
  next_offset_ = change.offset + change.removed.size();
  ++changes_;
  return {};
}

std::string LedgerReader::check(const EndLine& end) const {
  if (std::string problem = check_document(end.document); !problem.empty()) return problem;
  if (end.changes != changes_) {
    return in_quotes(document_) + " has " + std::to_string(changes_) + " changes here, and had " +
           std::to_string(end.changes) + " when it was written";
  }
  const std::string hash = document_hash_.text();
  return hash == end.hash ? "" : hash_mismatch("the lines of " + in_quotes(document_), hash, end.hash);
}

std::string LedgerReader::check(const FootLine& foot) {
  if (in_document_) return "the ledger ends before " + in_quotes(document_) + " has ended";
  if (input_) return "the ledger ends before " + in_quotes(*input_) + " has ended";
  if (foot.documents != documents_) {
    return "the ledger holds " + std::to_string(documents_) + " documents, and held " +
           std::to_string(foot.documents) + " when it was written";
  }
  const std::string hash = ledger_hash_.text();
  if (hash != foot.hash) return hash_mismatch("the lines of the ledger", hash, foot.hash);
  if (in_.peek() != std::istream::traits_type::eof())
    return "more follows the end of the ledger in this line";
  return {};
}

std::string LedgerReader::check_document(std::string_view document) const {
  if (in_document_ && document == document_) return {};
  return "this line of " + in_quotes(document) + " does not stand between its begin and its end";
}

void LedgerReader::pass(const LedgerLine& line) {
  if (std::holds_alternative<EndLine>(line)) {
    in_document_ = false;
    ++documents_;
  }
  line_ += '\n';
  document_hash_.add(line_);
  ledger_hash_.add(line_);
}

}  // namespace dechaff::apply
