#include "apply/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "apply/shipped.hpp"
#include "case_name.hpp"

namespace dechaff::apply {
namespace {

constexpr EntryIndex collapse = 1, edges = 2, newline = 3;

text::Plan plan_of(const std::vector<EntryIndex>& entries) {
  std::vector<text::Step> steps;
  for (const EntryIndex entry : entries) {
    const text::StepAction action = entry == collapse ? text::StepAction::blank_lines
                                    : entry == edges  ? text::StepAction::edge_lines
                                                      : text::StepAction::final_newline;
    steps.push_back({entry, action, {}});
  }
  return {Form::none, 0, steps};
}

struct LayoutCase {
  const char* name;
  std::vector<EntryIndex> steps;
  bool is_part;
  std::string_view text;
  std::string_view want;
  std::vector<EntryIndex> removed_by;
  std::uint64_t lines;
  friend void PrintTo(const LayoutCase& row, std::ostream* out) { *out << row.name; }
};

const std::vector<EntryIndex> all = {collapse, edges, newline};

const LayoutCase layout_cases[] = {
    {"nothing", all, false, "", "", {}, 0},
    {"one_line", all, false, "one", "one\n", {}, 1},
    {"blank_lines_to_one", all, false, "one\n\n \n\ntwo\n", "one\n\ntwo\n", {collapse, collapse}, 2},
    {"blank_edges", all, false, "\n\none\n\n\n", "one\n", {collapse, edges, edges, collapse}, 1},
    {"blank_last_line_that_does_not_end", all, false, "one\n \t", "one\n", {edges}, 1},
    {"all_blank", all, false, "\n \n\u3000", "", {edges, collapse, collapse}, 0},
    {"wide_space_is_blank", all, false, "a\n\u3000\n\u00A0\nb\n", "a\n\u3000\nb\n", {collapse}, 2},
    {"edges_alone", {edges}, false, "\n\none\n\n\ntwo\n\n", "one\n\n\ntwo\n", {edges, edges, edges}, 2},
    {"collapse_alone", {collapse}, false, "\n\none\n\n\n", "\none\n\n", {collapse, collapse}, 1},
    {"newline_behind_a_blank_line", {newline}, false, "one\n ", "one\n \n", {}, 1},
    {"part_keeps_its_end", all, true, "one", "one", {}, 1},
    {"part_of_which_the_end_goes", all, true, "one\n\n ", "one", {edges, collapse}, 1},
    {"part_that_ends", all, true, "one\n\n", "one\n", {edges}, 1},
    {"newline_behind_a_blank_first_line", {newline}, false, "\none", "\none\n", {}, 1},
    {"newline_behind_blank_lines_inside", {newline}, false, "one\n\ntwo", "one\n\ntwo\n", {}, 2},
    {"no_steps", {}, false, "\n\none\n\n\n", "\n\none\n\n\n", {}, 1},
    {"letters_beyond_ascii", all, false, "\u6F22\n\n\n\u6F22\n", "\u6F22\n\n\u6F22\n", {collapse}, 2},
};

class LayOut : public testing::TestWithParam<LayoutCase> {};

TEST_P(LayOut, SeesToBlankLinesAndTheEnd) {
  const LayoutCase& row = GetParam();
  const LaidOut found = lay_out(row.text, Layout(plan_of(row.steps), row.is_part));
  EXPECT_EQ(apply_edits(row.text, found.edits), row.want);
  std::vector<EntryIndex> sorted = row.removed_by, got = found.removed_by;
  std::ranges::sort(sorted);
  std::ranges::sort(got);
  EXPECT_EQ(got, sorted);
  EXPECT_EQ(found.lines, row.lines);
}

INSTANTIATE_TEST_SUITE_P(Table, LayOut, testing::ValuesIn(layout_cases), case_name);

class LaidOutTestData : public testing::TestWithParam<std::filesystem::path> {};

// Where all lines are to be told, the stages of a document that rules act on lay it out.
TEST_P(LaidOutTestData, IsTheSameWithoutStages) {
  const std::string raw = bytes_of(GetParam());
  Workspace workspace;
  for (const bool is_part : {false, true}) {
    const Input input{raw, "", "", "", is_part};
    const Cleaned without = shipped_cleaner("normalise").clean(input, workspace);
    const Cleaned with = shipped_cleaner("normalise").clean(input, workspace, Detail::lines);
    EXPECT_EQ(without.text, with.text);
    EXPECT_EQ(without.changes, with.changes);
    EXPECT_EQ(without.lines_in, with.lines_in);
    EXPECT_EQ(without.lines_out, with.lines_out);
    EXPECT_EQ(without.words_in, with.words_in);
    EXPECT_EQ(without.words_out, with.words_out);
  }
}

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string out = info.param.stem().string();
  std::ranges::replace_if(
      out, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Raw, LaidOutTestData, testing::ValuesIn(test_data("raw")), name_of);

}  // namespace
}  // namespace dechaff::apply
