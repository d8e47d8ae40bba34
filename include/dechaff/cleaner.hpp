#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/change.hpp"
#include "dechaff/error.hpp"
#include "dechaff/form.hpp"
#include "dechaff/rules.hpp"

namespace dechaff {

/// How to clean. `enable` and `disable` take ids, tags and families; what stands in both is off.
struct CleanOptions {
  std::string profile = "safe";
  std::optional<Form> form;         ///< the profile's where empty
  std::string encoding = "auto";    ///< a WHATWG label, or "auto"
  std::vector<std::string> enable;  ///< in force, and trusted whatever the level
  std::vector<std::string> disable;
  /// Rules look at so many lines of a text at most: a longer one is cleaned in parts. A line takes about one
  /// kilobyte of memory, however short it is.
  std::size_t most_lines = std::size_t{1} << 20;
  /// Where "profile", "encoding", "enable" and "disable" were said, if it is known: the place of an error
  /// about one of them.
  std::map<std::string, SourcePos> places;
};

/// One document. The views must live through the call they are given to.
struct Input {
  std::string_view bytes = {};
  std::string_view url = {};       ///< its address, for rules that ask for a host; may be empty
  std::string_view language = {};  ///< "de", "pt-BR"; empty if not known
  std::string_view encoding = {};  ///< a WHATWG label, where this document is known to have it; else empty
  /// Part of something else, such as a string of a record: where it does not end in a line feed, its clean
  /// form does not either.
  bool is_part = false;
};

enum class Verdict { keep, drop, rewrite };

/// What became of one line of the normalised text, and why.
struct LineReport {
  std::string text;  ///< as the rules saw it
  Verdict verdict = Verdict::keep;
  EntryIndex cause = 0;          ///< the rule or step that decided; of no meaning for `keep`
  bool weighed = false;          ///< dropped by the sum of evidence, by no rule alone
  double evidence = 0;           ///< above zero speaks for content; 0 where the profile does not weigh
  std::string because;           ///< of a line that evidence dropped, the scores that spoke loudest
  std::vector<EntryIndex> hits;  ///< all rules that hit it, in their order
  std::string rewritten;         ///< the new line, for `rewrite`
};

/// What one rule or step did.
struct EntryCount {
  EntryIndex entry = 0;
  std::uint64_t hits = 0;    ///< lines or places it hit
  std::uint64_t lines = 0;   ///< lines that it dropped or rewrote
  std::uint64_t bytes = 0;   ///< bytes of the input that it took out or rewrote
  std::uint64_t limits = 0;  ///< lines it was given up on because it would have cost too much
};

/// A clean document, with the way back.
struct Cleaned {
  std::string text;
  Changes changes;             ///< from the input's bytes to `text`
  std::string encoding;        ///< WHATWG name
  int confidence = 100;        ///< percent; below 100 where the encoding was guessed
  std::uint64_t invalid = 0;   ///< ill-formed sequences that became U+FFFD
  std::uint64_t lines_in = 0;  ///< lines before and behind, blank ones not counted
  std::uint64_t lines_out = 0;
  std::uint64_t words_in = 0;
  std::uint64_t words_out = 0;
  bool guarded = false;            ///< the profile would have removed too much: only level 1 acted
  bool unsettled = false;          ///< the rules did not come to an end: only level 1 acted, or nothing
  bool in_parts = false;           ///< had too many lines: see CleanOptions::most_lines
  std::vector<EntryCount> counts;  ///< by entry; only those that did something
  std::vector<LineReport> lines;   ///< for Detail::lines
};

enum class Detail { text, lines };

/// Memory that cleaning needs, kept from one document to the next; nothing in it is of a document. Owned by
/// one worker.
class Workspace {
 public:
  Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  ~Workspace();

 private:
  friend class Cleaner;
  struct State;
  std::unique_ptr<State> state_;
};

/// Rules and options, ready for any number of documents. Const after it is made; threads may share it, each
/// with a workspace of its own.
class Cleaner {
 public:
  /// Fails for a profile, encoding or handle that does not exist; the message names the nearest that does.
  static Result<Cleaner> make(const RuleSet& rules, const CleanOptions& options);

  /// Cleans one document: same input, same output; touches nothing else.
  ///
  /// - Any bytes are a document. The text is valid UTF-8 in the asked form, and cleaning it again changes
  /// nothing, unless it was cleaned in parts, which know nothing of each other.
  /// - `restore(text, changes, …)` gives the bytes back (ledger.hpp).
  /// - Linear in the size of the input, times the number of passes until nothing changes (at most 64).
  Cleaned clean(const Input& input, Workspace& workspace, Detail detail = Detail::text) const;

  const RuleSet& rules() const;
  const Profile& profile() const;
  /// Whether the entry has a say about documents of no known host and language; for a drop or rewrite rule
  /// that the profile does not trust, only by its score.
  bool in_force(EntryIndex entry) const;

 private:
  struct State;
  explicit Cleaner(std::shared_ptr<const State> state) : state_(std::move(state)) {}

  std::shared_ptr<const State> state_;
};

}  // namespace dechaff
