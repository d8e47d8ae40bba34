#include "rules/pattern.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "case_name.hpp"

namespace dechaff::rules {
namespace {

Pattern pattern(std::string_view source) {
  PatternError error;
  const auto compiled = Pattern::compile(source, error);
  EXPECT_NE(compiled, nullptr) << source << ": " << error.message;
  return compiled ? *compiled : Pattern::proven("");
}

Outcome outcome(std::string_view source, std::string_view subject) {
  Scratch scratch;
  return pattern(source).search(subject, 0, scratch);
}

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += text;
  return out;
}

struct MatchCase {
  const char* name;
  std::string_view pattern;
  std::string_view subject;
  Outcome want;
};

class PatternMatch : public testing::TestWithParam<MatchCase> {};

const MatchCase match_cases[] = {
    {"is_searched_anywhere", "b", "abc", Outcome::match},
    {"caret_is_the_start", "^b", "abc", Outcome::no_match},
    {"dollar_is_the_very_end", "^a$", "a\n", Outcome::no_match},
    {"case_counts", "é", "É", Outcome::no_match},
    {"case_may_be_ignored", "(?i)é", "É", Outcome::match},
    {"kelvin_sign_is_a_k", "(?i)k", "\u212A", Outcome::match},
    {"long_s_is_an_s", "(?i)s", "ſ", Outcome::match},
    {"dot_is_a_character_of_four_bytes", "^.$", "😀", Outcome::match},
    {"dot_is_no_line_feed", "^.$", "\n", Outcome::no_match},
    {"word_characters_of_any_script", "^\\w+$", "Привет世界", Outcome::match},
    {"digits_of_any_script", "^\\d+$", "٣४", Outcome::match},
    {"no_break_space_is_space", "^\\s$", "\u00A0", Outcome::match},
    {"words_of_any_script_have_edges", "\\bмир\\b", "мир мой", Outcome::match},
    {"a_word_holds_letters_beyond_ascii", "\\bf", "éf", Outcome::no_match},
    {"properties", "^\\p{Lu}\\p{Ll}+$", "Éa", Outcome::match},
    {"scripts", "^\\p{Thai}+$", "ไทย", Outcome::match},
    {"empty_subject", "^$", "", Outcome::match},
    {"line_feed_inside", "^a\nb$", "a\nb", Outcome::match},
};

TEST_P(PatternMatch, IsFound) { EXPECT_EQ(outcome(GetParam().pattern, GetParam().subject), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Pcre, PatternMatch, testing::ValuesIn(match_cases), case_name);

struct CostlyCase {
  const char* name;
  std::string_view pattern;
  std::string subject;
};

class CostlyPattern : public testing::TestWithParam<CostlyCase> {};

const CostlyCase costly_cases[] = {
    {"repeats_in_repeats", "^(\\w+\\s?)+$", repeated("word ", 20'000) + "!"},
    {"repeats_in_repeats_of_one_word", "^(\\w+\\s?)+$", repeated("a", 20'000) + "!"},
    {"repeats_in_repeats_anywhere", "(a+)+$", repeated("a", 20'000) + "!"},
    {"branches_that_say_the_same", "^(a|a)*$", repeated("a", 20'000) + "!"},
    {"many_optional_ones", "^(?:(?:a?){20}a{20})$", repeated("a", 20'000)},
    {"many_dots", "^.*.*.*[xy]", repeated("a", 20'000)},
    {"groups_of_dots", "(.*)(.*)(.*)(.*)\\d$", repeated("a", 20'000)},
    {"recursion", "^(a|(?1)(?1))+$", repeated("a", 2'000) + "!"},
    {"recursion_in_a_circle", "^(?:((|((?1)|)))()|)$", "bc"},
    {"recursion_in_a_circle_by_name", "(?<n>(|((?&n)|)))()$", "bc"},
    {"recursion_in_a_circle_by_escape", "((|(\\g<1>|)))()$", "bc"},
};

TEST_P(CostlyPattern, IsGivenUp) {
  EXPECT_EQ(outcome(GetParam().pattern, GetParam().subject), Outcome::limit);
}

TEST_P(CostlyPattern, IsGivenUpEachTime) {
  // The interpreter does the first searches, machine code the others.
  const Pattern costly = pattern(GetParam().pattern);
  Scratch scratch;
  for (int i = 0; i < 100; ++i) ASSERT_EQ(costly.search(GetParam().subject, 0, scratch), Outcome::limit) << i;
}

INSTANTIATE_TEST_SUITE_P(Limits, CostlyPattern, testing::ValuesIn(costly_cases), case_name);

TEST(Pattern, OfADeepMatchIsFound) {
  EXPECT_EQ(outcome("^(?:a|b)*c$", repeated("ab", 1'000) + "c"), Outcome::match);
  EXPECT_EQ(outcome("^(?:a|b)*c$", repeated("ab", 1'000)), Outcome::no_match);
}

TEST(Pattern, MatchesAfterALimitWasHit) {
  const Pattern costly = pattern("^(\\w+\\s?)+$");
  Scratch scratch;
  EXPECT_EQ(costly.search(repeated("a", 20'000) + "!", 0, scratch), Outcome::limit);
  EXPECT_EQ(costly.search("two words", 0, scratch), Outcome::match);
  EXPECT_EQ(scratch.capture(0).end, 9U);
}

// Of a long text, the interpreter could find what the machine code gives up on.
TEST(Pattern, FindsTheSameHoweverManySearchesWentBefore) {
  const std::string subject = repeated("a", 1'500) + "z" + repeated(" bcd", 2'400);
  for (const char* source : {"(?:x?a)*z", "(?:aa?)*?z", "(?:a|bc)*?z", "(\\w)*?z"}) {
    const Pattern searched = pattern(source);
    Scratch scratch;
    const Outcome first = searched.search(subject, 0, scratch);
    for (int i = 0; i < 100; ++i)
      ASSERT_EQ(searched.search(subject, 0, scratch), first) << source << " " << i;
  }
}

TEST(Pattern, FindsTheSameByInterpreterAndMachineCode) {
  const Pattern searched = pattern("(\\w+)@(\\w+)\\.(org|net)");
  Scratch scratch;
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(searched.search("write to é@example.net", 0, scratch), Outcome::match);
    ASSERT_EQ(scratch.capture(1).begin, 9U);
    ASSERT_EQ(scratch.capture(1).end, 11U);
    ASSERT_EQ(scratch.capture(3).begin, 20U);
    ASSERT_EQ(searched.search("write to nobody", 0, scratch), Outcome::no_match);
  }
}

struct LongCase {
  const char* name;
  std::string_view pattern;
  std::string before;  // what the match stands behind
  std::string match;
  std::string after;
};

void PrintTo(const LongCase& c, std::ostream* out) { *out << c.name; }

class LongText : public testing::TestWithParam<LongCase> {};

const LongCase long_cases[] = {
    {"at_the_start", "x+", "", "xx", std::string(10'000, 'a')},
    {"in_the_first_window", "x+", std::string(3'000, 'a'), "xx", std::string(10'000, 'a')},
    {"over_the_end_of_a_window", "x+", std::string(search_window - 1, 'a'), "xx", std::string(10'000, 'a')},
    {"in_the_last_window", "x+", std::string(10'000, 'a'), "xx", ""},
    {"of_characters_cut_by_windows", "x+", repeated("aé", 10'000), "xx", repeated("é", 10'000)},
    {"longer_than_windows", "x+", std::string(3'000, 'a'), std::string(20'000, 'x'), "a"},
    {"at_the_true_end_only", "[ax]$", std::string(10'000, 'a'), "x", ""},
    {"with_a_look_behind_the_window", "x(?!a{5000})", "x" + std::string(6'000, 'a'), "x", "aa"},
    {"with_a_look_before_it", "(?<=a)x", std::string(10'000, 'a'), "x", "xx"},
    {"anchored_whole", "^a.*z$", "", "a" + std::string(100'000, 'b') + "z", ""},
};

TEST_P(LongText, IsSearchedWhole) {
  const LongCase& c = GetParam();
  Scratch scratch;
  const std::string text = c.before + c.match + c.after;
  ASSERT_EQ(pattern(c.pattern).search(text, 0, scratch), Outcome::match);
  EXPECT_EQ(scratch.capture(0).begin, c.before.size());
  EXPECT_EQ(scratch.capture(0).end, c.before.size() + c.match.size());
}

INSTANTIATE_TEST_SUITE_P(Windows, LongText, testing::ValuesIn(long_cases), case_name);

TEST(Pattern, SearchesFromAPlace) {
  const Pattern searched = pattern("\\ba");
  Scratch scratch;
  EXPECT_EQ(searched.search("a ba a", 1, scratch), Outcome::match);
  EXPECT_EQ(scratch.capture(0).begin, 5U);
  EXPECT_EQ(pattern("^a").search("aa", 1, scratch), Outcome::no_match);
}

TEST(Pattern, ThatTookNoPartHasNoPlace) {
  const Pattern searched = pattern("(a)|(b)");
  Scratch scratch;
  ASSERT_EQ(searched.search("b", 0, scratch), Outcome::match);
  EXPECT_EQ(scratch.capture(1).begin, std::string_view::npos);
  EXPECT_EQ(scratch.capture(2).begin, 0U);
  EXPECT_EQ(scratch.capture(32).begin, std::string_view::npos);
}

TEST(Pattern, CountsAndNamesItsCaptures) {
  const Pattern searched = pattern("(a)(?:b)(?<year>c)");
  EXPECT_EQ(searched.captures(), 2U);
  EXPECT_EQ(searched.group_named("year"), 2U);
  EXPECT_EQ(searched.group_named("month"), 0U);
  EXPECT_EQ(searched.group_named(""), 0U);
}

TEST(Pattern, MayHaveThirtyOneCaptures) {
  EXPECT_EQ(pattern(repeated("(a)", 93)).captures(), 31U);
  PatternError error;
  EXPECT_EQ(Pattern::compile(repeated("(a)", 96), error), nullptr);
  EXPECT_EQ(error.message, "more than 31 captures, write (?:…) for groups");
}

TEST(Pattern, MayBeFourKibibytesLong) {
  EXPECT_EQ(pattern(std::string(4'096, 'a')).captures(), 0U);
  PatternError error;
  EXPECT_EQ(Pattern::compile(std::string(4'097, 'a'), error), nullptr);
  EXPECT_EQ(error.message, "it is longer than 4096 bytes; split the rule");
}

TEST(Pattern, ProvenToCompileIsCompiledWhenUsed) {
  Scratch scratch;
  const Pattern searched = Pattern::proven("^(a)$");
  EXPECT_EQ(searched.source(), "^(a)$");
  EXPECT_EQ(searched.captures(), 1U);
  EXPECT_EQ(searched.search("a", 0, scratch), Outcome::match);
}

struct EmptyCase {
  const char* name;
  std::string_view pattern;
  bool want;
};

class EmptyMatch : public testing::TestWithParam<EmptyCase> {};

const EmptyCase empty_cases[] = {
    {"letter", "a", false},
    {"anchored_letter", "^a$", false},
    {"optional_letter", "^a?$", true},
    {"nothing", "", true},
    {"empty_branch", "^(?:a|)", true},
    {"lookahead", "^(?=a)", true},
    {"count_from_zero", "a{0,3}", true},
    {"count_from_one", "a{1,3}", false},
};

TEST_P(EmptyMatch, IsKnown) { EXPECT_EQ(pattern(GetParam().pattern).matches_empty(), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Pcre, EmptyMatch, testing::ValuesIn(empty_cases), case_name);

}  // namespace
}  // namespace dechaff::rules
