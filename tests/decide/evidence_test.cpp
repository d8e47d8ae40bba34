#include "decide/evidence.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "decide/table_scores.hpp"
#include "rules_from.hpp"

namespace dechaff::decide {
namespace {

/// Rules of one score file.
RuleSet scores_from(std::string_view content) {
  const ScratchFolder folder;
  std::ofstream(folder / "s.scores") << content;
  RuleSources sources;
  sources.shipped = false;
  sources.layers = {{"test", folder / "s.scores"}};
  LoadedRules loaded = load_rules(sources);
  for (const Error& error : loaded.errors) ADD_FAILURE() << to_string(error);
  return *loaded.rules;
}

Weights weights(std::string_view scores, std::string_view text, bool on = true) {
  const RuleSet rules = scores_from(scores);
  Profile profile;
  profile.weigh = on;
  Settings settings = settings_for(rules.compiled(), profile, {});
  settings.explain = true;
  const text::LineTable table(text);
  std::vector<std::uint32_t> alive(table.size());
  std::iota(alive.begin(), alive.end(), 0U);
  const Places places = places_of(table, alive);
  UnitMemory memory;
  const std::vector<Unit> units = units_of(table, places);
  return evidence_of(rules.compiled(), settings, table, places, units, std::vector<Link>(units.size()),
                     memory);
}

std::vector<Evidence> evidence(std::string_view scores, std::string_view text, bool on = true) {
  return weights(scores, text, on).units;
}

double score(std::string_view scores, std::string_view text) { return evidence(scores, text).at(0).score; }

TEST(Evidence, AddsUpAllScoresThatCount) {
  EXPECT_DOUBLE_EQ(score("-1 words=2\n0.25 word=menu\n8 words=3\n", "Main menu\n"), -0.75);
}

TEST(Evidence, CountsAWordOnce) { EXPECT_DOUBLE_EQ(score("-0.5 word=menu\n", "menu menu menu\n"), -0.5); }

TEST(Evidence, KnowsPairsEndsAndWholeLines) {
  constexpr std::string_view scores = "1 pair=read_more\n2 first=read\n4 last=more\n8 whole=read_more\n";
  EXPECT_DOUBLE_EQ(score(scores, "Read more!\n"), 15);
  EXPECT_DOUBLE_EQ(score(scores, "Read much more\n"), 6);
}

TEST(Evidence, ReadsDigitsAsZero) { EXPECT_DOUBLE_EQ(score("1 word=00\n", "24 shares\n"), 1); }

TEST(Evidence, LooksAtNeighbours) {
  const auto all = evidence("1 words@-1=edge\n2 words@+1=2\n", "a\nb c\n");
  EXPECT_DOUBLE_EQ(all.at(0).score, 3);
  EXPECT_DOUBLE_EQ(all.at(1).score, 0);
}

TEST(Evidence, LooksAtNeighboursInLongTextsToo) {
  std::string text;
  for (std::size_t i = 0; i < 3 * TableScores::at_once; ++i)
    text += i % TableScores::at_once == 0 ? "b c\n" : "a\n";
  const auto all = evidence("1 words@-1=2\n2 words@+1=2\n4 words@-8=2\n", text);
  const std::size_t next = TableScores::at_once;
  EXPECT_DOUBLE_EQ(all.at(next - 1).score, 2);
  EXPECT_DOUBLE_EQ(all.at(next).score, 0);
  EXPECT_DOUBLE_EQ(all.at(next + 1).score, 1);
  EXPECT_DOUBLE_EQ(all.at(next + 8).score, 4);
  EXPECT_DOUBLE_EQ(all.at(2 * next - 1).score, 2);
}

TEST(Evidence, OfADraftTakesThePlaceOfWhatMadeIt) {
  const auto all =
      evidence("-1 words=1\n2 words=2\n0.5 draft=..49\n0.25 keep_run=1\ndraft_cost 0\n", "a\nb c\n");
  EXPECT_DOUBLE_EQ(all.at(0).score, 0.5);
  EXPECT_DOUBLE_EQ(all.at(1).score, 0.25);
}

TEST(Evidence, OfADraftIsToldBehindWhatMadeIt) {
  const Weights all = weights("-1 word=menu\n-0.5 words=1\n-0.25 draft=..49\n", "Menu\n");
  EXPECT_EQ(all.because.at(0), "-1 word=menu, -0.5 words=1; behind the draft -0.25 draft=43");
}

TEST(Evidence, IsNoneWhereTheFileIsOff) {
  EXPECT_DOUBLE_EQ(evidence("1 words=1\n", "a\n", false).at(0).score, 0);
}

TEST(Evidence, NamesTheFileAndTheLoudest) {
  const Weights all = weights("-1 words=2\n-2 word=menu\n0.5 sentence=no\n0.25 link=no\n", "Main menu\n");
  EXPECT_NE(all.units.at(0).against, 0U);
  EXPECT_EQ(all.because.at(0), "-2 word=menu, -1 words=2, +0.5 sentence=0");
}

}  // namespace
}  // namespace dechaff::decide
