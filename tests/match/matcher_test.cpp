#include "match/matcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "rules_from.hpp"

namespace dechaff::match {
namespace {

using testing::ElementsAre;

std::vector<bool> all_on(const RuleSet& rules) { return std::vector<bool>(rules.entries().size(), true); }

std::vector<std::uint32_t> all_lines(const text::LineTable& table) {
  std::vector<std::uint32_t> out(table.size());
  std::iota(out.begin(), out.end(), 0U);
  return out;
}

/// "3 a.b" for a hit of the third line, "3+2 a.b" for one of two lines from there.
std::vector<std::string> spelled(const RuleSet& rules, const Hits& hits) {
  std::vector<std::string> out;
  for (const Hit& hit : hits) {
    const rules::Rule& rule = rules.compiled().rules[hit.rule];
    const std::string run = hit.count == 1 ? "" : "+" + std::to_string(hit.count);
    out.push_back(std::to_string(hit.line + 1) + run + " " + rules.entries()[rule.entry].id);
  }
  return out;
}

std::vector<std::string> line_hits(std::string_view toml, std::string_view text) {
  const RuleSet rules = rules_from(toml);
  const Matcher matcher(rules.compiled());
  Scratch scratch;
  return spelled(rules, matcher.match_lines(text::LineTable(text), all_on(rules), scratch).hits);
}

/// The runs that are found without anything from before.
Hits found_in_blocks(const Matcher& matcher, const text::LineTable& table,
                     std::span<const std::uint32_t> alive, const std::vector<bool>& on, Scratch& scratch) {
  return matcher.match_blocks(table, alive, on, matcher.match_lines(table, on, scratch), {}, scratch).hits;
}

std::vector<std::string> block_hits(std::string_view toml, std::string_view text) {
  const RuleSet rules = rules_from(toml);
  const Matcher matcher(rules.compiled());
  const text::LineTable table(text);
  Scratch scratch;
  return spelled(rules, found_in_blocks(matcher, table, all_lines(table), all_on(rules), scratch));
}

/// A rule for blocks of up to three lines.
std::string block_rule(std::string_view pattern, std::string_view more = "max_lines = 3\n") {
  return "[[rule]]\nid = \"a.b\"\nscope = \"block\"\npattern = '''" + std::string(pattern) + "'''\n" +
         std::string(more);
}

constexpr auto read_more = "[[rule]]\nid = \"a.b\"\nlines = [\"Read more\", \"Fußnote\"]\n";

TEST(Phrases, AreComparedFolded) {
  EXPECT_THAT(line_hits(read_more,
                        "Read more\n  • READ   MORE…\n\"Read more!\"\n1. Read "
                        "more:\nFUSSNOTE\nRead\u00A0more\nＲｅａｄ more\n"),
              ElementsAre("1 a.b", "2 a.b", "3 a.b", "4 a.b", "5 a.b", "6 a.b", "7 a.b"));
}

TEST(Phrases, AreWholeLines) {
  EXPECT_THAT(line_hits(read_more, "Read more books\nPlease read more\nReadmore\nRead\nmore\n"),
              ElementsAre());
}

TEST(Phrases, OfARawRuleAreComparedAsTheyAre) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nraw = true\nlines = [\"* Menu *\"]\n",
                        "* Menu *\n* menu *\n * Menu *\nMenu\n"),
              ElementsAre("1 a.b"));
}

TEST(Phrases, OfSeveralRulesAllHit) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nlines = [\"Menu\"]\n[[rule]]\nid = \"a.c\"\nlines = "
                        "[\"menu\", \"Home\"]\n[[rule]]\nid = \"a.d\"\npattern = '^m'\n",
                        "MENU\nHome\n"),
              ElementsAre("1 a.b", "1 a.c", "1 a.d", "2 a.c"));
}

TEST(Phrases, BesideAPatternOfTheRuleHitOnce) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nlines = [\"Menu\"]\npattern = '^(menu|home)$'\n",
                        "Menu\nHome\nOther\n"),
              ElementsAre("1 a.b", "2 a.b"));
}

TEST(Patterns, AreSearchedInTheFoldedLine) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\npattern = '^read more( about .*)?$'\n",
                        "READ MORE…\n- Read more about soup!\nWe read more\n"),
              ElementsAre("1 a.b", "2 a.b"));
}

TEST(Patterns, WithoutAnAnchorAreSearchedAnywhere) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\npattern = '\\bcookies\\b'\n",
                        "We use Cookies.\nCookies\ncookiesheet\n"),
              ElementsAre("1 a.b", "2 a.b"));
}

TEST(Patterns, OfARawRuleSeeTheLine) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nraw = true\npattern = '^ *[A-Z]+:$'\n",
                        "NOTE:\n  NOTE:\nnote:\nNOTE\n"),
              ElementsAre("1 a.b", "2 a.b"));
}

TEST(Patterns, ThatMatchNothingHitEveryLineThatIsNotBlank) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\npattern = '^x?'\n", "one\n\n \t\n***\n"),
              ElementsAre("1 a.b", "4 a.b"));
}

TEST(Patterns, SeeAnEmptyTextForALineOfPunctuation) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\npattern = '^$'\n", "one\n* * *\n\n---\n"),
              ElementsAre("2 a.b", "4 a.b"));
}

TEST(Exceptions, TakeLinesOut) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\npattern = '^read'\nexcept = ['books$', '^reading']\n",
                        "Read this\nRead books.\nReading\nRead bookshelves\n"),
              ElementsAre("1 a.b", "4 a.b"));
}

TEST(Exceptions, HoldForPhrasesToo) {
  EXPECT_THAT(
      line_hits("[[rule]]\nid = \"a.b\"\nlines = [\"Menu\", \"Home\"]\nexcept = ['^h']\n", "Menu\nHome\n"),
      ElementsAre("1 a.b"));
  EXPECT_THAT(
      line_hits("[[rule]]\nid = \"a.b\"\nraw = true\nlines = [\"Menu\", \"MENU\"]\nexcept = ['^[A-Z]+$']\n",
                "Menu\nMENU\n"),
      ElementsAre("1 a.b"));
}

TEST(Exceptions, ProtectTheWholeRunOfABlock) {
  EXPECT_THAT(block_hits(block_rule("^read", "max_lines = 2\nexcept = ['soup$']\n"),
                         "Read\nmore soup\n\nRead\nmore stew\n"),
              ElementsAre("4+2 a.b"));
}

TEST(Exceptions, AloneHitAllOtherLines) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nwhen = { words = \"..3\" }\nexcept = ['\\d']\n",
                        "one\ntwo 2\n\n...\n"),
              ElementsAre("1 a.b", "4 a.b"));
}

TEST(Exceptions, ThatCostTooMuchLeaveTheLineAlone) {
  const RuleSet rules = rules_from("[[rule]]\nid = \"a.b\"\npattern = '^a'\nexcept = ['^(\\w+\\s?)+$']\n");
  const std::string line = std::string(20'000, 'a') + "!a%";
  Scratch scratch;
  EXPECT_TRUE(
      Matcher(rules.compiled()).match_lines(text::LineTable(line), all_on(rules), scratch).hits.empty());
  ASSERT_EQ(scratch.limits.size(), 1U);
}

TEST(Limits, AreNotedByLineAndRule) {
  const RuleSet rules = rules_from(
      "[[rule]]\nid = \"a.a\"\npattern = '^b'\n[[rule]]\nid = \"a.b\"\npattern = '^(\\w+\\s?)+$'\n");
  const std::string text = "b\n\n" + std::string(20'000, 'a') + "!a%\nb b\n";
  Scratch scratch;
  EXPECT_THAT(
      spelled(rules,
              Matcher(rules.compiled()).match_lines(text::LineTable(text), all_on(rules), scratch).hits),
      ElementsAre("1 a.a", "1 a.b", "4 a.a", "4 a.b"));
  ASSERT_EQ(scratch.limits.size(), 1U);
  EXPECT_EQ(scratch.limits[0].rule, 1U);
  EXPECT_EQ(scratch.limits[0].line, 2U);
}

TEST(LongLines, AreMatchedLikeOthers) {
  const std::string line = "a" + std::string(1 << 20, 'b') + "c";
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\npattern = '^ab+c$'\n", line + "\n" + line + "d\nabc\n"),
              ElementsAre("1 a.b", "3 a.b"));
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nraw = true\npattern = 'bc'\n", line + "\nabd\n"),
              ElementsAre("1 a.b"));
}

TEST(LongLines, EndARunOfABlock) {
  const std::string half = std::string(10 << 10, 'b');
  EXPECT_THAT(block_hits(block_rule("^b+( b+)*$"), half + "\n" + half + "\nb\n"),
              ElementsAre("1 a.b", "2+2 a.b"));
}

TEST(RulesThatAreOff, AreNotTried) {
  const RuleSet rules = rules_from(
      "[[rule]]\nid = \"a.b\"\nlines = [\"x\"]\n[[rule]]\nid = \"a.c\"\npattern = '^x'\n[[rule]]\nid = "
      "\"a.d\"\nscope = \"block\"\npattern = '^x'\n");
  const text::LineTable table{std::string_view("x\n")};
  const Matcher matcher(rules.compiled());
  Scratch scratch;
  std::vector<bool> on(rules.entries().size(), false);
  EXPECT_THAT(spelled(rules, matcher.match_lines(table, on, scratch).hits), ElementsAre());
  EXPECT_THAT(spelled(rules, found_in_blocks(matcher, table, all_lines(table), on, scratch)), ElementsAre());
  on[rules.compiled().rules[1].entry] = true;
  EXPECT_THAT(spelled(rules, matcher.match_lines(table, on, scratch).hits), ElementsAre("1 a.c"));
}

TEST(Sections, AreFoundByTheirHeadingOnly) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nscope = \"section\"\npattern = '^related$'\n",
                        "Related:\nOne\nTwo\n"),
              ElementsAre("1 a.b"));
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nscope = \"section\"\nlines = [\"Related\"]\n",
                        "Related:\nOne\nTwo\n"),
              ElementsAre("1 a.b"));
}

TEST(Spans, HitTheirLineOnce) {
  EXPECT_THAT(
      line_hits("[[rule]]\nid = \"a.b\"\nscope = \"span\"\npattern = '\\bad\\b'\n", "An ad and an ad\nAdd\n"),
      ElementsAre("1 a.b"));
}

TEST(RulesWithoutText, AreNotTheMatchersBusiness) {
  EXPECT_THAT(line_hits("[[rule]]\nid = \"a.b\"\nwhen = { words = 1 }\n[[rule]]\nid = \"a.c\"\nrepeat = {}\n",
                        "one\none\n"),
              ElementsAre());
}

TEST(Blocks, AreRunsOfLinesJoinedBySpaces) {
  EXPECT_THAT(
      block_hits(block_rule("^oops something went wrong$"), "Text\nOops!\nSomething went\nWRONG.\nText\n"),
      ElementsAre());
  EXPECT_THAT(
      block_hits(block_rule("^oops! something went wrong$"), "Text\n• Oops!\nSomething went\nWRONG.\nText\n"),
      ElementsAre("2+3 a.b"));
  EXPECT_THAT(block_hits(block_rule("^oops something went wrong$"), "Oops something went wrong\n"),
              ElementsAre("1 a.b"));
}

TEST(Blocks, TakeTheLongestRunFirst) {
  EXPECT_THAT(block_hits(block_rule("^a( a)*$"), "a\na\na\na\n"), ElementsAre("1+3 a.b", "4 a.b"));
}

TEST(Blocks, OfOneRuleDoNotOverlap) {
  EXPECT_THAT(block_hits(block_rule("^(a b|b a)$"), "a\nb\na\nb\n"), ElementsAre("1+2 a.b", "3+2 a.b"));
}

TEST(Blocks, OfTwoRulesMayOverlap) {
  const std::string other = "[[rule]]\nid = \"a.c\"\nscope = \"block\"\npattern = '^b c$'\n";
  EXPECT_THAT(block_hits(block_rule("^a b$") + other, "a\nb\nc\n"), ElementsAre("1+2 a.b", "2+2 a.c"));
}

TEST(Blocks, DoNotCrossBlankLines) {
  EXPECT_THAT(block_hits(block_rule("^a b$"), "a\n\nb\n\na\nb\n"), ElementsAre("5+2 a.b"));
}

TEST(Blocks, AreNoLongerThanTheirRuleSays) {
  EXPECT_THAT(block_hits(block_rule("^a b c$", "max_lines = 2\n"), "a\nb\nc\n"), ElementsAre());
  EXPECT_THAT(block_hits(block_rule("^a b c$", "max_lines = 3\n"), "a\nb\nc\n"), ElementsAre("1+3 a.b"));
  EXPECT_THAT(block_hits(block_rule("^(a )*a$", ""), "a\na\na\na\na\na\na\na\na\n"),
              ElementsAre("1+8 a.b", "9 a.b"));
}

TEST(Blocks, OfPhrasesAreJoinedToo) {
  EXPECT_THAT(block_hits("[[rule]]\nid = \"a.b\"\nscope = \"block\"\nlines = [\"Read more\"]\n",
                         "• READ\nmore…\n\nRead more\n"),
              ElementsAre("1+2 a.b", "4 a.b"));
}

TEST(Blocks, OfARawRuleAreJoinedAsTheyAre) {
  EXPECT_THAT(block_hits("[[rule]]\nid = \"a.b\"\nscope = \"block\"\nraw = true\npattern = '^\\* A  b$'\n",
                         "* A \nb\n\n* A\nb\n"),
              ElementsAre("1+2 a.b"));
}

TEST(Blocks, SeeMarkersOnALineOfTheirOwn) {
  for (const char* marker :
       {"1.", "1)", "(1)", "12.", "•", "-", "* * *", "- 1.", "1. 2.", "1. -", "• 3)", "1.\n2."}) {
    const std::string text = std::string(marker) + "\nRead more\n";
    EXPECT_FALSE(block_hits(block_rule("^read more$"), text).empty()) << marker;
    const auto hits = block_hits(block_rule("^read more$"), text);
    EXPECT_TRUE(hits.front().starts_with("1+")) << marker << ": " << hits.front();
  }
}

TEST(Blocks, SeeNumbersThatAreNoMarkers) {
  EXPECT_THAT(block_hits(block_rule("^2024 read more$"), "2024\nRead more\n"), ElementsAre("1+2 a.b"));
  EXPECT_THAT(block_hits(block_rule("^5 read more$"), "5\nRead more\n"), ElementsAre("1+2 a.b"));
}

TEST(Blocks, NeedNoMoreOfALineThanThePatternDoes) {
  // The word that the pattern needs stands in any line of the run, split by a line end or not.
  EXPECT_THAT(block_hits(block_rule("^(?:share this|tweet) now$"), "Share\nthis\nnow\n"),
              ElementsAre("1+3 a.b"));
  EXPECT_THAT(block_hits(block_rule("^x{0,1}\\W{0,3}facebook$"), "x\n-\nFacebook\n"), ElementsAre("1+3 a.b"));
}

TEST(Blocks, OfRulesWithOnePatternAreFoundForEach) {
  const std::string two = block_rule("^a b$") + "[[rule]]\nid = \"a.c\"\nscope = \"block\"\nmax_lines = 3\n" +
                          "pattern = '^a b$'\n[[rule]]\nid = \"a.d\"\nscope = \"block\"\nmax_lines = 3\n" +
                          "pattern = '^a b$'\nexcept = ['b$']\n[[rule]]\nid = \"a.e\"\nscope = \"block\"\n" +
                          "max_lines = 3\npattern = '^a b$'\nexcept = ['c$']\n";
  EXPECT_THAT(block_hits(two, "a\nb\n"), ElementsAre("1+2 a.b", "1+2 a.c", "1+2 a.e"));
}

TEST(Blocks, LookOnlyAtTheLinesThatAreLeft) {
  const RuleSet rules = rules_from(block_rule("^a b$"));
  const text::LineTable table{std::string_view("a\nx\nb\n\na\n\nb\n")};
  const Matcher matcher(rules.compiled());
  Scratch scratch;
  const std::vector<std::uint32_t> alive = {0, 2, 3, 4, 6};
  EXPECT_THAT(spelled(rules, found_in_blocks(matcher, table, alive, all_on(rules), scratch)),
              ElementsAre("1+2 a.b", "5+2 a.b"));
}

TEST(Blocks, FoundBeforeAreFoundTheSameAsLinesGo) {
  const RuleSet rules = rules_from(block_rule("^a( a| b)*$") +
                                   "[[rule]]\nid = \"a.c\"\nscope = \"block\"\npattern = 'b a|^1\\. a'\n");
  const Matcher matcher(rules.compiled());
  Scratch scratch;
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i)
      text += std::string(std::vector<const char*>{"a", "b", "", "c", "1.", "-"}[random() % 6]) + "\n";
    const text::LineTable table{std::string_view(text)};
    std::vector<std::uint32_t> alive = all_lines(table);
    const LineHits lines = matcher.match_lines(table, all_on(rules), scratch);
    BlockHits found;
    while (!alive.empty()) {
      found = matcher.match_blocks(table, alive, all_on(rules), lines, found, scratch);
      ASSERT_EQ(found.hits, matcher.match_blocks(table, alive, all_on(rules), lines, {}, scratch).hits)
          << text;
      std::erase_if(alive, [&](std::uint32_t) { return random() % 8 == 0; });
      if (random() % 16 == 0) break;
    }
  }
}

}  // namespace
}  // namespace dechaff::match
