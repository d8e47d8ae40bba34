#include "match/literals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "match/literal_scanner.hpp"

namespace dechaff::match {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct NeedCase {
  const char* name;
  const char* pattern;
  std::vector<std::string> literals;
  std::vector<std::string> words;
  friend void PrintTo(const NeedCase& row, std::ostream* out) { *out << row.name; }
};

class Needs : public testing::TestWithParam<NeedCase> {};

TEST_P(Needs, AreTheRarestTextsOfWhichAMatchHoldsOne) {
  const auto syntax = parse(GetParam().pattern);
  ASSERT_TRUE(syntax);
  EXPECT_THAT(needed_literals(*syntax), testing::ElementsAreArray(GetParam().literals));
  EXPECT_THAT(needed_words(*syntax), testing::ElementsAreArray(GetParam().words));
}

const NeedCase need_cases[] = {
    {"a_text", "^share this$", {"share this"}, {"share"}},
    {"either_of_a_choice", "^(?:share|tweet)$", {"share", "tweet"}, {"share", "tweet"}},
    {"what_may_be_missing_joined_with_the_rest", "comments?", {"comment"}, {"comment"}},
    {"the_rarer_side_of_anything", "^on .*quiz", {"quiz"}, {"quiz"}},
    {"one_of_a_repeat", "(?:abc)+", {"abc"}, {"abc"}},
    {"few_of_a_class", "x[yz]", {"xy", "xz"}, {"xy", "xz"}},
    {"not_what_only_looks", "(?=foo)bar(?!baz)", {"bar"}, {"bar"}},
    {"nothing_of_what_may_be_missing", "(?:abc)*|(?:abc)?", {}, {}},
    {"nothing_of_classes", "^\\d+ \\w+$", {" "}, {}},
    {"nothing_of_a_choice_with_an_open_branch", "^(?:share|.*)$", {}, {}},
    {"a_group_that_is_called_again_where_it_stands",
     "^(menu|home)(?: (?1))+$",
     {"home", "menu"},
     {"home", "menu"}},
    {"letters_beyond_ascii", "^über.*ж$", {"über"}, {"über"}},
};

INSTANTIATE_TEST_SUITE_P(All, Needs, testing::ValuesIn(need_cases),
                         [](const auto& tested) { return tested.param.name; });

std::vector<std::uint32_t> found(std::vector<LiteralScanner::Literal> literals, std::string_view text) {
  const LiteralScanner scanner(std::move(literals));
  std::vector<std::uint32_t> out;
  scanner.scan(text, [&](std::uint32_t id) { out.push_back(id); });
  std::ranges::sort(out);
  return out;
}

TEST(LiteralScanner, FindsLiteralsOfAllSizesWhereverTheyStand) {
  const std::vector<LiteralScanner::Literal> literals = {{"x", 1}, {"ab", 2}, {"abc", 3}, {"share this", 4}};
  EXPECT_THAT(found(literals, "x"), ElementsAre(1));
  EXPECT_THAT(found(literals, "ab"), ElementsAre(2));
  EXPECT_THAT(found(literals, "please share this"), ElementsAre(4));
  EXPECT_THAT(found(literals, "share thi"), IsEmpty());
  EXPECT_THAT(found(literals, "abcx"), ElementsAre(1, 2, 3));
  EXPECT_THAT(found(literals, ""), IsEmpty());
}

TEST(LiteralScanner, NamesAllThatAskForOneText) {
  EXPECT_THAT(found({{"menu", 1}, {"menu", 2}, {"men", 3}}, "a menu, a menu"), ElementsAre(1, 1, 2, 2, 3, 3));
}

TEST(LiteralScanner, TellsNullBytesFromTheEnd) {
  using std::string_view_literals::operator""sv;
  EXPECT_THAT(found({{"a\0"sv, 1}, {"ab\0\0"sv, 2}}, "a"), IsEmpty());
  EXPECT_THAT(found({{"a\0"sv, 1}, {"ab\0\0"sv, 2}}, "ab"), IsEmpty());
  EXPECT_THAT(found({{"a\0"sv, 1}}, "a\0"sv), ElementsAre(1));
}

TEST(LiteralScanner, AgreesWithASearchForEach) {
  std::vector<std::string> texts;
  for (char a = 'a'; a < 'e'; ++a) {
    for (char b = 'a'; b < 'e'; ++b)
      texts.push_back(std::string(1 + static_cast<std::size_t>(a - 'a'), a) + b);
  }
  std::vector<LiteralScanner::Literal> literals;
  for (const std::string& text : texts)
    literals.push_back({text, static_cast<std::uint32_t>(literals.size())});
  std::string text;
  std::uint32_t state = 1;
  for (int i = 0; i < 5000; ++i) {
    state = state * 1664525U + 1013904223U;
    text += static_cast<char>('a' + (state >> 24) % 6);
  }
  std::vector<std::uint32_t> want;
  for (const LiteralScanner::Literal& literal : literals) {
    for (std::size_t at = text.find(literal.text); at != text.npos; at = text.find(literal.text, at + 1))
      want.push_back(literal.id);
  }
  EXPECT_EQ(found(literals, text), want);
}

}  // namespace
}  // namespace dechaff::match
