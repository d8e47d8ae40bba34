#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/rule.hpp"
#include "rules/table_reader.hpp"

namespace dechaff::rules {

/// What `[pack]` says.
struct Pack {
  std::string name;
  std::vector<std::string> languages;
  Shared<When> when;  ///< what its drop rules ask for, unless they say otherwise
  bool has_when = false;
  bool proven = false;  ///< its patterns are known to compile
};

/// A rule with its entry, before handles are resolved.
struct ReadRule {
  Entry entry;
  Rule rule;
};
struct ReadStep {
  Entry entry;
  DeclaredStep step;
};

Pack read_pack(const toml::table& table, FileErrors errors);
ReadRule read_rule(const toml::table& table, const Pack& pack, FileErrors errors);
ReadStep read_step(const toml::table& table, const Pack& pack, FileErrors errors);

/// Reads id, why, tags and enabled, and puts the pack's name and the family among the tags.
Entry read_entry(TableReader& reader, const Pack& pack);

/// Host names and language tags are compared in lower case.
std::vector<std::string> lower_ascii(std::vector<std::string> words);

/// Compiles a pattern, unless it is `proven`; a mistake is reported at its place in the file.
std::optional<Pattern> read_pattern(const PlacedString& source, bool proven, const FileErrors& errors);

/// The patterns of a list, those that are wrong left out.
std::vector<Pattern> read_patterns(TableReader& reader, std::string_view key, bool proven);

/// "..4", "2..7", "0.5..", "4"; nothing for what is none of these.
std::optional<Range> range_spelled(std::string_view text);

/// The phrases of a rule, folded unless `raw`; a phrase that folds to nothing is an error.
TextList read_phrases(const std::vector<PlacedString>& phrases, bool raw, const FileErrors& errors);

}  // namespace dechaff::rules
