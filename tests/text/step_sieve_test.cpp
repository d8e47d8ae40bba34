#include "text/step_sieve.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"
#include "steps.hpp"

namespace dechaff::text {
namespace {

using enum StepAction;

/// Every algorithm, a table of characters that are deleted, and NFC.
StepSieve usual_sieve() {
  std::vector<Step> steps = {
      table_step(9, {.chars = ranges({"U+0000..U+0008", "U+0085", "U+00A0", "U+200B", "U+E000..U+F8FF"})})};
  for (const StepAction action :
       {mojibake, entities, terminal_escapes, line_ends, soft_line_breaks, space_runs, trailing_space})
    steps.push_back(action_step(1, action));
  return {Form::nfc, steps};
}

class SieveTells : public testing::TestWithParam<StayCase> {};

const StayCase told_cases[] = {
    {"control", "a\x01"},
    {"carriage_return", "a\r"},
    {"escape", "a\x1B[m"},
    {"character_of_a_table", "a\u200B"},
    {"character_beyond_the_basic_plane", "\U0001D15E"},
    {"reference", "a &lt; b"},
    {"two_spaces", "one  two"},
    {"two_spaces_behind_three", "   one  two"},
    {"space_at_the_end", "one "},
    {"tab_at_the_end", "one\t"},
    {"wide_space_at_the_end", "one\u3000"},
    {"soft_hyphen", "co\u00ADoperate"},
    {"mojibake", "dÃ©jà"},
    {"mark_that_composes", "e\u0301"},
    {"marks_out_of_order", "\u05E9\u05C1\u05B8"},
    {"character_not_in_the_form", "\u212B"},
};

TEST_P(SieveTells, TheLineOfIt) {
  const StepSieve sieve = usual_sieve();
  for (std::size_t before = 0; before < 70; ++before) {
    const std::string first = std::string(before, 'x') + "\n";
    const std::string line = std::string(GetParam().text) + "\n";
    const std::vector<LineRange> found = sieve.find(first + line + "plain\n\n");
    ASSERT_EQ(found.size(), 1U) << before;
    EXPECT_EQ(found[0].begin, first.size());
    EXPECT_GE(found[0].end, first.size() + line.size());
  }
}

INSTANTIATE_TEST_SUITE_P(Table, SieveTells, testing::ValuesIn(told_cases), case_name);

class SievePasses : public testing::TestWithParam<StayCase> {};

const StayCase passed_cases[] = {
    {"nothing", ""},
    {"prose", "It’s “plain” text – really… 5 × 3 = 15 €"},
    {"accents", "Être ou ne pas être, là est l’œuvre"},
    {"ampersand_alone", "R&D, fish & chips; a&b c;"},
    {"indented_columns", "    name    age    town"},
    {"indent", "  one\n\ttwo"},
    {"blank_lines", "one\n\n\ntwo"},
    {"wide_space_inside", "\u3000東京\u3000大阪"},
    {"marks_in_order", "\u05E9\u05B8\u05C1"},
    {"devanagari", "हिन्दी में लिखा"},
    {"korean", "한국어 텍스트"},
    {"emoji", "👩 🏽"},
};

TEST_P(SievePasses, OverIt) {
  const std::string text(GetParam().text);
  for (const std::string& one : {text, text + "\n", std::string(70, 'x') + "\n" + text})
    EXPECT_EQ(usual_sieve().find(one), std::vector<LineRange>()) << one;
}

INSTANTIATE_TEST_SUITE_P(Table, SievePasses, testing::ValuesIn(passed_cases), case_name);

TEST(StepSieve, BringsTheNextLineAlongWhereLinesMayBeJoined) {
  const StepSieve sieve = usual_sieve();
  EXPECT_EQ(sieve.find("one\u00AD\ntwo\nthree"), (std::vector<LineRange>{{0, 10}}));
  EXPECT_EQ(sieve.find("one&shy;\ntwo\nthree"), (std::vector<LineRange>{{0, 13}}));
  EXPECT_EQ(sieve.find("one \ntwo\nthree"), (std::vector<LineRange>{{0, 5}}));
}

TEST(StepSieve, TellsLinesThatFollowEachOtherAsOne) {
  EXPECT_EQ(usual_sieve().find("a\nb \nc \nd\ne "), (std::vector<LineRange>{{2, 8}, {10, 12}}));
}

TEST(StepSieve, TellsEverythingWhereATableActsOnPlainText) {
  const std::vector<Step> steps = {table_step(1, {.chars = ranges({"U+0061"}), .to = "b"})};
  EXPECT_EQ(StepSieve(Form::nfc, steps).find("x\ny\n"), (std::vector<LineRange>{{0, 4}}));
}

TEST(StepSieve, OfNoStepsTellsNothing) {
  EXPECT_TRUE(StepSieve().find("a  b \r\n\u200B").empty());
  EXPECT_TRUE(StepSieve(Form::none, {}).find("a  b \r\n\u200Be\u0301").empty());
}

}  // namespace
}  // namespace dechaff::text
