#include "rules/scores.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "case_name.hpp"
#include "rules/rule.hpp"

namespace dechaff::rules {
namespace {

using testing::ElementsAre;

ReadScores read(std::string content, Errors& errors) {
  return read_scores({"a.scores", "test", std::move(content), {}, {}}, errors);
}

ReadScores read(std::string content) {
  Errors errors;
  ReadScores out = read(std::move(content), errors);
  for (const Error& error : errors) ADD_FAILURE() << to_string(error);
  return out;
}

/// What the tables say of one line whose axes are all `value`, next to none.
std::int32_t score_of(const ScoreTables& all, std::int32_t value) {
  std::int32_t sum = 0;
  for (const auto* tables : {&all.own, &all.around, &all.draft}) {
    for (const ScoreTable& table : *tables) {
      std::size_t cell = 0;
      for (const ScoreTable::Dimension& dimension : table.dimensions) {
        const std::int32_t here = dimension.offset == 0 ? value : axis_edge;
        const auto range = std::ranges::upper_bound(dimension.starts, here) - dimension.starts.begin() - 1;
        cell = cell * dimension.starts.size() + static_cast<std::size_t>(range);
      }
      sum += table.cells[cell];
    }
  }
  return sum;
}

struct ScoreCase {
  const char* name;
  const char* file;
  std::int32_t value;
  std::int32_t want;
  friend void PrintTo(const ScoreCase& row, std::ostream* out) { *out << row.name; }
};

class ReadRows : public testing::TestWithParam<ScoreCase> {};

const ScoreCase score_cases[] = {
    {"one_number", "-0.5 words=2\n", 2, -500},
    {"no_other", "-0.5 words=2\n", 3, 0},
    {"below_a_range", "1 words=2..4\n", 1, 0},
    {"first_of_a_range", "1 words=2..4\n", 2, 1000},
    {"last_of_a_range", "+1 words=2..4\n", 4, 1000},
    {"above_a_range", "1 words=2..4\n", 5, 0},
    {"open_above", "1 words=7..\n", 1'000'000'000, 1000},
    {"the_largest_number", "1 words=2147483647\n", 1'000'000'000, 0},
    {"open_below", "1 words=..7\n", 0, 1000},
    {"open_below_has_no_none", "1 since_prose=..7\n", axis_none, 0},
    {"none", "1 since_prose=none\n", axis_none, 1000},
    {"yes", "1 sentence=yes\n", 1, 1000},
    {"no", "1 sentence=no\n", 1, 0},
    {"edge_of_the_text", "1 words@-1=edge\n", 5, 1000},
    {"neighbour_behind", "1 words@+1=5\n", 5, 0},
    {"kind_of_ending", "1 ending=comma\n", 3, 1000},
    {"all_that_is_asked", "1 words=2 commas=2\n", 2, 1000},
    {"half_of_what_is_asked", "1 words=2 commas=3\n", 2, 0},
    {"ranges_that_overlap_add_up", "1 words=1..5\n0.25 words=3..9\n-0.5 words=5\n", 5, 750},
    {"the_order_of_conditions_is_free", "1 words=2 commas=2\n1 commas=2 words=2\n", 2, 2000},
    {"comments_and_blank_lines", "# 1 words=2\n\n \n1 words=2\n", 2, 1000},
    {"line_ends_of_others", "1 words=2\r\n", 2, 1000},
};

TEST_P(ReadRows, AddUp) {
  const ReadScores scores = read(GetParam().file);
  EXPECT_EQ(score_of(scores.tables, GetParam().value), GetParam().want);
  EXPECT_EQ(score_of(scores.joined, GetParam().value), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Lines, ReadRows, testing::ValuesIn(score_cases), case_name);

struct ScaleCase {
  const char* name;
  std::int32_t value;
  std::uint32_t want;
  friend void PrintTo(const ScaleCase& row, std::ostream* out) { *out << row.name; }
};

class Scales : public testing::TestWithParam<ScaleCase> {};

const ScaleCase scale_cases[] = {
    {"edge", axis_edge, 0},
    {"none", axis_none, 1},
    {"zero", 0, 2},
    {"below_a_start", 6, 2},
    {"a_start", 7, 3},
    {"between", 399, 3},
    {"behind_the_last", 500, 3},
    {"below_a_far_start", 4999, 3},
    {"a_far_start", 5000, 4},
    {"the_largest", 1'000'000'000, 4},
};

TEST_P(Scales, KnowTheRangeOfAValue) {
  const Scale scale({axis_edge, axis_none, 0, 7, 5000});
  EXPECT_EQ(scale.range_of(GetParam().value), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Values, Scales, testing::ValuesIn(scale_cases), case_name);

TEST(Scores, OfAllFilesShareTheScaleOfAnAxis) {
  Scores scores;
  scores.add_file(0, read("1 words=2\n"));
  scores.add_file(1, read("1 words=4..6 said=no\n"));
  scores.index();
  const Scale& words = scores.scales[static_cast<std::size_t>(Axis::words)];
  EXPECT_THAT(words.starts(), ElementsAre(axis_edge, axis_none, 0, 2, 3, 4, 7));
  ASSERT_EQ(scores.files.size(), 2U);
  ASSERT_EQ(scores.files[1].tables.own.size(), 1U);
  const auto& dimensions = scores.files[1].tables.own[0].dimensions;
  ASSERT_EQ(dimensions.size(), 2U);
  EXPECT_THAT(dimensions[0].starts, ElementsAre(axis_edge, axis_none, 0, 4, 7));
  EXPECT_THAT(dimensions[0].steps, ElementsAre(0, 4, 8, 8, 8, 12, 16));  // four ranges of `said` to each
}

TEST(Scores, OfWhatAnotherTableAsksForAreJoined) {
  Scores scores;
  scores.add_file(0, read("1 words=2\n2 words=2..4 said=no\n4 commas=1\n"));
  scores.index();
  EXPECT_EQ(scores.files[0].tables.own.size(), 3U);
  const auto& joined = scores.files[0].joined.own;
  ASSERT_EQ(joined.size(), 2U);
  const auto& dimensions = joined[0].dimensions;
  ASSERT_EQ(dimensions.size(), 2U);
  EXPECT_THAT(dimensions[0].starts, ElementsAre(axis_edge, axis_none, 0, 2, 3, 5));
  EXPECT_THAT(dimensions[1].starts, ElementsAre(axis_edge, axis_none, 0, 1));
  // By words below, none, 0, 2, 3 and 5, of each by said: below, none, no, yes.
  EXPECT_THAT(joined[0].cells, ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 1000, 3000, 1000, 0, 0,
                                           2000, 0, 0, 0, 0, 0));
}

TEST(Scores, OfStrangersDoNotOverflow) {
  std::string file;
  for (int i = 0; i < 30'000; ++i) file += "100 words=2\n";
  const ReadScores scores = read(std::move(file));
  EXPECT_EQ(std::ranges::max(scores.tables.own.at(0).cells), 500 * parts_of_a_score);
}

TEST(Scores, TellAnAxisThatIsCutTooFinely) {
  std::string file;
  for (std::size_t i = 0; i < most_ranges; ++i) file += "1 commas=" + std::to_string(2 * i) + "\n";
  Scores scores;
  scores.add_file(0, read(file));
  EXPECT_EQ(scores.index(), Axis::commas);
}

TEST(Scores, AreSortedByWhatTheyAskFor) {
  const ScoreTables tables =
      read("1 words=2\n2 words@+1=2\n1 times=2 said=no\n1 draft=..49 words=2\n1 keep_share@-1=50..\n").tables;
  EXPECT_EQ(tables.own.size(), 1U);
  EXPECT_EQ(tables.around.size(), 2U);
  EXPECT_EQ(tables.draft.size(), 2U);
}

TEST(Scores, OfWordsAreKeptByKind) {
  const ReadScores scores =
      read("-1 word=cookie\n-2 pair=read_more\n3 first=the\n4 last=said\n-5 whole=read_more\n");
  std::vector<std::string> spelled;
  for (std::uint32_t i = 0; i < scores.words.size(); ++i) {
    const WordScore score = scores.words[i];
    spelled.push_back(std::string(score.words) + " " + std::to_string(score.score));
  }
  EXPECT_THAT(spelled, ElementsAre("wcookie -1000", "pread more -2000", "fthe 3000", "lsaid 4000",
                                   "=read more -5000"));
}

TEST(Scores, OfWordsAreSpelledAsInTheirFile) {
  EXPECT_EQ(spelled_condition("wcookie"), "word=cookie");
  EXPECT_EQ(spelled_condition("=read more"), "whole=read_more");
}

TEST(Scores, OfHitsKeepTheirPlace) {
  const ReadScores scores = read("\n-1.5 hit=related.section\n");
  ASSERT_EQ(scores.hits.size(), 1U);
  EXPECT_EQ(scores.hits[0].id, "related.section");
  EXPECT_EQ(scores.hits[0].score, -1500);
  EXPECT_EQ(scores.hits[0].pos.line, 2U);
  EXPECT_EQ(scores.hits[0].pos.column, 10U);
}

TEST(Scores, MayListFunctionWords) {
  EXPECT_EQ(read("function the of\nfunction und the\n").function_words, (WordSet{"the", "of", "und"}));
}

TEST(Scores, MayNameWhatAChangeCostsTheDraft) {
  EXPECT_EQ(read("draft_cost 1.9\n").draft_cost, 1900);
  EXPECT_EQ(read("1 words=2\n").draft_cost, std::nullopt);
}

struct WrongScores {
  const char* name;
  const char* file;
  const char* want;
  friend void PrintTo(const WrongScores& row, std::ostream* out) { *out << row.name; }
};

class WrongScoreFile : public testing::TestWithParam<WrongScores> {};

const WrongScores wrong_cases[] = {
    {"no_score", "words=2\n",
     "1:1: a line begins with a score such as -0.4, with 'function' or 'draft_cost', or with #"},
    {"score_too_large", "101 words=2\n",
     "1:1: a line begins with a score such as -0.4, with 'function' or 'draft_cost', or with #"},
    {"not_a_number", "nan words=2\n",
     "1:1: a line begins with a score such as -0.4, with 'function' or 'draft_cost', or with #"},
    {"draft_cost_without_a_number", "draft_cost\n", "1:11: 'draft_cost' is a number such as 1.9"},
    {"draft_cost_below_zero", "draft_cost -1\n", "1:12: 'draft_cost' is a number such as 1.9"},
    {"nothing_asked", "1\n", "1:1: the score asks for nothing: write what it is for, such as words=2..4"},
    {"no_condition", "1 words\n", "1:3: write a condition as name=value"},
    {"unknown_axis", "1 wrods=2\n", "1:3: nothing can be asked by 'wrods', did you mean 'words'?"},
    {"wrong_range", "1 words=4..2\n", "1:9: 'words' is asked for as 4, 2..7, 30.., yes, no, none or edge"},
    {"wrong_ending", "1 ending=dot\n", "1:10: 'ending' is asked for as 4, 2..7, 30.., yes, no, none or edge"},
    {"neighbour_too_far", "1 words@9=2\n",
     "1:3: behind '@' stands which line is meant, such as @-1 for the one before"},
    {"words_with_others", "1 word=a words=2\n",
     "1:10: words and hits stand alone: give each a line of its own"},
    {"one_thing_twice", "5 words@-1=3.. words@-1=none\n",
     "1:16: a score asks for each thing once: write one range"},
    {"too_many", "1 words=1 commas=1 link=no said=no year=no\n", "1:36: a score asks for at most 4 things"},
    {"second_line", "1 words=2\n x words=2\n",
     "2:2: a line begins with a score such as -0.4, with 'function' or 'draft_cost', or with #"},
};

TEST_P(WrongScoreFile, IsToldWithItsPlace) {
  Errors errors;
  read(GetParam().file, errors);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(to_string(errors[0]), std::string("a.scores:") + GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Lines, WrongScoreFile, testing::ValuesIn(wrong_cases), case_name);

TEST(WrongScores, AskForTooManySetsOfThings) {
  std::string file;
  for (std::size_t i = 0; i < axes; ++i) {
    for (std::size_t k = 0; k < axes; ++k) {
      const std::string two(axis_name(static_cast<Axis>(k)));
      file += "1 " + std::string(axis_name(static_cast<Axis>(i))) + "@-1=none " + two + "=none\n";
      file += "1 " + std::string(axis_name(static_cast<Axis>(i))) + "@-2=none " + two + "=none\n";
    }
  }
  Errors errors;
  read(std::move(file), errors);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(to_string(errors[0]), "a.scores:1:1: the scores ask for " + std::to_string(2 * axes * axes) +
                                      " different sets of things; the most is 4096");
}

TEST(Axes, AreKnownByTheirNames) {
  for (std::size_t i = 0; i < axes; ++i) {
    const auto axis = static_cast<Axis>(i);
    EXPECT_EQ(axis_named(axis_name(axis)), axis);
  }
  EXPECT_EQ(axis_named("moon"), std::nullopt);
}

}  // namespace
}  // namespace dechaff::rules
