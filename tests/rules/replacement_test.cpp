#include "rules/replacement.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "case_name.hpp"

namespace dechaff::rules {
namespace {

struct ReplacementCase {
  const char* name;
  std::string pattern;
  std::string subject;
  std::string replacement;
  std::string want;
};

class Replacement : public testing::TestWithParam<ReplacementCase> {};

const ReplacementCase replacement_cases[] = {
    {"plain", "a", "xax", "b", "b"},
    {"empty", "a", "a", "", ""},
    {"the_hit", "[ab]+", "xabx", "<$0>", "<ab>"},
    {"a_capture", "(\\w+) (\\w+)", "one two", "$2 $1", "two one"},
    {"a_capture_in_braces", "(a)", "a", "${1}0", "a0"},
    {"all_digits_belong_to_the_number", "(((((((((((a)))))))))))", "a", "$11", "a"},
    {"a_named_capture", "(?<year>\\d+)-(?<month>\\d+)", "2024-05", "${month}/${year}", "05/2024"},
    {"dollar_signs", "(\\d+)", "5", "US$$ $1 $$$$", "US$ 5 $$"},
    {"dollar_sign_before_a_number", "(\\d+)", "5", "$$1", "$1"},
    {"capture_that_took_no_part", "(a)|(b)", "b", "[$1$2]", "[b]"},
    {"captures_of_more_bytes", "(é+)", "éé", "$1ü", "ééü"},
    {"backslashes_are_themselves", "a", "a", "\\1\\n", "\\1\\n"},
    {"braces_are_themselves", "a", "a", "{1}", "{1}"},
    {"zeros_before_a_number", "(a)", "a", "$01", "a"},
};

TEST_P(Replacement, IsFilledIn) {
  PatternError error;
  const auto pattern = Pattern::compile(GetParam().pattern, error);
  ASSERT_NE(pattern, nullptr) << error.message;
  Scratch scratch;
  ASSERT_EQ(replacement_problem(GetParam().replacement, *pattern), std::nullopt);
  ASSERT_EQ(pattern->search(GetParam().subject, 0, scratch), Outcome::match);
  EXPECT_EQ(expand(GetParam().replacement, *pattern, GetParam().subject, scratch), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Templates, Replacement, testing::ValuesIn(replacement_cases), case_name);

struct ProblemCase {
  const char* name;
  std::string pattern;
  std::string replacement;
  std::string want;
};

class WrongReplacement : public testing::TestWithParam<ProblemCase> {};

constexpr auto lone_dollar =
    "a '$' must be followed by a capture, such as $1 or ${name}; write $$ for the sign itself";

const ProblemCase problem_cases[] = {
    {"no_such_number", "(a)", "$2", "the pattern has no capture '2'"},
    {"number_that_overflows", "(a)", "$99999999999999999999",
     "the pattern has no capture '99999999999999999999'"},
    {"no_such_name", "(?<n>a)", "${m}", "the pattern has no capture 'm'"},
    {"empty_name", "(?<n>a)", "${}", "the pattern has no capture ''"},
    {"group_without_capture", "(?:a)", "$1", "the pattern has no capture '1'"},
    {"dollar_at_the_end", "a", "b$", lone_dollar},
    {"dollar_before_a_letter", "a", "$a", lone_dollar},
    {"brace_not_closed", "(?<n>a)", "${n", lone_dollar},
    {"third_dollar", "a", "$$$", lone_dollar},
    {"line_feed", "a", "b\nc", "'replace' makes one line of one line: take the line feed out"},
};

TEST_P(WrongReplacement, IsToldAbout) {
  PatternError error;
  const auto pattern = Pattern::compile(GetParam().pattern, error);
  ASSERT_NE(pattern, nullptr) << error.message;
  EXPECT_EQ(replacement_problem(GetParam().replacement, *pattern), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Templates, WrongReplacement, testing::ValuesIn(problem_cases), case_name);

}  // namespace
}  // namespace dechaff::rules
