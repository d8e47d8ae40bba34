#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/change.hpp"
#include "dechaff/error.hpp"
#include "dechaff/form.hpp"

namespace dechaff {

namespace rules {
struct Compiled;
}

/// A folder or file of patterns and the name that reports give it, such as "user".
struct RuleLayer {
  std::string name;
  std::filesystem::path
      path;  ///< a .toml, .txt or .scores file, or a folder of them (read in the order of their names)
};

/// Where a rule set comes from; `layers` follow the shipped packs in their order.
struct RuleSources {
  bool shipped = true;
  std::filesystem::path shipped_dir;  ///< a folder; empty for the copy inside the library
  std::vector<RuleLayer> layers;
  /// An image of the shipped files (made by the build), to load them faster; what it holds of files that have
  /// changed is not used. Examples are not in it: leave it empty to run them.
  std::filesystem::path image = {};
};

enum class EntryKind {
  builtin,  ///< decoding and the normalization form: always there
  step,     ///< changes characters before the rules
  drop,
  keep,
  weigh,
  rewrite,
};

/// A rule or step as reports show it.
struct Entry {
  std::string id;
  std::string why;
  EntryKind kind = EntryKind::builtin;
  int level = 0;        ///< 1 to 3 for drop and rewrite rules, else 0
  double score = 0;     ///< weigh rules
  bool enabled = true;  ///< before profile, host and command line have their say
  std::vector<std::string> tags;
  std::string layer;  ///< "shipped", "user", … empty for builtins
  SourcePos pos;
};

/// A named choice of levels, weights and normalization (docs/rules.md).
struct Profile {
  std::string name;
  std::string description;
  int level = 1;
  Form form = Form::nfc;
  bool weigh = false;
  double bias = 4;
  double switch_cost = 2;
  double untrusted_score = -2;  ///< what a hit of a drop rule above `level` adds to a line's evidence
  double max_removed = 1;
};

/// Checked, layered and compiled rules. Const after it is loaded; copies share it; threads may share it.
class RuleSet {
 public:
  explicit RuleSet(std::shared_ptr<const rules::Compiled> compiled) : compiled_(std::move(compiled)) {}

  /// All entries; an `EntryIndex` counts them.
  std::span<const Entry> entries() const;
  std::span<const Profile> profiles() const;

  /// The pattern file texts that stand behind the entry, as they were read (for `rules show`).
  std::string source_of(EntryIndex entry) const;

  /// What the library itself works with.
  const rules::Compiled& compiled() const { return *compiled_; }

 private:
  std::shared_ptr<const rules::Compiled> compiled_;
};

/// A rule set, or every mistake of every file. `rules` is null if there are errors.
struct LoadedRules {
  std::unique_ptr<RuleSet> rules;
  Errors errors;
};

/// Reads, checks, layers and compiles all files of `sources`.
LoadedRules load_rules(const RuleSources& sources);

/// Which entries are looked at.
using EntryFilter = std::function<bool(const Entry&)>;

/// One finding of `check_rules`, in the order of files and lines.
struct Finding {
  SourcePos pos;
  std::string message;
};

/// What a rule author should mend though it loads: patterns without examples, examples that fail, patterns
/// that match the empty line or nest unbounded repeats, duplicate and shadowed phrases, invisible characters.
/// Entries that are not `wanted` are only compared with.
std::vector<Finding> check_rules(const RuleSet& rules, const EntryFilter& wanted);

/// The result of the examples of all wanted entries.
struct ExampleReport {
  std::size_t rules = 0;     ///< entries that have examples
  std::size_t examples = 0;  ///< texts run
  std::vector<Finding> failures;
};
ExampleReport run_examples(const RuleSet& rules, const EntryFilter& wanted);

}  // namespace dechaff
