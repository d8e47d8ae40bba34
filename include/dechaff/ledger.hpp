#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/cleaner.hpp"
#include "dechaff/error.hpp"
#include "dechaff/rules.hpp"

namespace dechaff {

/// What a ledger says of a document that is a record of an input, beside its text: enough to put the record
/// together again.
struct LedgerRecord {
  std::uint64_t number = 0;           ///< of the record in its input, from 1
  std::vector<std::string> spelt;     ///< by change, how the input spelt what was removed, where it is not
                                      ///< as one would now; empty strings, or no strings, for all others
  std::optional<std::string> member;  ///< the value that a JSON member had before it was set
  std::string header;                 ///< the header lines of a WARC record that were replaced
};

/// What a ledger says of an input that holds records.
struct LedgerInput {
  std::string name;
  std::string format;     ///< "text", "jsonl", "warc"
  std::string field;      ///< of a JSON record: which string was cleaned
  std::string meta;       ///< of a JSON record: the member that was set, or empty
  std::string separator;  ///< the pattern of lines that stand between texts, or empty
};

/// Size and hash of what was read and of what was written.
struct LedgerSums {
  std::uint64_t bytes = 0, clean_bytes = 0;
  std::string hash, clean_hash;
};

/// Whether the clean form of an input came to be. Without it, the lines of its documents say nothing of any
/// file.
enum class LedgerOutput { written, none };

/// The lines around the documents of one input. Each is a whole line.
std::string ledger_input_begin(const LedgerInput& input);
std::string ledger_input_end(std::string_view name, const LedgerSums& sums,
                             LedgerOutput output = LedgerOutput::written);

/// The lines of one document's part of a ledger: its begin, its changes, its end (docs/ledger.md).
///
/// - `cleaned` comes from `original`, by the rule set of `entries`.
/// - Pure: the same lines for the same document. Workers may call it at the same time.
/// - Fails (ErrorCode::bad_ledger, with the document's name) where the changes do not lead from the clean
/// text back to
///   the original. No input causes that; it keeps a defect from losing anything.
/// - Linear in both texts.
Result<std::string> ledger_lines(std::span<const Entry> entries, std::string_view document,
                                 std::string_view original, const Cleaned& cleaned,
                                 const LedgerRecord* record = nullptr);

/// The record of all chaff of a run: JSON Lines (docs/ledger.md), written document by document.
///
///     {"dechaff":"ledger","version":1,…}
///     {"document":"a.txt","begin":true,"encoding":"utf-8","bytes":61,"hash":"xxh3-128:…","clean_bytes":30,…}
///     {"document":"a.txt","rule":"widgets.loading","offset":20,"removed":"Loading...\n"}
///     {"document":"a.txt","rule":"unicode.nbsp","offset":41,"removed":"\u00a0","added":" "}
///     {"document":"a.txt","end":true,"changes":2,"hash":"xxh3-128:…"}
///     {"end":true,"documents":1,"hash":"xxh3-128:…"}
///
/// Owned by one thread; call `begin` once, `add` for each document, `end` once. Each returns false, then and
/// ever after, once a write has failed. A ledger without its end is refused by `restore`.
class LedgerWriter {
 public:
  /// Gets whole lines and says whether they were written.
  using Write = std::function<bool(std::string_view lines)>;

  explicit LedgerWriter(Write write);
  ~LedgerWriter();
  LedgerWriter(const LedgerWriter&) = delete;
  LedgerWriter& operator=(const LedgerWriter&) = delete;

  bool begin(const RuleSet& rules, std::string_view profile);
  /// `lines` as the functions above made them, with those of so many documents among them.
  bool add(std::string_view lines, std::uint64_t documents);
  bool end();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Restores one document of a ledger from its clean text.
///
/// - `ledger` is read from where it stands to its end, and all of it is checked, the other documents too.
/// - `document` picks one by name: where several have it, the first that was cleaned to `clean`. Empty takes
/// the only
///   one there is.
/// - Errors (ErrorCode::bad_ledger) with the place in the ledger, under the name `ledger_name`, for: a line
/// that is no
///   JSON object or says what cannot be, an end that is missing, a hash that does not match, a clean text
///   that is another, a document that is not there. ErrorCode::io where reading fails.
/// - Whatever is returned without an error has the size and the hash of the original.
/// - Linear in the sizes of ledger and clean text. Holds one line, both texts and little else in memory.
Result<std::string> restore(std::istream& ledger, std::string_view ledger_name, std::string_view clean,
                            std::string_view document);

}  // namespace dechaff
