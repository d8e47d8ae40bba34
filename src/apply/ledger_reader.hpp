#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "apply/hash.hpp"
#include "apply/ledger_line.hpp"

namespace dechaff::apply {

/// Reads a ledger line by line and checks each against those before it: what may follow what, the document's
/// name, order and bounds of the changes, counts and hashes. Holds one line.
///
/// The lines come as: HeadLine, then for each document BeginLine, ChangeLine…, EndLine, and FootLine at last.
/// Documents that are records stand between the InputBeginLine and the InputEndLine of their input. A
/// document whose EndLine came is as it was written; so is the ledger whose FootLine came. Reading ends with
/// the FootLine or the first error.
class LedgerReader {
 public:
  /// `in` outlives the reader. `name` is the file of the errors.
  LedgerReader(std::istream& in, std::string_view name) : in_(in), name_(name) {}

  Result<LedgerLine> next();

  /// The line last read, with its line feed.
  std::string_view raw() const { return line_; }

  /// Whether the last call of `next` failed because the ledger stops before its end, perhaps before its
  /// begin, as that of a run that was killed does.
  bool is_cut_off() const { return cut_off_; }

  /// An error at the line last read.
  Error error(std::string message) const;

 private:
  bool read_line();
  Error no_line();
  bool is_head_cut_off() const;
  Error cut_off();

  // What is wrong with a line, given those before it; empty for nothing.
  std::string check(const HeadLine& head) const;
  std::string check(const InputBeginLine& begin);
  std::string check(const InputEndLine& end);
  std::string check(const BeginLine& begin);
  std::string check(const ChangeLine& change);
  std::string check(const EndLine& end) const;
  std::string check(const FootLine& foot);
  std::string check_document(std::string_view document) const;

  void pass(const LedgerLine& line);

  std::istream& in_;
  std::string name_;
  std::string line_;
  bool terminated_ = true;  // by a line feed
  std::uint64_t number_ = 0;

  bool cut_off_ = false;

  std::optional<std::string> input_;  // whose records come
  std::uint64_t record_ = 0;          // the last of them
  bool in_document_ = false;
  std::string document_;
  std::uint64_t bytes_ = 0;        // of the original
  std::uint64_t next_offset_ = 0;  // end of the last change
  std::uint64_t changes_ = 0;
  std::uint64_t documents_ = 0;
  Hasher document_hash_;
  Hasher ledger_hash_;
};

}  // namespace dechaff::apply
