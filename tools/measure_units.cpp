// Says what the scores may ask of the lines of texts: for fitting, not for users.
//
//   measure_units RULES TEXT... > units.jsonl
//
// RULES is a folder of pattern files, a TEXT one that the rules of level 1 have gone over. For each text, one
// JSON object: `name`, and for each unit of lines `lines` (their numbers from 0), `values` (by axis), `words`
// (with a space between two) and `hits` (ids of drop rules above level 1). The first line names the axes.

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "decide/axes.hpp"
#include "decide/decide.hpp"
#include "match/matcher.hpp"

namespace {

using namespace dechaff;

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

nlohmann::json measured(const rules::Compiled& compiled, const match::Matcher& matcher,
                        const decide::Settings& settings, std::string_view text) {
  const text::LineTable table(text);
  std::vector<std::uint32_t> alive(table.size());
  std::iota(alive.begin(), alive.end(), 0U);
  match::Scratch scratch;
  const match::LineHits line_hits = matcher.match_lines(table, settings.on, scratch);
  const match::BlockHits block_hits = matcher.match_blocks(table, alive, settings.on, line_hits, {}, scratch);
  decide::Memory memory;
  const decide::Decisions decisions = decide::decide(compiled, settings, decide::Reach::full, table, alive,
                                                     line_hits.hits, block_hits.hits, memory);
  const decide::Places& places = decisions.places;
  const std::vector<decide::Unit> units = decide::units_of(table, places);
  const decide::AxisColumns values = decide::axis_values(
      places, units, memory.units, memory.units.know(table, places, units, compiled.scores));
  std::vector<std::vector<std::string>> hits(places.size());
  for (const decide::LineHit& hit : decisions.hits) {
    const Entry& entry = compiled.entries[hit.entry];
    if (entry.kind == EntryKind::drop && entry.level > 1) hits[hit.place].push_back(entry.id);
  }
  nlohmann::json out = nlohmann::json::array();
  decide::UnitWords words;
  for (std::size_t u = 0; u < units.size(); ++u) {
    decide::read_words(table, places, units[u], words);
    nlohmann::json unit{{"words", words.text}};
    for (std::size_t axis = 0; axis < rules::axes; ++axis)
      unit["values"].push_back(values[static_cast<rules::Axis>(axis)][u]);
    for (std::uint32_t p = units[u].place; p < units[u].place + units[u].count; ++p) {
      unit["lines"].push_back(places.line[p]);
      for (const std::string& hit : hits[p]) unit["hits"].push_back(hit);
    }
    out.push_back(std::move(unit));
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: measure_units RULES TEXT...\n";
    return 2;
  }
  const LoadedRules loaded = load_rules({true, argv[1], {}});
  for (const Error& error : loaded.errors) std::cerr << to_string(error) << '\n';
  if (!loaded.rules) return 2;
  const rules::Compiled& compiled = loaded.rules->compiled();
  const match::Matcher matcher(compiled);
  Profile profile;
  profile.level = 1;
  profile.weigh = true;
  const decide::Settings settings = decide::settings_for(compiled, profile, {});
  nlohmann::json names = nlohmann::json::array();
  for (std::size_t i = 0; i < rules::axes; ++i)
    names.push_back(rules::axis_name(static_cast<rules::Axis>(i)));
  std::cout << nlohmann::json{{"axes", names}, {"endings", rules::ending_names}} << '\n';
  for (int i = 2; i < argc; ++i) {
    std::cout << nlohmann::json{{"name", argv[i]},
                                {"units", measured(compiled, matcher, settings, read(argv[i]))}}
              << '\n';
  }
}
