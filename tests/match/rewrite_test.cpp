#include "match/rewrite.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "case_name.hpp"
#include "rules_from.hpp"

namespace dechaff::match {
namespace {

/// What the rule `toml` makes of the line; nothing where it leaves it alone.
std::optional<std::string> rewritten(const std::string& toml, std::string_view line) {
  const RuleSet rules = rules_from("[[rule]]\nid = \"a.b\"\n" + toml);
  Scratch scratch;
  return rewrite_line(rules.compiled(), 0, line, 0, scratch);
}

struct SpanCase {
  const char* name;
  std::string pattern;
  std::string line;
  std::string want;
};

class SpanRemoval : public testing::TestWithParam<SpanCase> {};

const SpanCase span_cases[] = {
    {"at_the_start", "^share this", "Share this: The soup", ": The soup"},
    {"at_the_start_with_its_space", "^share", "Share The soup", "The soup"},
    {"in_the_middle_takes_one_space", "share this", "The Share This soup", "The soup"},
    {"at_the_end_leaves_the_space_before", "share this$", "The soup share this", "The soup "},
    {"behind_it_the_spaces_stay", "share", "Soup share  is good", "Soup  is good"},
    {"whole_line", "^share this$", "Share this", ""},
    {"edge_punctuation_stays", "^share this$", "• Share this!", "• !"},
    {"every_match", "\\bad\\b", "ad one AD two ad", "one two "},
    {"matches_side_by_side", "ad", "adad x", "x"},
    {"letters_of_more_bytes_before", "share", "Größe éé share", "Größe éé "},
    {"letters_of_more_bytes_behind", "^share", "share Größe 世界 😀!", "Größe 世界 😀!"},
    {"letters_of_more_bytes_inside", "grösse", "Die GRÖSSE ist da", "Die ist da"},
    {"sharp_s_is_two_letters", "grosse", "Die große Suppe", "Die Suppe"},
    {"ligature_inside", "office", "The oﬃce door", "The door"},
    {"ligature_stays_where_only_its_start_matched", "of", "oﬃce", "ﬃce"},
    {"composed_from_two_characters", "café", "The CAFE\u0301 here", "The here"},
    {"mark_behind_a_match_stays_with_its_letter", "cafe", "cafe\u0301", "cafe\u0301"},
    {"full_width", "^share", "ＳＨＡＲＥ soup", "soup"},
    {"dotted_capital_i", "i\u0307stanbul", "In İstanbul now", "In now"},
    {"kelvin_sign", "300 k", "At 300 \u212A now", "At now"},
    {"invisible_character_inside", "share", "sha\u00ADre soup", "soup"},
    {"invisible_character_behind_goes_too", "share", "share\u200Bd", "d"},
    {"run_of_spaces_inside", "share this", "Please share  \u2003this soup", "Please soup"},
    {"no_break_space_beside_it_stays", "share", "Soup\u00A0share is", "Soup\u00A0 is"},
    {"quotes", "\"share\"", "A “share” here", "A here"},
    {"ellipsis_is_three_dots", "more\\.\\.\\.", "read more… now", "read now"},
    {"emoji", "👍", "Good 👍 soup", "Good soup"},
    {"what_comes_up_goes_too", "ab", "x aabb y", "x y"},
};

TEST_P(SpanRemoval, TakesOutOfTheLineWhatMatchesFolded) {
  EXPECT_EQ(rewritten("scope = \"span\"\npattern = '''" + GetParam().pattern + "'''\n", GetParam().line)
                .value_or(GetParam().line),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Rewrite, SpanRemoval, testing::ValuesIn(span_cases), case_name);

TEST(SpanRemoval, LeavesOtherLinesAlone) {
  EXPECT_EQ(rewritten("scope = \"span\"\npattern = 'share'\n", "The soup"), std::nullopt);
  EXPECT_EQ(rewritten("scope = \"span\"\npattern = 'share'\n", ""), std::nullopt);
  EXPECT_EQ(rewritten("scope = \"span\"\npattern = 'x?'\n", "***"), std::nullopt);
}

TEST(SpanRemoval, OfARawRuleSeesTheLineAsItIs) {
  EXPECT_EQ(rewritten("scope = \"span\"\nraw = true\npattern = '\\[edit\\]'\n", "Soup [edit] and [Edit]"),
            "Soup and [Edit]");
}

struct ReplaceCase {
  const char* name;
  std::string pattern, replacement;
  std::string line;
  std::string want;
};

class Replacing : public testing::TestWithParam<ReplaceCase> {};

const ReplaceCase replace_cases[] = {
    {"every_match", "a", "b", "banana", "bbnbnb"},
    {"captures", "(\\w+)@(\\w+)", "$2 at $1", "me@home you@work", "home at me work at you"},
    {"case_counts", "A", "b", "aAa", "aba"},
    {"by_nothing", " *\\[\\d+\\]", "", "Soup [1] is [2] good[3].", "Soup is good."},
    {"between_characters", "(?<=ü)(?=b)", "-", "übung", "ü-bung"},
    {"at_the_end", "$", ".", "Soup", "Soup."},
    {"in_letters_of_more_bytes", "ж(.)", "$1", "жзжи", "зи"},
    {"longer_than_before", "^(\\d)$", "0$1", "7", "07"},
    {"keeps_spaces_around", "x", "y", "a x b", "a y b"},
};

TEST_P(Replacing, IsDoneUntilNothingChanges) {
  // What a rule makes must be what it leaves alone: these rules say so by what they match.
  const std::string guard = GetParam().pattern == "$" ? "(?<!\\.)$" : GetParam().pattern;
  EXPECT_EQ(rewritten("pattern = '''" + guard + "'''\nreplace = '''" + GetParam().replacement + "'''\n",
                      GetParam().line),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Rewrite, Replacing, testing::ValuesIn(replace_cases), case_name);

TEST(Replacing, ByTheSameLeavesTheLineAlone) {
  EXPECT_EQ(rewritten("pattern = 'a+'\nreplace = '$0'\n", "banana"), std::nullopt);
}

class UnsettledRule : public testing::TestWithParam<ReplaceCase> {};

const ReplaceCase unsettled_cases[] = {
    {"grows", "a", "aa", "banana", ""},
    {"goes_round", "^(.)(.+)$", "$2$1", "abc", ""},
    {"doubles", "^.+$", "$0$0", "soup", ""},
    {"inserts_everywhere", "", "x", "soup", ""},
};

TEST_P(UnsettledRule, LeavesTheLineAloneAndIsNamed) {
  const RuleSet rules = rules_from("[[rule]]\nid = \"a.b\"\npattern = '" + GetParam().pattern +
                                   "'\nreplace = '" + GetParam().replacement + "'\n");
  Scratch scratch;
  EXPECT_EQ(rewrite_line(rules.compiled(), 0, GetParam().line, 7, scratch), std::nullopt);
  ASSERT_EQ(scratch.limits.size(), 1U);
  EXPECT_EQ(scratch.limits[0].rule, 0U);
  EXPECT_EQ(scratch.limits[0].line, 7U);
}

INSTANTIATE_TEST_SUITE_P(Rewrite, UnsettledRule, testing::ValuesIn(unsettled_cases), case_name);

TEST(UnsettledRule, IsOneThatReachesTheLimitsToo) {
  const RuleSet rules = rules_from("[[rule]]\nid = \"a.b\"\nscope = \"span\"\npattern = '^(\\w+\\s?)+$'\n");
  Scratch scratch;
  EXPECT_EQ(rewrite_line(rules.compiled(), 0, std::string(20'000, 'a') + "!a%", 3, scratch), std::nullopt);
  ASSERT_EQ(scratch.limits.size(), 1U);
  EXPECT_EQ(scratch.limits[0].line, 3U);
}

}  // namespace
}  // namespace dechaff::match
