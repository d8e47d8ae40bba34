#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/cleaner.hpp"
#include "dechaff/rules.hpp"

namespace dechaff {

enum class Colour { off, on };

/// Every line of a document with its verdict, evidence, rules and reasons, a line each, for a terminal.
/// Control and invisible characters of the text are shown escaped. Needs Detail::lines.
std::string explain(const RuleSet& rules, const Profile& profile, const Cleaned& cleaned, Colour colour);

/// The difference between `original`, as UTF-8, and the clean text in unified format (POSIX diff -u), three
/// lines of context; empty if there is none. `name` heads it. With `escape`, control characters are shown
/// escaped, for a terminal.
std::string unified_diff(std::string_view name, std::string_view original, const Cleaned& cleaned,
                         bool escape);

/// Sums over the documents of a run.
class Statistics {
 public:
  /// `bytes`: size of the document before cleaning.
  void add(std::uint64_t bytes, const Cleaned& cleaned);
  void add(const Statistics& other);
  void add_failure() { ++failed_; }

  std::uint64_t documents() const { return documents_; }
  std::uint64_t failed() const { return failed_; }
  std::uint64_t bytes_in() const { return bytes_in_; }
  std::uint64_t words_in() const { return words_in_; }
  std::uint64_t words_out() const { return words_out_; }

  /// One JSON object (docs/cli.md, "Statistics").
  std::string to_json(const RuleSet& rules, const Profile& profile) const;

 private:
  std::uint64_t documents_ = 0, failed_ = 0, changed_ = 0, guarded_ = 0, unsettled_ = 0, invalid_ = 0;
  std::uint64_t bytes_in_ = 0, bytes_out_ = 0, lines_in_ = 0, lines_out_ = 0, words_in_ = 0, words_out_ = 0;
  std::map<std::string, std::uint64_t> encodings_;
  std::map<EntryIndex, EntryCount> counts_;
};

/// What one rule or step costs and finds on given texts.
struct RuleCost {
  EntryIndex entry = 0;
  std::uint64_t hits =
      0;  ///< lines whose text it matches; conditions on measures and place are not looked at
  double milliseconds = 0;  ///< of wall time for this rule alone on every line, without the prefilter
};

/// Costs of all rules with a text, in their order. Steps are not measured.
std::vector<RuleCost> measure_rules(const RuleSet& rules, const std::vector<std::string>& texts);

/// The library's version, such as "0.1.0".
std::string_view version();
/// Version and the engines inside, for `--version`: PCRE2 and its JIT, ICU, Unicode, Boost.
std::string version_details();

}  // namespace dechaff
