#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "dechaff/batch.hpp"
#include "dechaff/io.hpp"
#include "dechaff/ledger.hpp"
#include "io/codec.hpp"
#include "io/finished.hpp"

namespace dechaff::io {

/// The ledger of a run, on its way to the disk.
class BatchLedger {
 public:
  /// Creates the ledger. With `continues`, one that is there goes on: what its run finished stays in it and
  /// is added to `finished`, what was cut off is left out.
  static Result<std::unique_ptr<BatchLedger>> open(const std::filesystem::path& path, const Cleaner& cleaner,
                                                   bool continues, FinishedInputs& finished);

  Result<Done> add(std::string_view lines, std::uint64_t documents);
  /// Brings all that was added to the disk.
  Result<Done> sync();
  Result<Done> end();

 private:
  explicit BatchLedger(Codec codec);
  Result<Done> go_on(const std::filesystem::path& path, std::uint64_t whole, FinishedInputs& finished);
  Result<Done> copy_to(const std::filesystem::path& next, const std::filesystem::path& path,
                       std::uint64_t whole, FinishedInputs& finished);

  std::optional<AppendingFile> file_;
  std::unique_ptr<Compressor> compressor_;
  std::optional<LedgerWriter> writer_;
  std::string compressed_;
  std::optional<Error> error_;  // the first
};

}  // namespace dechaff::io
