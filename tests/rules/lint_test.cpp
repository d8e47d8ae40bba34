#include "rules/lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "case_name.hpp"
#include "pattern_files.hpp"

namespace dechaff {
namespace {

using testing::ElementsAre;

struct PatternCase {
  const char* name;
  std::string pattern;
};

const std::string for_ever =
    "repeats without bound what repeats without bound, which can take for ever; bound one of them";
const std::string one_branch = "anchors one branch of an alternation only; group it: ^(a|b)$";

class NestedRepeats : public testing::TestWithParam<PatternCase> {};

const PatternCase nested_cases[] = {
    {"plus_of_plus", "(a+)+"},       {"star_of_star", "^(?:a*)*$"},         {"star_of_counted", "(a{2,})*"},
    {"counted_of_star", "(a*){3,}"}, {"words_and_spaces", "^(\\w+\\s?)+$"}, {"two_groups_deep", "((a+)b?)+"},
    {"class", "([a-z]+ ?)*"},        {"in_one_branch", "(a|b+)+"},          {"lazy", "(a+?)+?"},
    {"named", "(?<n>a+)*"},
};

TEST_P(NestedRepeats, AreAProblem) { EXPECT_EQ(rules::pattern_problem(GetParam().pattern), for_ever); }

INSTANTIATE_TEST_SUITE_P(Lint, NestedRepeats, testing::ValuesIn(nested_cases), case_name);

class LooseAnchor : public testing::TestWithParam<PatternCase> {};

const PatternCase loose_cases[] = {
    {"each_end_once", "^a|b$"},      {"start_of_the_first", "^a|b"},
    {"end_of_the_last", "a|b$"},     {"start_of_the_last_of_three", "a|b|^c"},
    {"around_a_group", "^(a|b)|c$"},
};

TEST_P(LooseAnchor, IsAProblem) { EXPECT_EQ(rules::pattern_problem(GetParam().pattern), one_branch); }

INSTANTIATE_TEST_SUITE_P(Lint, LooseAnchor, testing::ValuesIn(loose_cases), case_name);

class HarmlessPattern : public testing::TestWithParam<PatternCase> {};

const PatternCase harmless_cases[] = {
    {"one_repeat", "a+b*"},
    {"bounded_outside", "(a+){2,3}"},
    {"bounded_inside", "(a{1,9})+"},
    {"optional_group", "(a+)?"},
    {"possessive_inside", "(a++)+"},
    {"possessive_outside", "(a+)++"},
    {"atomic_group", "(?>a+)+"},
    {"escaped", "(a\\+)+"},
    {"in_a_class", "([a+*])+"},
    {"bracket_in_a_class", "([]+])+"},
    {"brace_that_is_itself", "(a{,})+"},
    {"grouped_anchors", "^(a|b)$"},
    {"anchors_in_every_branch", "^a$|^b$"},
    {"no_anchors", "a|b"},
    {"bar_in_a_group", "^(a|b)c$"},
    {"bar_in_a_class", "^a[|]b$"},
    {"escaped_bar", "^a\\|b$"},
    {"escaped_dollar", "a|b\\$"},
    {"escaped_bracket", "a\\[|b"},
    {"closing_parenthesis_too_many", "a)+"},
    {"open_class", "[a"},
    {"backslash_at_the_end", "a\\"},
    {"empty", ""},
};

TEST_P(HarmlessPattern, IsNone) { EXPECT_EQ(rules::pattern_problem(GetParam().pattern), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(Lint, HarmlessPattern, testing::ValuesIn(harmless_cases), case_name);

EntryFilter of_layer(std::string_view layer) {
  return [layer](const Entry& entry) { return entry.layer == layer; };
}

/// What check_rules finds in a file a.toml, or in `name`.
std::vector<std::string> findings(std::string_view content, std::string_view name = "a.toml",
                                  std::string_view layer = "test") {
  const ScratchFolder folder;
  const LoadedRules loaded = load_layers({{"test", put(folder, name, content)}});
  for (const Error& error : loaded.errors) ADD_FAILURE() << to_string(error);
  std::vector<std::string> out;
  if (!loaded.rules) return out;
  for (const Finding& finding : check_rules(*loaded.rules, of_layer(layer))) {
    const std::string place = to_string(Error{ErrorCode::bad_rule, finding.pos, finding.message});
    out.push_back(place.substr(folder.path().string().size() + 1));
  }
  return out;
}

TEST(CheckRules, FindNothingInAGoodRule) {
  EXPECT_THAT(findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\npattern = '^read more$'\n"
                       "drops = [\"Read more…\"]\nkeeps = [\"Read more books.\"]\n"),
              ElementsAre());
}

TEST(CheckRules, AskForExamplesAndAReason) {
  EXPECT_THAT(
      findings("[[rule]]\nid = \"a.b\"\npattern = '^a$'\n"),
      ElementsAre(
          "a.toml:1:1: a.b: its pattern has no 'drops' example; show a text that it is for",
          "a.toml:1:1: a.b: its pattern has no 'keeps' example; show a text that is near and must stay",
          "a.toml:1:1: a.b: has no 'why'; the ledger and explain would have nothing to say"));
}

TEST(CheckRules, AskForAnExampleOfARepeat) {
  EXPECT_THAT(findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\nrepeat = { min_words = 4 }\n"),
              ElementsAre("a.toml:1:1: a.b: has no 'drops' example; show a text that it is for"));
}

TEST(CheckRules, AskNothingOfPhrasesAndScores) {
  EXPECT_THAT(findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\nlines = [\"a\"]\n[[rule]]\nid = \"a.c\"\nwhy = "
                       "\"w\"\nscore = -1\nwhen = { words = 1 }\n"),
              ElementsAre());
}

constexpr std::string_view every_line =
    "a.toml:1:1: a.b: the pattern is tried on every line, which is slow; let it begin with ^ and what lines "
    "must "
    "begin with, or with a word that they must hold";

TEST(CheckRules, FindPatternsThatHitEverything) {
  EXPECT_THAT(
      findings(
          "[[rule]]\nid = \"a.b\"\nwhy = \"w\"\nscore = -1\npattern = 'a?'\ndrops = [\"b\"]\nkeeps = []\n"),
      ElementsAre(
          "a.toml:1:1: a.b: its pattern has no 'keeps' example; show a text that is near and must stay",
          "a.toml:1:1: a.b: the pattern 'a?' can match nothing at all, so it hits every line", every_line));
}

TEST(CheckRules, FindPatternsThatNothingTells) {
  const auto of = [](std::string_view pattern) {
    return findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\npattern = '" + std::string(pattern) +
                    "'\ndrops = [\"ab ab\"]\nkeeps = [\"a\"]\n");
  };
  EXPECT_THAT(of("^(\\w+) \\1$"), ElementsAre(every_line));
  EXPECT_THAT(of("^a\\w+ \\w+$"), testing::IsEmpty());
  EXPECT_THAT(of("\\w ab$"), testing::IsEmpty());
}

TEST(CheckRules, FindDangerousPatternsAmongExceptions) {
  EXPECT_THAT(findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\nlines = [\"a\"]\nexcept = ['(a+)+', '^a|b$']\n"),
              ElementsAre("a.toml:1:1: a.b: the pattern '(a+)+' " + for_ever,
                          "a.toml:1:1: a.b: the pattern '^a|b$' " + one_branch));
}

TEST(CheckRules, FindPhrasesTwice) {
  EXPECT_THAT(
      findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\nlines = [\"Read more\", \"• Read more…\"]\n[[rule]]\nid "
               "= \"a.c\"\nwhy = \"w\"\nlines = [\"READ MORE\"]\n"),
      ElementsAre(
          "a.toml:1:1: a.b: the phrase 'read more' stands in a.b already (phrases are compared folded)",
          "a.toml:5:1: a.c: the phrase 'read more' stands in a.b already (phrases are compared folded)"));
}

TEST(CheckRules, FindPhrasesThatAPatternDrops) {
  EXPECT_THAT(
      findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\nlines = [\"Read more\"]\n[[rule]]\nid = \"a.c\"\nwhy = "
               "\"w\"\npattern = '^read'\ndrops = [\"Read\"]\nkeeps = [\"To read\"]\n"),
      ElementsAre("a.toml:1:1: a.b: the phrase 'read more' is never needed: the pattern of a.c drops it"));
}

TEST(CheckRules, LetPhrasesStandBesidePatternsWithConditions) {
  EXPECT_THAT(findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\nlines = [\"Read more\"]\n"
                       "[[rule]]\nid = \"a.c\"\nwhy = \"w\"\npattern = '^read'\nwhere = { tail = 3 }\ndrops "
                       "= [\"Read\"]\nkeeps = [\"To read\"]\n"
                       "[[rule]]\nid = \"a.d\"\nwhy = \"w\"\nlevel = 2\npattern = '^read'\ndrops = "
                       "[\"Read\"]\nkeeps = [\"To read\"]\n"
                       "[[rule]]\nid = \"a.e\"\nwhy = \"w\"\npattern = '^read'\ndrops = [\"Read\"]\nkeeps = "
                       "[\"To read\"]\n[[override]]\nid = \"a.e\"\nadd_except = ['more']\n"),
              ElementsAre());
}

TEST(CheckRules, FindInvisibleCharacters) {
  EXPECT_THAT(findings("[[rule]]\nid = \"a.b\"\nwhy = \"é\u200B\"\nlines = [\"a\u00A0b\"]\n"),
              ElementsAre("a.toml:3:10: the invisible character U+200B stands in the file; write it as an "
                          "escape in a \"…\" string",
                          "a.toml:4:12: the invisible character U+00A0 stands in the file; write it as an "
                          "escape in a \"…\" string"));
  EXPECT_THAT(findings("one\ntw\u00ADo\n", "list.txt"),
              ElementsAre("list.txt:2:3: the invisible character U+00AD stands in the file; take it out"));
}

TEST(CheckRules, FindExamplesThatFail) {
  EXPECT_THAT(
      findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\npattern = '^a$'\n"
               "drops = [\"b\\nc\",\n  { text = \"a\\nb\\na\", leaves = \"c\" }]\nkeeps = [\"b\\na\"]\n"),
      ElementsAre("a.toml:5:10: a.b: the 'drops' example 'b\\nc' leaves 'b\\nc'",
                  "a.toml:6:3: a.b: the 'drops' example 'a\\nb\\na' leaves 'b\\n'",
                  "a.toml:7:10: a.b: the 'keeps' example 'b\\na' becomes 'b\\n'"));
}

TEST(CheckRules, FindExamplesOfScoresAndKeepsThatFail) {
  EXPECT_THAT(findings("[[rule]]\nid = \"a.b\"\nwhy = \"w\"\nscore = -1\npattern = '^a$'\ndrops = "
                       "[\"b\"]\nkeeps = [\"a\"]\n"
                       "[[rule]]\nid = \"a.c\"\nwhy = \"w\"\nkeep = true\npattern = '^a$'\ndrops = "
                       "[\"a\"]\nkeeps = [\"b\"]\n"),
              ElementsAre("a.toml:6:10: a.b: the 'drops' example 'b' is not hit",
                          "a.toml:7:10: a.b: the 'keeps' example 'a' is hit",
                          "a.toml:13:10: a.c: the 'drops' example 'a' is hit",
                          "a.toml:14:10: a.c: the 'keeps' example 'b' is not hit"));
}

TEST(CheckRules, FindExamplesOfStepsThatFail) {
  EXPECT_THAT(findings("[[step]]\nid = \"s.t\"\nchars = [\"U+2019\"]\nto = \"'\"\nexamples = [[\"a’\", "
                       "\"a'\"], [\"b’\", \"b\"]]\n"),
              ElementsAre("a.toml:5:30: s.t: 'b’' became 'b'', not 'b'"));
}

TEST(CheckRules, LookAtWantedEntriesOnly) {
  EXPECT_THAT(findings("[[rule]]\nid = \"a.b\"\npattern = '^a$'\n", "a.toml", "other"), ElementsAre());
  EXPECT_EQ(findings("[[rule]]\nid = \"a.b\"\npattern = '^a$'\n", "a.toml", "test").size(), 3U);
}

TEST(RunExamples, CountsRulesAndTexts) {
  const ScratchFolder folder;
  const LoadedRules loaded = load_layers(
      {{"test", put(folder, "a.toml",
                    "[[rule]]\nid = \"a.b\"\nlines = [\"a\"]\ndrops = [\"a\", \"A.\"]\nkeeps = [\"b\"]\n"
                    "[[rule]]\nid = \"a.c\"\nlines = [\"c\"]\n"
                    "[[step]]\nid = \"s.t\"\nchars = [\"U+00AD\"]\nexamples = [[\"a\", \"a\"]]\n")}});
  ASSERT_NE(loaded.rules, nullptr);
  const ExampleReport report = run_examples(*loaded.rules, of_layer("test"));
  EXPECT_EQ(report.rules, 2U);
  EXPECT_EQ(report.examples, 4U);
  EXPECT_TRUE(report.failures.empty());
  EXPECT_EQ(run_examples(*loaded.rules, of_layer("other")).rules, 0U);
}

}  // namespace
}  // namespace dechaff
