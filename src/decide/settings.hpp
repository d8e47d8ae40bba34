#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/rules.hpp"
#include "rules/rule.hpp"

namespace dechaff::decide {

/// What deciding asks of a rule again and again, for each line that it hits; the rule itself is large.
struct RuleSketch {
  enum class Kind : std::uint8_t { alone, by_neighbour, by_drop, by_repeat };

  EntryIndex entry = 0;
  EntryKind effect = EntryKind::drop;
  rules::Scope scope = rules::Scope::line;
  Kind kind = Kind::alone;         ///< what its hits wait for
  bool unconditional = false;      ///< its hits hold wherever they stand
  std::uint32_t first_target = 0;  ///< where the targets of its neighbours begin in `RuleSketches::targets`
};

/// What is asked of all rules, by their index.
struct RuleSketches {
  std::vector<RuleSketch> rules;
  std::vector<std::uint32_t> repeating;  ///< rules that wait for repeats
  std::vector<std::uint32_t> targets;    ///< numbers of what neighbours name, the same for the same name
  std::uint32_t distinct_targets = 0;

  explicit RuleSketches(const rules::Compiled& compiled);
};

/// What is in force for a document, by EntryIndex. Const while documents are decided.
struct Settings {
  Profile profile;
  std::shared_ptr<const RuleSketches> sketches;
  std::vector<bool> on;       ///< scores only where the profile weighs or a rule asks for their hits
  std::vector<bool> matters;  ///< of these rules, the ones whose hits can change what becomes of a text
  bool idle = false;          ///< there are none of these
  std::vector<bool> trusted;  ///< drop and rewrite rules that the profile lets act alone
  std::vector<bool> certain;  ///< of these, the ones the guard leaves: level 1, and what the user enabled
  std::vector<double> scores;
  std::string language;            ///< lower-case primary subtag, or empty
  std::string host;                ///< lower case, or empty
  bool explain = false;            ///< decisions say what their evidence is made of
  bool assume_neighbours = false;  ///< `near`, `after` and `before` count as met (for a rule's own examples)
};

/// What the user switched by hand, as entries.
struct Switches {
  std::vector<EntryIndex> enable;
  std::vector<EntryIndex> disable;
};

/// Settings for documents of no known host and language.
Settings settings_for(const rules::Compiled& compiled, const Profile& profile, const Switches& switches);

/// Whether a document of this host or language needs settings of its own.
bool depends_on(const rules::Compiled& compiled, std::string_view host, std::string_view language);

/// `settings` as they are for one document. The switches have the last word over overrides for hosts.
Settings settings_for_document(const rules::Compiled& compiled, const Settings& settings,
                               const Switches& switches, std::string host, std::string language);

/// "https://www.Example.org:80/a" → "www.example.org"; empty where there is none.
std::string host_of(std::string_view url);

}  // namespace dechaff::decide
