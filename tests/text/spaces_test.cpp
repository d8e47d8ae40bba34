#include "text/spaces.hpp"

#include <gtest/gtest.h>

#include <string>

#include "case_name.hpp"
#include "steps.hpp"

namespace dechaff::text {
namespace {

class SpaceRuns : public testing::TestWithParam<RewriteCase> {};

const RewriteCase run_cases[] = {
    {"two", "one  two", "one two"},
    {"many_in_a_sentence", "One         two    three.", "One two three."},
    {"many_in_a_long_line",
     "one two three four five six seven eight nine ten one two three four five six seven eight nine ten one "
     "two "
     "three four five six   seven eight nine ten",
     "one two three four five six seven eight nine ten one two three four five six seven "
     "eight nine ten one two three four five six seven eight nine ten"},
    {"indentation_stays", "   one  two", "   one two"},
    {"trailing_spaces_stay", "one  two   ", "one two   "},
    {"each_line_by_itself", "a  b\nc   d\n    e  f\n", "a b\nc   d\n    e  f\n"},
    {"typewriter_sentences", "It rained.  We stayed!  \"Why?\"  It stopped.",
     "It rained. We stayed! \"Why?\" It stopped."},
    {"typewriter_sentences_with_curly_quotes", "“It rained.”  “Yes.”  (No.)  Good.",
     "“It rained.” “Yes.” (No.) Good."},
    {"in_the_last_bytes", "abcdefghijklmnop  x", "abcdefghijklmnop x"},
    {"across_a_word_of_the_scan", "abcdefg  hijklmn", "abcdefg hijklmn"},
};

TEST_P(SpaceRuns, BecomeOneSpaceInProse) {
  EXPECT_EQ(apply_edits(GetParam().input, space_run_edits(GetParam().input, 0)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Prose, SpaceRuns, testing::ValuesIn(run_cases), case_name);

class Layout : public testing::TestWithParam<StayCase> {};

const StayCase layout_cases[] = {
    {"empty", ""},
    {"single_spaces", "one two three"},
    {"blank_line", "      "},
    {"code", "    if (a  == b)"},
    {"tab_indentation", "\tif (a  == b)"},
    {"tab_inside", "one  two\tthree"},
    {"columns", "name    age    town"},
    {"columns_of_two_spaces", "name  age  town"},
    {"abbreviations_in_columns", "No.   Name   Town"},
    {"sentence_before_a_column", "It rained.  Here   12"},
    {"table", "name  | age"},
    {"two_columns", "Tideford   12"},
    {"numbers", "0.4   0.0"},
    {"numbers_side_by_side", "4  7"},
    {"behind_a_list_marker", "1.  Apologies"},
    {"behind_the_marker_of_a_sentence", "1.  The minutes were read."},
    {"only_leading", "   one"},
    {"only_trailing", "one   "},
};

TEST_P(Layout, Stays) {
  EXPECT_EQ(apply_edits(GetParam().text, space_run_edits(GetParam().text, 0)), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Table, Layout, testing::ValuesIn(layout_cases), case_name);

class TrailingSpace : public testing::TestWithParam<RewriteCase> {};

const RewriteCase trailing_cases[] = {
    {"none", "one\ntwo", "one\ntwo"},
    {"spaces_and_tabs", "one \t \ntwo ", "one\ntwo"},
    {"blank_lines", "  \n\t\n", "\n\n"},
    {"white_space_of_all_kinds", "one\u00A0\u1680\u2003\u202F\u3000\ntwo", "one\ntwo"},
    {"before_cr_lf", "one \r\ntwo \r", "one\r\ntwo\r"},
    {"leading_stays", "  one", "  one"},
    {"what_ends_a_line_stays", "one \f\ntwo\u2028\nthree\r", "one \f\ntwo\u2028\nthree\r"},
    {"zero_width_space_is_none", "one\u200B\n", "one\u200B\n"},
    {"only_spaces", "   ", ""},
};

TEST_P(TrailingSpace, IsDeleted) {
  EXPECT_EQ(apply_edits(GetParam().input, trailing_space_edits(GetParam().input, 0)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, TrailingSpace, testing::ValuesIn(trailing_cases), case_name);

}  // namespace
}  // namespace dechaff::text
