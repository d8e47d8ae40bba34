#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "dechaff/cleaner.hpp"
#include "dechaff/error.hpp"
#include "dechaff/report.hpp"

namespace dechaff {

/// How the documents stand in an input (docs/formats.md).
enum class Format {
  automatic,  ///< told by the input's name, else by how it begins
  text,       ///< one document
  jsonl,      ///< JSON Lines: one record a line, one string of it is the document
  warc,       ///< WARC 1.0 and 1.1: the text records of a WET file are documents
};

/// "jsonl" → Format::jsonl, "auto" → Format::automatic; nothing for other names.
std::optional<Format> format_named(std::string_view name);

/// What the parts of an input mean.
struct FormatOptions {
  Format format = Format::automatic;
  /// Of JSON records: plain keys, or JSON Pointers (RFC 6901) where they begin with '/'.
  std::string field = "text", url_field = "url", language_field = "lang";
  std::string meta_field;  ///< top-level key under which a JSON record gets what was done to it; or empty
  /// Lines that this PCRE2 pattern matches whole stand between the texts of one input; "\0" alone for texts
  /// that end in NUL. Empty: an input is one text.
  std::string separator;
  std::uint64_t max_document = std::uint64_t{256} << 20U;  ///< bytes; a larger one is cut at blank lines
};

/// One input of a run.
struct BatchInput {
  std::string path;              ///< "-" is standard input
  std::filesystem::path output;  ///< where its clean form goes, for Target::files
};

enum class Target {
  nothing,   ///< no text is written
  stream,    ///< all clean texts, one after another
  diff,      ///< what would change, as unified differences, into the stream
  files,     ///< a file for each input
  in_place,  ///< each input is replaced by its clean form; one that is clean is not touched
};

struct BatchOptions {
  FormatOptions format;
  std::string url, language;  ///< of documents that do not say themselves
  Target target = Target::stream;
  std::string stream_name;       ///< of a file that the stream goes to: its ending says how it is compressed
  std::string backup_suffix;     ///< for in_place: the original is kept beside it under this ending
  std::filesystem::path ledger;  ///< or empty; compressed where its name ends in .gz or .zst
  bool resume = false;           ///< pass over inputs that an earlier run has finished
  bool escape_controls = false;  ///< in differences, for a terminal
  unsigned jobs = 1;             ///< documents or batches of records worked on at the same time
  int stop = -1;                 ///< a descriptor; once it can be read, no more input is begun
};

/// How far a run has come.
struct Progress {
  std::uint64_t documents = 0, failed = 0;
  std::uint64_t bytes_in = 0;  ///< of texts
  std::uint64_t words_in = 0, words_out = 0;
  std::uint64_t bytes_read = 0;  ///< of files, as they are on disk
};

/// What a run tells while it goes on. All calls come from the thread that runs it, in the order of inputs.
class BatchObserver {
 public:
  virtual ~BatchObserver() = default;
  /// Bytes for the stream; an error ends the run.
  virtual Result<Done> write(std::string_view bytes) = 0;
  /// Something was left out or done otherwise than asked: one line, without its end.
  virtual void complain(std::string_view message) = 0;
  /// Worth knowing, and nothing is wrong; likewise.
  virtual void note(std::string_view message) { complain(message); }
  /// A document was cleaned. Without its text and changes.
  virtual void cleaned(std::string_view name, const Cleaned& cleaned) = 0;
  /// For Target::nothing: an input that would not stay as it is.
  virtual void would_change(std::string_view name) = 0;
  virtual void progress(const Progress& progress) = 0;
};

/// What came of a run.
struct BatchSummary {
  Statistics statistics;
  bool changed = false;  ///< at least one document is another now
  bool failed = false;   ///< at least one input or record could not be cleaned; all were named
  bool nothing = false;  ///< some input failed, and nothing came out of any
  bool aborted = false;  ///< the output or the ledger could not be written: what follows was not done
  bool stopped = false;  ///< `stop` was seen: what was begun is finished, the rest was not begun
};

/// Cleans any number of inputs.
///
/// - `next` gives the inputs, in order, and nothing behind the last; an error of it is said and counts as a
///   failed input. It gets a descriptor: where it waits, it is to return nothing once that can be read from.
/// - The same bytes are written, in the same order, for any number of jobs.
/// - Holds a bounded window of the input, and the largest document times the number of jobs.
/// - What is recorded in the ledger is on the disk before the file that depends on it is replaced.
Result<BatchSummary> run_batch(const Cleaner& cleaner, const BatchOptions& options,
                               const std::function<std::optional<Result<BatchInput>>(int stop)>& next,
                               BatchObserver& observer);

/// What to restore of a run, and from where.
struct RestoreOptions {
  std::filesystem::path ledger;
  /// Takes a ledger without its end, as a run that was killed leaves it: what is whole in it counts.
  bool unfinished = false;
};

/// How much was restored.
struct RestoreSummary {
  std::uint64_t inputs = 0;  ///< put back as they were
  std::uint64_t kept = 0;    ///< that needed nothing
  bool failed = false;       ///< some could not be restored; all were named
};

/// Restores all inputs of a run whose clean forms stand one after another in `clean` ("-" is standard input),
/// in the order of the ledger, and gives their bytes to `write` in pieces.
///
/// - Each document is checked against its hash before it is given out; an input of records as a whole at its
///   end.
/// - Holds one document at a time.
/// - The error is the first mismatch, with its place in the ledger.
Result<RestoreSummary> restore_all(const RestoreOptions& options, const std::string& clean,
                                   const std::function<Result<Done>(std::string_view)>& write);

/// Restores one document, or one input, named as the ledger does. `clean` holds its clean text alone, or the
/// clean form of its input, or the clean forms of all inputs as for `restore_all`. Of a record, the text is
/// given.
Result<std::string> restore_document(const RestoreOptions& options, const std::string& clean,
                                     const std::string& document);

/// Where the clean form of an input stands and where its original goes; the same file for a run in place.
struct RestorePaths {
  std::string clean, original;
};

/// Restores the inputs of a run file by file (those that are compressed are compressed anew). A file that
/// holds what it held before the run is as good as restored; what holds neither its original nor its clean
/// form is named by `complain`, stays as it is, and makes `failed`.
Result<RestoreSummary> restore_files(const RestoreOptions& options,
                                     const std::function<RestorePaths(const std::string& input)>& paths,
                                     const std::function<void(std::string_view)>& complain);

}  // namespace dechaff
