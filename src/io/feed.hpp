#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "apply/hash.hpp"
#include "dechaff/batch.hpp"
#include "io/cutter.hpp"
#include "io/finished.hpp"
#include "io/source.hpp"

namespace dechaff::io {

/// An input that is being worked on; the same for all of its pieces, never changed.
struct InputState {
  BatchInput given;
  Format format = Format::text;
  bool records = false;  ///< holds documents of their own, numbered from 1
  Codec output_codec = Codec::none;
  std::optional<FileVersion> version;  ///< of the file that was read

  /// Its name in messages.
  std::string shown() const { return given.path == "-" ? "(standard input)" : given.path; }
};

/// What a worker gets: a piece of an input, or the error that ended it.
struct Job {
  std::shared_ptr<const InputState> input;
  Piece piece;
  bool first = false, last = false;
  std::optional<Error> error;  ///< the input could not be read on; its last job
  bool broken_off = false;     ///< because the run is to stop; its last job
  std::uint64_t read = 0;      ///< bytes of the file, as it is on disk, read since the job before
  std::uint64_t bytes = 0;     ///< of the input, for the last job, decompressed
  std::string hash;            ///< likewise; empty where there is no ledger to tell it

  std::size_t weight() const { return piece.bytes.size() + 256; }
  bool ends_input() const { return last; }
};

/// The reading side of a run: from inputs to jobs. Used by one thread.
class Feed {
 public:
  using NextInput = std::function<std::optional<Result<BatchInput>>(int stop)>;

  /// All of them outlive the feed.
  Feed(const BatchOptions& options, const NextInput& next, const FinishedInputs& finished)
      : options_(options), next_(next), finished_(finished) {}

  /// The next job, or nothing where no more is to be done.
  std::optional<Job> next();

  /// Whether it ended because the run is to stop. To be asked when it has ended.
  bool stopped() const { return stopped_; }

 private:
  Job open(BatchInput given);
  Job continued();
  Job failed(Error error);
  bool is_finished(const BatchInput& given) const;
  bool is_to_stop();
  Result<bool> read(std::string& out, std::size_t most);
  void account(Job& job);

  const BatchOptions& options_;
  const NextInput& next_;
  const FinishedInputs& finished_;
  std::shared_ptr<const InputState> input_;  // null: none is open
  std::optional<Source> source_;
  std::unique_ptr<Cutter> cutter_;
  apply::Hasher hasher_;
  std::uint64_t bytes_ = 0;
  std::uint64_t position_ = 0;
  bool stopped_ = false;
};

}  // namespace dechaff::io
