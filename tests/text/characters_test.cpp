#include "text/characters.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "steps.hpp"

namespace dechaff::text {
namespace {

struct TableCase {
  const char* name;
  CharacterTable table;
  std::string input;
  std::string want;
  std::uint64_t hits;
  friend void PrintTo(const TableCase& row, std::ostream* out) { *out << row.name; }
};

class TableStep : public testing::TestWithParam<TableCase> {};

const std::string x31(31, 'x');
const std::string x32(32, 'x');
const std::string near_before = "א" + x31 + "_";
const std::string far_before = "א" + x32 + "_";
const std::string near_behind = "_" + x31 + "א";
const std::string far_behind = "_" + x32 + "א";

const TableCase table_cases[] = {
    {"deletes", {.chars = ranges({"U+200B"})}, "a\u200Bb", "ab", 1},
    {"replaces", {.chars = ranges({"U+2026"}), .to = "..."}, "so…", "so...", 1},
    {"range", {.chars = ranges({"U+2010..U+2012", "U+2014"}), .to = "-"}, "‐‑‒–—", "---–-", 4},
    {"one_text_each", {.chars = ranges({"U+FB01", "U+FB02"}), .to_each = {"fi", "fl"}}, "ﬁﬂ", "fifl", 2},
    {"range_to_range", {.chars = ranges({"U+FF01..U+FF5E"}), .to_first = '!'}, "Ａｚ１～", "Az1~", 4},
    {"ranges_to_range", {.chars = ranges({"U+2170..U+2171", "U+2174"}), .to_first = 'a'}, "ⅰⅱⅴ", "abc", 3},
    {"itself_is_no_change", {.chars = ranges({"U+0061..U+0062"}), .to = "a"}, "ab", "aa", 1},
    {"counts_only",
     {.chars = ranges({"U+E000..U+F8FF"}), .count_only = true},
     "a\uE000b\uF8FF",
     "a\uE000b\uF8FF",
     2},
    {"null", {.chars = ranges({"U+0000"})}, std::string("a\0b", 3), "ab", 1},
    {"after", {.chars = ranges({"U+002D"}), .after = classes({"letter"})}, "a- 1- -", "a 1- -", 1},
    {"before", {.chars = ranges({"U+002D"}), .before = classes({"letter", "mark"})}, "-a -1", "a -1", 1},
    {"after_and_before",
     {.chars = ranges({"U+002D"}), .after = classes({"letter"}), .before = classes({"digit"})},
     "a-1 a-b 1-1",
     "a1 a-b 1-1",
     1},
    {"unless_after", {.chars = ranges({"U+002D"}), .unless_after = classes({"Thai"})}, "a-ก-", "aก-", 1},
    {"unless_before", {.chars = ranges({"U+002D"}), .unless_before = classes({"Thai"})}, "a-ก-", "a-ก", 1},
    {"line_edges",
     {.chars = ranges({"U+002D"}), .after = classes({"line-edge"}), .before = classes({"line-edge"})},
     "-\n-a\na-\n-",
     "\n-a\na-\n",
     2},
    {"neighbours_of_a_run_are_its_own",
     {.chars = ranges({"U+002D", "U+005F"}), .after = classes({"letter"}), .before = classes({"letter"})},
     "a-_-b a--1",
     "ab a--1",
     3},
    {"near_before",
     {.chars = ranges({"U+005F"}), .unless_near = classes({"rtl"})},
     near_before,
     near_before,
     0},
    {"far_before", {.chars = ranges({"U+005F"}), .unless_near = classes({"rtl"})}, far_before, "א" + x32, 1},
    {"near_behind",
     {.chars = ranges({"U+005F"}), .unless_near = classes({"rtl"})},
     near_behind,
     near_behind,
     0},
    {"far_behind", {.chars = ranges({"U+005F"}), .unless_near = classes({"rtl"})}, far_behind, x32 + "א", 1},
    {"near_in_another_line",
     {.chars = ranges({"U+005F"}), .unless_near = classes({"rtl"})},
     "א\n_\nא",
     "א\n\nא",
     1},
    {"near_from_time_to_time",
     {.chars = ranges({"U+005F"}), .unless_near = classes({"digit"})},
     "_1_" + x32 + x32 + "_" + x32 + x32 + "_2_\n_",
     "_1_" + x32 + x32 + x32 + x32 + "_2_\n",
     2},
};

TEST_P(TableStep, ActsWhereItsConditionsHold) {
  const TableCase& row = GetParam();
  const std::vector<Step> steps = {table_step(7, row.table)};
  const CharacterPass::Result result = CharacterPass(steps).run(row.input);
  EXPECT_EQ(apply_edits(row.input, result.edits), row.want);
  EXPECT_EQ(result.hits, std::vector<std::uint64_t>{row.hits});
}

INSTANTIATE_TEST_SUITE_P(Table, TableStep, testing::ValuesIn(table_cases), case_name);

TEST(CharacterPass, LetsTheFirstStepActWhoseConditionsHold) {
  const std::vector<Step> steps = {
      table_step(1, {.chars = ranges({"U+002D"}), .to = "1", .after = classes({"letter"})}),
      action_step(2, StepAction::line_ends),
      table_step(3, {.chars = ranges({"U+002D..U+002E"}), .to = "3"}),
      table_step(4, {.chars = ranges({"U+002E..U+002F"}), .to = "4"}),
  };
  const CharacterPass::Result result = CharacterPass(steps).run("a- -./");
  EXPECT_EQ(apply_edits("a- -./", result.edits), "a1 334");
  EXPECT_EQ(result.hits, (std::vector<std::uint64_t>{1, 2, 1}));
}

TEST(CharacterPass, WithoutTablesDoesNothing) {
  EXPECT_TRUE(CharacterPass().run("a\u200Bb").edits.empty());
  EXPECT_TRUE(CharacterPass().run("").edits.empty());
}

TEST(CharacterPass, JoinsDeletionsByOneStep) {
  const std::vector<Step> steps = {table_step(1, {.chars = ranges({"U+002D"})}),
                                   table_step(2, {.chars = ranges({"U+005F"})})};
  const Edits want = {{1, 4, "", 1}, {4, 5, "", 2}, {6, 7, "", 1}};
  EXPECT_EQ(CharacterPass(steps).run("a---_b-").edits, want);
}

// A scan from each character to its neighbour or through its surroundings would take hours.
TEST(CharacterPass, IsLinearInRunsOfItsOwnCharacters) {
  const std::vector<Step> steps = {
      table_step(1, {.chars = ranges({"U+200B"}), .before = classes({"Thai"})}),
      table_step(2, {.chars = ranges({"U+200B..U+200F"}), .unless_after = classes({"letter"})}),
      table_step(3, {.chars = ranges({"U+200B"}), .unless_near = classes({"rtl"})}),
  };
  std::string text = "a";
  for (int i = 0; i < 1'000'000; ++i) text += "\u200B";
  const CharacterPass::Result result = CharacterPass(steps).run(text);
  EXPECT_EQ(result.hits, (std::vector<std::uint64_t>{0, 0, 1'000'000}));
  EXPECT_EQ(result.edits.size(), 1U);
}

}  // namespace
}  // namespace dechaff::text
