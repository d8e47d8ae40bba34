#include "text/line_ends.hpp"

#include <gtest/gtest.h>

#include <string>

#include "case_name.hpp"
#include "steps.hpp"

namespace dechaff::text {
namespace {

class LineEnds : public testing::TestWithParam<RewriteCase> {};

const RewriteCase line_end_cases[] = {
    {"empty", "", ""},
    {"line_feeds_stay", "a\nb\n", "a\nb\n"},
    {"cr_lf", "a\r\nb\r\n", "a\nb\n"},
    {"lone_cr", "a\rb\r", "a\nb\n"},
    {"mixed", "a\r\r\n\nb", "a\n\n\nb"},
    {"lf_cr_is_two", "a\n\rb", "a\n\nb"},
};

TEST_P(LineEnds, BecomeLineFeeds) {
  EXPECT_EQ(apply_edits(GetParam().input, line_end_edits(GetParam().input, 0)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, LineEnds, testing::ValuesIn(line_end_cases), case_name);

TEST(LineEnds, LoseNoMoreThanTheCarriageReturn) {
  const Edits want = {{1, 2, "", 7}, {4, 5, "\n", 7}};
  EXPECT_EQ(line_end_edits("a\r\nb\rc", 7), want);
}

class SoftLineBreaks : public testing::TestWithParam<RewriteCase> {};

const RewriteCase soft_line_break_cases[] = {
    {"word_is_joined", "co\u00AD\noperate now", "cooperate now"},
    {"indentation_goes", "co\u00AD\n \toperate", "cooperate"},
    {"spaces_before_the_line_feed_go", "co\u00AD \t\noperate", "cooperate"},
    {"several_hyphens", "co\u00AD\u00AD\noperate", "cooperate"},
    {"several_words", "ge\u00AD\nhen und ste\u00AD\nhen", "gehen und stehen"},
    {"letters_of_all_kinds", "Ströß\u00AD\nchen, при\u00AD\nвет", "Strößchen, привет"},
    {"mark_belongs_to_its_letter", "cafe\u0301\u00AD\nteria", "cafe\u0301teria"},
    {"capital_starts_a_word_of_its_own", "co\u00AD\nOperate", "co\nOperate"},
    {"digit_starts_a_word_of_its_own", "co\u00AD\n2", "co\n2"},
    {"blank_line_follows", "co\u00AD\n\noperate", "co\n\noperate"},
    {"end_of_text", "co\u00AD", "co"},
    {"end_of_text_after_spaces", "co\u00AD  ", "co  "},
    {"line_feed_at_the_end", "co\u00AD\n", "co\n"},
    {"caseless_letter_follows", "क\u00AD\nख", "क\nख"},
    {"inside_a_line_is_for_a_table", "co\u00ADoperate", "co\u00ADoperate"},
    {"digit_before", "10\u00AD\noperate", "10\u00AD\noperate"},
    {"nothing_before", "\u00AD\noperate", "\u00AD\noperate"},
    {"real_hyphen", "well-\nknown", "well-\nknown"},
};

TEST_P(SoftLineBreaks, AreUndone) {
  EXPECT_EQ(apply_edits(GetParam().input, soft_line_break_edits(GetParam().input, 0)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, SoftLineBreaks, testing::ValuesIn(soft_line_break_cases), case_name);

}  // namespace
}  // namespace dechaff::text
