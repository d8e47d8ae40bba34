#include "dechaff/batch.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "dechaff/io.hpp"
#include "io/batch_ledger.hpp"
#include "io/descriptor.hpp"
#include "io/either_signal.hpp"
#include "io/feed.hpp"
#include "io/pipeline.hpp"
#include "io/worker.hpp"

namespace dechaff {

namespace {

constexpr std::array<std::pair<std::string_view, Format>, 4> formats = {
    {{"auto", Format::automatic}, {"text", Format::text}, {"jsonl", Format::jsonl}, {"warc", Format::warc}}};

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  for (const auto& [known, format] : formats) {
    if (known == name) return format;
  }
  return std::nullopt;
}

namespace io {
namespace {

namespace fs = std::filesystem;

std::string_view name_of_format(Format format) {
  for (const auto& [name, known] : formats) {
    if (known == format) return name;
  }
  return {};
}

// Files that are whole and wait for the ledger to be on the disk: one wait for the disk serves them all.
constexpr std::size_t most_waiting = 16;

/// What is known of an input while its pieces come back from the workers.
struct Current {
  bool changed = false;
  bool failed = false;  // as a whole: what was written of it does not count
  std::uint64_t records = 0;
  std::uint64_t without = 0;
  std::uint64_t clean_bytes = 0;
  apply::Hasher clean_hash;
  std::optional<OutputFile> file;
  std::unique_ptr<Compressor> compressor;
  std::unique_ptr<Compressor> member;  // of a WARC record that comes in pieces
};

/// A file that is written and has only to be put into its place.
struct Waiting {
  OutputFile file;
  std::shared_ptr<const InputState> input;
};

/// The writing side of a run.
class Batch {
 public:
  Batch(const Cleaner& cleaner, const BatchOptions& options, BatchObserver& observer)
      : cleaner_(cleaner), options_(options), observer_(observer) {}

  Result<Done> open_ledger(FinishedInputs& finished) {
    if (options_.ledger.empty()) return Done{};
    // What an earlier run in place recorded is the only way back to its originals.
    const bool continues = options_.resume || options_.target == Target::in_place;
    auto ledger = BatchLedger::open(options_.ledger, cleaner_, continues, finished);
    if (!ledger) return ledger.error();
    ledger_ = std::move(*ledger);
    return Done{};
  }

  /// Takes what a worker made of a job. False ends the run.
  bool take(Worked worked) {
    const Job& job = worked.job;
    if (job.first) current_.emplace();
    for (const auto& [kind, message] : worked.messages)
      kind == Message::Kind::note ? observer_.note(message) : observer_.complain(message);
    for (const auto& [name, cleaned] : worked.cleaned) observer_.cleaned(name, cleaned);
    if (worked.defect) return gives_up(*worked.defect);
    note(worked);
    if (job.first && needs_file(worked)) open_output(*job.input);
    if (job.last && current_->file) check_unchanged(*job.input);
    const bool good = record(worked) && put(worked) && (!job.last || end_input(job));
    tell(job.read);
    return good;
  }

  bool finish() {
    if (aborted_) return false;
    if (!commit_waiting()) return false;
    if (ledger_ != nullptr) {
      if (const auto ended = ledger_->end(); !ended) return gives_up(ended.error());
    }
    nothing_ = failed_ && !streamed_;
    // A compressed file of nothing is not a file of no bytes.
    if (stream_ == nullptr && !streamed_ && options_.target == Target::stream) stream_ = stream_compressor();
    compressed_.clear();
    end_member(stream_);
    return put_out(compressed_);
  }

  BatchSummary summary(bool stopped) {
    BatchSummary out;
    out.statistics = std::move(statistics_);
    out.changed = changed_;
    out.failed = failed_;
    out.nothing = nothing_;
    out.aborted = aborted_;
    out.stopped = stopped;
    return out;
  }

 private:
  bool gives_up(const Error& error) {
    observer_.complain(to_string(error));
    aborted_ = true;
    return false;
  }

  bool writes_files() const {
    return options_.target == Target::files || options_.target == Target::in_place;
  }

  void note(const Worked& worked) {
    statistics_.add(worked.statistics);
    changed_ |= worked.changed;
    failed_ |= worked.failed;
    current_->changed |= worked.changed;
    current_->records += worked.records;
    current_->without += worked.without;
    const Job& job = worked.job;
    if (job.error) {
      observer_.complain(to_string(*job.error));
      statistics_.add_failure();
      failed_ = true;
    }
    // What replaces an input must hold all of it.
    const bool misses_some = job.piece.lossy && options_.target == Target::in_place;
    if (job.error || job.broken_off || misses_some) current_->failed = true;
  }

  /// First the record, then the text: nothing may be gone that is not written down.
  bool record(const Worked& worked) {
    if (ledger_ == nullptr) return true;
    const InputState& input = *worked.job.input;
    const bool none = current_->failed && writes_files();
    const auto add = [&](std::string_view lines, std::uint64_t documents) {
      const auto added = ledger_->add(lines, documents);
      return added || gives_up(added.error());
    };
    if (input.records && worked.job.first && !add(begin_line(input), 0)) return false;
    if (none && !input.records) return true;
    if (!add(worked.ledger, worked.documents)) return false;
    if (!input.records) return true;
    const std::string& plain = worked.plain.empty() ? worked.output : worked.plain;
    current_->clean_bytes += plain.size();
    current_->clean_hash.add(plain);
    if (!worked.job.last) return true;
    const LedgerSums sums{worked.job.bytes, current_->clean_bytes, worked.job.hash,
                          current_->clean_hash.text()};
    return add(ledger_input_end(input.given.path, sums, none ? LedgerOutput::none : LedgerOutput::written),
               0);
  }

  std::string begin_line(const InputState& input) const {
    const FormatOptions& format = options_.format;
    const bool json = input.format == Format::jsonl;
    return ledger_input_begin({input.given.path, std::string(name_of_format(input.format)),
                               json ? format.field : "", json ? format.meta_field : "",
                               input.format == Format::text ? format.separator : ""});
  }

  bool put(const Worked& worked) {
    if (!writes_files()) return put_into_stream(worked);
    if (current_->failed || !current_->file) return true;
    compressed_.clear();
    if (worked.job.input->format == Format::warc)
      pack_records(worked);
    else
      current_->compressor->write(worked.output, compressed_);
    return written(current_->file->write(compressed_));
  }

  bool put_into_stream(const Worked& worked) {
    if (options_.target == Target::nothing) return true;
    compressed_.clear();
    if (!worked.output.empty()) {
      const std::shared_ptr<const InputState>& input = worked.job.input;
      if (options_.target == Target::stream && before_ != nullptr && before_ != input) put_joint();
      before_ = input;
      last_byte_ = worked.output.back();
    }
    if (options_.target == Target::stream && worked.job.input->format == Format::warc) {
      end_member(stream_);
      pack_records(worked);
    } else if (codec_of_name(options_.stream_name) == Codec::none) {
      return put_out(compressed_) && put_out(worked.output);
    } else if (!worked.output.empty()) {
      write_to_stream(worked.output);
    }
    return put_out(compressed_);
  }

  /// A last record without its end must not run into what follows. No input's sums count it.
  void put_joint() {
    const std::string_view end = end_of_record(before_->format, options_.format.separator);
    if (!end.empty() && last_byte_ != end.back()) write_to_stream(end);
  }

  void write_to_stream(std::string_view bytes) {
    if (stream_ == nullptr) stream_ = stream_compressor();
    stream_->write(bytes, compressed_);
  }

  std::unique_ptr<Compressor> stream_compressor() const {
    return compressor(codec_of_name(options_.stream_name));
  }

  /// Records of WARC come compressed, each for itself. What is passed on as it is does not: it may be a
  /// record in several pieces, which become one member.
  void pack_records(const Worked& worked) {
    const Piece& piece = worked.job.piece;
    if (!piece.continues) end_member(current_->member);
    if (piece.as_it_is && !worked.output.empty()) {
      if (current_->member == nullptr) current_->member = compressor(worked.job.input->output_codec);
      current_->member->write(worked.output, compressed_);
    } else {
      compressed_ += worked.output;
    }
    if (worked.job.last) end_member(current_->member);
  }

  void end_member(std::unique_ptr<Compressor>& member) {
    if (member != nullptr) member->finish(compressed_);
    member.reset();
  }

  bool put_out(std::string_view bytes) {
    if (bytes.empty()) return true;
    streamed_ = true;
    const auto wrote = observer_.write(bytes);
    if (wrote) return true;
    if (!wrote.error().message.empty()) return gives_up(wrote.error());
    aborted_ = true;
    return false;
  }

  /// An input in place that is one piece and clean already does not.
  bool needs_file(const Worked& worked) const {
    const bool stays = options_.target == Target::in_place && worked.job.last && !worked.changed;
    return writes_files() && !current_->failed && !stays;
  }

  /// What cannot be opened is this input's failure; what cannot be written, such as on a full disk, the
  /// run's.
  void open_output(const InputState& input) {
    const fs::path path = options_.target == Target::files ? input.given.output : fs::path(input.given.path);
    if (options_.target == Target::files) {
      if (const auto made = make_folder_of(path); !made) return fails(made.error());
    }
    auto file = OutputFile::open(path);
    if (!file) return fails(file.error());
    current_->file.emplace(std::move(*file));
    current_->compressor = compressor(input.output_codec);
  }

  bool was_changed(const InputState& input) const {
    return options_.target == Target::in_place && version_of(input.given.path) != input.version;
  }

  static Error changed_error(const InputState& input) {
    return {ErrorCode::io, {input.given.path, 0, 0}, "was changed while it was read; it stays as it is"};
  }

  /// Before the ledger says that there is a clean form.
  void check_unchanged(const InputState& input) {
    if (current_->changed && !current_->failed && was_changed(input)) fails(changed_error(input));
  }

  void fails(const Error& error) {
    observer_.complain(to_string(error));
    statistics_.add_failure();
    failed_ = current_->failed = true;
  }

  bool written(const Result<Done>& result) { return result || gives_up(result.error()); }

  bool end_input(const Job& job) {
    const InputState& input = *job.input;
    if (options_.target == Target::nothing && current_->changed) observer_.would_change(input.given.path);
    if (input.format == Format::jsonl && current_->without > 0 && !current_->failed) tell_without(input);
    if (!writes_files() || !current_->file || current_->failed) {
      current_->file.reset();
      return true;
    }
    const bool in_place = options_.target == Target::in_place;
    if (in_place && !current_->changed) {
      current_->file.reset();
      return true;
    }
    compressed_.clear();
    if (input.format != Format::warc) current_->compressor->finish(compressed_);
    if (!written(current_->file->write(compressed_))) return false;
    waiting_.push_back({std::move(*current_->file), job.input});
    current_->file.reset();
    return (ledger_ != nullptr && waiting_.size() < most_waiting) || commit_waiting();
  }

  bool commit_waiting() {
    if (waiting_.empty()) return true;
    if (ledger_ != nullptr && !written(ledger_->sync())) return false;
    for (Waiting& waiting : std::exchange(waiting_, {})) {
      const InputState& input = *waiting.input;
      if (was_changed(input)) {  // while it waited
        fails(changed_error(input));
        continue;
      }
      const bool keeps = options_.target == Target::in_place && !options_.backup_suffix.empty();
      if (!written(waiting.file.commit(keeps ? input.given.path + options_.backup_suffix : ""))) return false;
    }
    return true;
  }

  void tell_without(const InputState& input) {
    const std::string& field = options_.format.field;
    const bool all = current_->without == current_->records;
    if (!all)
      return observer_.note(input.shown() + ": " + std::to_string(current_->without) + " of " +
                            std::to_string(current_->records) + " records have no string at '" + field +
                            "'; they stay as they are");
    observer_.complain(input.shown() + ": no record has a string at '" + field + "' (--field names another)");
    statistics_.add_failure();
    failed_ = true;
  }

  void tell(std::uint64_t read) {
    progress_.documents = statistics_.documents();
    progress_.failed = statistics_.failed();
    progress_.bytes_in = statistics_.bytes_in();
    progress_.words_in = statistics_.words_in();
    progress_.words_out = statistics_.words_out();
    progress_.bytes_read += read;
    observer_.progress(progress_);
  }

  const Cleaner& cleaner_;
  const BatchOptions& options_;
  BatchObserver& observer_;
  std::unique_ptr<BatchLedger> ledger_;
  std::optional<Current> current_;
  std::unique_ptr<Compressor> stream_;
  bool streamed_ = false;                     // anything at all
  std::shared_ptr<const InputState> before_;  // whose bytes went into the stream last
  char last_byte_ = 0;                        // of them
  std::vector<Waiting> waiting_;
  std::string compressed_;
  Statistics statistics_;
  Progress progress_;
  bool changed_ = false;
  bool failed_ = false;
  bool nothing_ = false;
  bool aborted_ = false;
};

// Small enough for hundreds of workers, large enough that none waits for another.
constexpr std::size_t window_for_each_worker = std::size_t{4} << 20U;
constexpr std::size_t jobs_for_each_worker = 64;

}  // namespace
}  // namespace io

Result<BatchSummary> run_batch(const Cleaner& cleaner, const BatchOptions& asked,
                               const std::function<std::optional<Result<BatchInput>>(int stop)>& next,
                               BatchObserver& observer) {
  BatchOptions options = asked;
  io::EitherSignal stop;
  options.stop = stop.with(asked.stop);
  std::vector<io::Worker> workers;
  for (unsigned i = 0; i < std::max(options.jobs, 1U); ++i) {
    auto worker = io::Worker::make(cleaner, options);
    if (!worker) return worker.error();
    workers.push_back(std::move(*worker));
  }
  io::FinishedInputs finished;
  io::Batch batch(cleaner, options, observer);
  if (const auto opened = batch.open_ledger(finished); !opened) return opened.error();
  io::Feed feed(options, next, finished);
  const io::PipelineLimits limits{options.jobs, options.jobs * io::window_for_each_worker,
                                  options.jobs * io::jobs_for_each_worker};
  io::Pipeline<io::Job, io::Worked> pipeline(limits);
  const bool all =
      pipeline.run([&] { return feed.next(); },
                   [&](io::Job job, unsigned worker) { return workers[worker].work(std::move(job)); },
                   [&](io::Worked worked) { return batch.take(std::move(worked)); },
                   [&] { stop.raise(); });  // the reader may be waiting for input
  if (all) (void)batch.finish();
  return batch.summary(feed.stopped());
}

}  // namespace dechaff
