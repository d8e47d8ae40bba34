#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dechaff/batch.hpp"
#include "dechaff/ledger.hpp"
#include "io/feed.hpp"
#include "io/json_record.hpp"
#include "io/separator.hpp"

namespace dechaff::io {

/// What is to be said of a job, in one line.
struct Message {
  enum class Kind { failure, note };
  Kind kind = Kind::failure;
  std::string text;
};

/// What became of a job: all that is left to do is to write it down, in order.
struct Worked {
  Job job;                      ///< without its bytes
  std::string output;           ///< for the file or stream
  std::string plain;            ///< the same before compression, where the ledger needs it and it differs
  std::string ledger;           ///< whole lines
  std::uint64_t documents = 0;  ///< in `ledger`
  std::uint64_t records = 0;    ///< seen
  std::uint64_t without = 0;    ///< JSON records that have no text, among them
  bool changed = false;         ///< the output is another than the input
  bool failed = false;          ///< a record was left as it is because it cannot be read
  std::optional<Error> defect;  ///< nothing more may be written
  std::vector<Message> messages;
  Statistics statistics;
  /// What the observer hears of: names and results, without the texts.
  std::vector<std::pair<std::string, Cleaned>> cleaned;
};

/// Cleans what stands in the pieces of inputs. Owned by one thread; shares only the cleaner.
class Worker {
 public:
  /// Errors (usage) for a field or separator that cannot be. Both arguments outlive the worker.
  static Result<Worker> make(const Cleaner& cleaner, const BatchOptions& options);

  Worked work(Job job);

 private:
  struct Document {
    std::string name;
    std::string_view bytes, url, language, encoding;
    bool is_part = false;
  };
  /// The way back of a record, made once its text is clean.
  using RecordOf = std::function<LedgerRecord(const Cleaned&)>;

  Worker(const Cleaner& cleaner, const BatchOptions& options, JsonReader reader,
         std::optional<Separator> separator)
      : cleaner_(cleaner), options_(options), reader_(std::move(reader)), separator_(std::move(separator)) {}

  void text(Worked& out, std::string_view bytes);
  void separated(Worked& out, std::string_view bytes);
  void json_lines(Worked& out, std::string_view bytes);
  void json_line(Worked& out, std::string_view line, std::uint64_t number);
  void warc_records(Worked& out, std::string_view bytes);
  void warc_record(Worked& out, std::string_view raw, std::uint64_t number);
  void put_warc(Worked& out, std::string_view bytes) const;

  Cleaned clean(const Document& document);
  void account(Worked& out, const Document& document, Cleaned& cleaned, const LedgerRecord* record);

  const Cleaner& cleaner_;
  const BatchOptions& options_;
  JsonReader reader_;
  std::optional<Separator> separator_;
  Workspace workspace_;
};

}  // namespace dechaff::io
