#pragma once

#include <cstddef>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apply/ledger_reader.hpp"
#include "dechaff/batch.hpp"
#include "dechaff/ledger.hpp"
#include "io/source.hpp"
#include "io/source_buffer.hpp"

namespace dechaff::io {

/// A ledger on its way from head to foot, decompressed where it is compressed.
class LedgerWalk {
 public:
  static Result<std::unique_ptr<LedgerWalk>> open(const RestoreOptions& options);

  /// The next line, or nothing at the end.
  Result<std::optional<apply::LedgerLine>> next();

  /// An error at the line last read.
  Error error(std::string message) const { return reader_.error(std::move(message)); }

 private:
  LedgerWalk(Source source, const RestoreOptions& options);

  std::string name_;
  bool unfinished_;
  Source source_;
  std::istream in_;
  SourceBuffer buffer_;
  apply::LedgerReader reader_;
};

/// One input of a run, as its ledger has it.
struct LedgerUnit {
  std::string name;
  bool records = false;
  LedgerSums sums;
  LedgerOutput output = LedgerOutput::written;
  /// What stood behind its last record in a stream with others, if it had none.
  std::string_view end_of_record;
  bool packed_by_record = false;  ///< each is compressed for itself

  bool is_unchanged() const { return sums.bytes == sums.clean_bytes && sums.hash == sums.clean_hash; }
};

struct LedgerContents {
  std::vector<LedgerUnit> units;     ///< all that are whole, in their order
  std::vector<std::size_t> holders;  ///< those that are `wanted`, or hold a record of that name
};

/// Reads and checks a ledger to its end, so that nothing is restored by one that was damaged.
Result<LedgerContents> contents_of(const RestoreOptions& options, std::string_view wanted = {});

}  // namespace dechaff::io
