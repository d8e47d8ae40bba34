#pragma once

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "decide/decide.hpp"
#include "match/matcher.hpp"
#include "rules/rule.hpp"
#include "rules_from.hpp"
#include "text/line_table.hpp"

namespace dechaff::decide {

/// How a text is decided about, beside the rules.
struct Ask {
  std::string profile = "safe";
  Reach reach = Reach::full;
  std::string host;
  std::string language;
  std::vector<std::string> enable = {};
  std::vector<std::string> disable = {};
};

/// One pass over all lines of a text.
struct Decided {
  RuleSet rules;
  Decisions decisions;

  /// One letter a line that is not blank: k keep, d drop, r rewrite.
  std::string verdicts() const {
    std::string out;
    for (const Decision& line : decisions.lines) {
      out += line.verdict == Verdict::keep ? 'k' : line.verdict == Verdict::drop ? 'd' : 'r';
    }
    return out;
  }

  /// The id of what decided about the line at `place`.
  std::string cause(std::size_t place) const { return rules.entries()[decisions.lines[place].cause].id; }

  /// Places that the entry of this id hit, as "0 2".
  std::string hits(std::string_view id) const {
    std::vector<std::uint32_t> places;
    for (const LineHit& hit : decisions.hits) {
      if (rules.entries()[hit.entry].id == id) places.push_back(hit.place);
    }
    std::ranges::sort(places);
    std::string out;
    for (const std::uint32_t place : places) out += (out.empty() ? "" : " ") + std::to_string(place);
    return out;
  }
};

inline Decided decided(std::string_view toml, std::string_view text, const Ask& ask = {}) {
  RuleSet rules = rules_from(toml);
  const rules::Compiled& compiled = rules.compiled();
  const Profile* profile = compiled.profile(ask.profile);
  if (profile == nullptr) {
    ADD_FAILURE() << "no profile " << ask.profile;
    return {std::move(rules), {}};
  }
  const auto entries = [&](const std::vector<std::string>& handles) {
    std::vector<EntryIndex> out;
    for (const std::string& handle : handles) {
      const auto named = rules::entries_named(compiled.entries, handle);
      EXPECT_FALSE(named.empty()) << handle;
      out.insert(out.end(), named.begin(), named.end());
    }
    return out;
  };
  const Switches switches{entries(ask.enable), entries(ask.disable)};
  const Settings settings = settings_for_document(compiled, settings_for(compiled, *profile, switches),
                                                  switches, ask.host, ask.language);
  const text::LineTable table(text);
  std::vector<std::uint32_t> alive(table.size());
  std::iota(alive.begin(), alive.end(), 0U);
  const match::Matcher matcher(compiled);
  match::Scratch scratch;
  const match::LineHits lines = matcher.match_lines(table, settings.on, scratch);
  const match::Hits blocks = matcher.match_blocks(table, alive, settings.on, lines, {}, scratch).hits;
  Memory memory;
  Decisions decisions = decide(compiled, settings, ask.reach, table, alive, lines.hits, blocks, memory);
  return {std::move(rules), std::move(decisions)};
}

/// The verdicts of one pass under the rules of `toml`.
inline std::string verdicts(std::string_view toml, std::string_view text, const Ask& ask = {}) {
  return decided(toml, text, ask).verdicts();
}

}  // namespace dechaff::decide
