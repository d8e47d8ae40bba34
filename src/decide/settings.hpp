#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dechaff/rules.hpp"
#include "rules/rule.hpp"

namespace dechaff::decide {

/// What is in force for a document, by EntryIndex. Const while documents are decided.
struct Settings {
  Profile profile;
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
