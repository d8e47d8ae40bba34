#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apply/ledger_line.hpp"
#include "dechaff/ledger.hpp"
#include "io/cutter.hpp"
#include "io/json_record.hpp"
#include "io/separator.hpp"

namespace dechaff::io {

/// A record as it stands in a clean input: a text, a line, a WARC record.
struct CleanRecord {
  std::uint64_t number = 0;
  std::string_view text;
  std::string_view behind;  ///< the separator or line end
};

/// Reads the records of a clean input one after another, and turns them back into what they were.
class CleanRecords {
 public:
  /// Fails for a format, field or separator that this program does not know.
  static Result<CleanRecords> make(Read read, const LedgerInput& input);

  /// The next record, or none behind the last. Its bytes live until the next call.
  Result<std::optional<CleanRecord>> next();

  /// A window of a text has no borders: the next `size` bytes, or what is left.
  Result<std::string> take(std::uint64_t size);

  struct Restored {
    std::string bytes;  ///< of the record, as it stood in its input
    std::string text;   ///< of the document
  };
  /// Nothing where the record is not the one that the ledger speaks of.
  Result<std::optional<Restored>> restore(const CleanRecord& record, const apply::BeginLine& begin,
                                          const std::vector<apply::ChangeLine>& changes);

  bool windows() const { return windows_; }

 private:
  CleanRecords(JsonReader reader) : reader_(std::move(reader)) {}
  void cut();
  std::optional<Restored> restore_json(const CleanRecord& record, const apply::BeginLine& begin,
                                       const std::vector<apply::ChangeLine>& changes);
  std::optional<Restored> restore_warc(const CleanRecord& record, const apply::BeginLine& begin,
                                       const std::vector<apply::ChangeLine>& changes);

  Format format_ = Format::text;
  bool windows_ = false;
  Read read_;
  std::unique_ptr<Cutter> cutter_;
  JsonReader reader_;
  std::optional<Separator> separator_;
  Piece piece_;
  bool ended_ = false;
  std::vector<CleanRecord> records_;  // of the piece
  std::size_t next_ = 0;
  std::string buffer_;  // of windows
};

}  // namespace dechaff::io
