#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "apply/hash.hpp"
#include "apply/ledger_line.hpp"
#include "dechaff/error.hpp"
#include "io/clean_records.hpp"
#include "io/ledger_walk.hpp"

namespace dechaff::io {

using Write = std::function<Result<Done>(std::string_view)>;

/// Restores one input after another, in the order of the ledger. Holds one document at a time.
class Restoring {
 public:
  /// `walk` stands behind the head of the ledger, and outlives it.
  explicit Restoring(LedgerWalk& walk) : walk_(walk) {}

  /// Passes over the lines of an input.
  Result<Done> skip(const LedgerUnit& unit) { return run(unit, {}, {}, {}); }

  /// Reads the clean form of an input from `read`, which gives just that, and writes the original; of a
  /// `wanted` record, and nothing else, its text. Each call of `write` gets a whole record, or more of one
  /// text. Where `read`, `write` or the clean form fails, the lines of the input are passed over all the
  /// same.
  Result<Done> restore(const LedgerUnit& unit, Read read, const Write& write, std::string_view wanted = {}) {
    return run(unit, std::move(read), write, wanted);
  }

 private:
  using ChangeLines = std::vector<apply::ChangeLine>;

  Result<Done> run(const LedgerUnit& unit, Read read, const Write& write, std::string_view wanted);
  Result<Done> text(const Read& read, const apply::BeginLine& begin, const ChangeLines& changes,
                    const Write& write);
  Result<Done> plain(std::string_view clean, const apply::BeginLine& begin, const ChangeLines& changes,
                     const Write& write);
  Result<Done> record(CleanRecords& records, const apply::BeginLine& begin, const ChangeLines& changes,
                      const Write& write);
  Result<Done> end(CleanRecords& records, const LedgerUnit& unit, const Write& write);
  Result<Done> copy(const CleanRecord& record, const Write& write);
  Result<Done> put(std::string_view bytes, const Write& write);
  Error other_text(const apply::BeginLine& begin) const;

  LedgerWalk& walk_;
  std::string_view wanted_;
  apply::Hasher hasher_;  // of what was restored of the input
  std::uint64_t bytes_ = 0;
};

}  // namespace dechaff::io
