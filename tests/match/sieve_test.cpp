#include "match/sieve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "case_name.hpp"

namespace dechaff::match {
namespace {

using testing::ElementsAreArray;

using Texts = std::vector<std::string>;

rules::Pattern pattern(const std::string& source) {
  rules::PatternError error;
  auto out = rules::Pattern::compile(source, error);
  EXPECT_NE(out, nullptr) << error.message;
  return std::move(*out);
}

struct SieveCase {
  const char* name;
  const char* pattern;
  const char* except;  // or nothing
  Texts starts;
  Texts needs;
  rules::Scope scope = rules::Scope::line;
  friend void PrintTo(const SieveCase& row, std::ostream* out) { *out << row.name; }
};

class SieveOf : public testing::TestWithParam<SieveCase> {};

const SieveCase sieve_cases[] = {
    {"a_start_and_a_literal", "^read .* minutes$", nullptr, {"read"}, {" minutes"}},
    {"of_a_block_a_word", "^read .* minutes$", nullptr, {"read"}, {"minutes"}, rules::Scope::block},
    {"what_an_exception_asks_for", "^by .+$", "^(?!.*(?:share|tweet)).", {"by "}, {"share", "tweet"}},
    {"only_if_it_is_rarer", "^by .+ zyx$", "^(?!.*(?:share|tweet)).", {"by "}, {" zyx"}},
    {"a_start_or_a_literal_by_branch", "^(?:by .+|.*zyx)$", nullptr, {"by "}, {"zyx"}},
    {"not_the_start_of_one_branch_alone", "^(?:b|(){1,}a)$", nullptr, {}, {"a", "b"}},
    {"nothing_of_an_exception_for_some", "^by .+$", "^(?!.*share).{1,9}$", {"by "}, {"by "}},
    {"nothing_of_two_that_look_like_one", "^by .+$", "^(?!share)b(x).", {"by "}, {"by "}},
    {"nothing_of_what_may_be_empty", "^.*$", "^(?!.*share).", {}, {}},
    {"nothing_of_what_is_not_understood", "^by .+$", "^(?!.*\\Qshare\\E).", {"by "}, {"by "}},
};

TEST_P(SieveOf, TellsWhatATextMustHave) {
  rules::Rule rule;
  rule.scope = GetParam().scope;
  rule.pattern = pattern(GetParam().pattern);
  if (GetParam().except != nullptr) rule.except.push_back(pattern(GetParam().except));
  const rules::Sieve sieve = sieve_of(rule);
  EXPECT_THAT(sieve.starts, ElementsAreArray(GetParam().starts));
  EXPECT_THAT(sieve.needs, ElementsAreArray(GetParam().needs));
}

INSTANTIATE_TEST_SUITE_P(Rules, SieveOf, testing::ValuesIn(sieve_cases), case_name);

}  // namespace
}  // namespace dechaff::match
