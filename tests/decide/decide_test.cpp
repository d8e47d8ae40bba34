#include "decide/decide.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "case_name.hpp"
#include "deciding.hpp"

namespace dechaff::decide {
namespace {

struct DecideCase {
  const char* name;
  std::string_view rules;
  std::string_view text;
  std::string_view want;
  Ask ask = {};
  friend void PrintTo(const DecideCase& row, std::ostream* out) { *out << row.name; }
};

class Decide : public testing::TestWithParam<DecideCase> {};

TEST_P(Decide, GivesVerdicts) {
  const DecideCase& row = GetParam();
  EXPECT_EQ(verdicts(row.rules, row.text, row.ask), row.want);
}

constexpr std::string_view drop_and_keep = R"(
[[rule]]
id = "t.drop"
lines = ["chaff", "both"]

[[rule]]
id = "t.keep"
keep = true
lines = ["both", "wheat"]

[[rule]]
id = "t.run"
scope = "block"
pattern = '^one (both|two) three$'
)";

const DecideCase drop_cases[] = {
    {"nothing_to_decide", drop_and_keep, "", ""},
    {"what_no_rule_hits_stays", drop_and_keep, "a\nb\n", "kk"},
    {"a_drop_rule_drops", drop_and_keep, "a\nChaff!\nb\n", "kdk"},
    {"a_keep_rule_beats_a_drop_rule", drop_and_keep, "both\n", "k"},
    {"a_keep_rule_alone_does_nothing", drop_and_keep, "wheat\na\n", "kk"},
    {"a_run_goes_as_a_whole", drop_and_keep, "one\ntwo\nthree\nfour\n", "dddk"},
    {"a_run_with_a_protected_line_stays_as_a_whole", drop_and_keep, "one\nboth\nthree\n", "kkk"},
    {"a_blank_line_ends_a_run", drop_and_keep, "one\n\ntwo\nthree\n", "kkk"},
    {"nothing_is_trusted_by_level_0",
     "[profile.none]\nlevel = 0\n[[rule]]\nid = 't.a'\nlines = ['a']",
     "a\n",
     "k",
     {.profile = "none"}},
    {"a_higher_level_is_not_trusted", "[[rule]]\nid = 't.a'\nlines = ['a']\nlevel = 2", "a\n", "k"},
    {"unless_it_is_enabled",
     "[[rule]]\nid = 't.a'\nlines = ['a']\nlevel = 2",
     "a\n",
     "d",
     {.enable = {"t.a"}}},
    {"a_rule_that_is_off_does_nothing", drop_and_keep, "chaff\n", "k", {.disable = {"t.drop"}}},
    {"a_keep_rule_that_is_off_protects_nothing", drop_and_keep, "both\n", "d", {.disable = {"t.keep"}}},
};
INSTANTIATE_TEST_SUITE_P(Drop, Decide, testing::ValuesIn(drop_cases), case_name);

constexpr std::string_view levels = R"(
[profile.far]
level = 2

[[rule]]
id = "t.one"
lines = ["one"]

[[rule]]
id = "t.two"
lines = ["two"]
level = 2

[[rule]]
id = "t.three"
lines = ["three"]
level = 3
)";

const DecideCase reach_cases[] = {
    {"full_takes_all_that_is_trusted", levels, "one\ntwo\nthree\n", "ddk", {.profile = "far"}},
    {"certain_takes_level_1",
     levels,
     "one\ntwo\nthree\n",
     "dkk",
     {.profile = "far", .reach = Reach::certain}},
    {"certain_takes_what_was_enabled",
     levels,
     "one\ntwo\nthree\n",
     "dkd",
     {.profile = "far", .reach = Reach::certain, .enable = {"t.three"}}},
};
INSTANTIATE_TEST_SUITE_P(HowFar, Decide, testing::ValuesIn(reach_cases), case_name);

constexpr std::string_view until_blank = R"(
[[rule]]
id = "t.section"
scope = "section"
pattern = '^related$'
max_lines = 3

[[rule]]
id = "t.keep"
keep = true
lines = ["wheat"]
)";
constexpr std::string_view until_end = R"(
[[rule]]
id = "t.section"
scope = "section"
pattern = '^related$'
until = "end"
max_lines = 3

[[rule]]
id = "t.keep"
keep = true
lines = ["wheat"]
)";
constexpr std::string_view until_prose = R"(
[[rule]]
id = "t.section"
scope = "section"
lines = ["related"]
until = "prose"
max_lines = 4

[[rule]]
id = "t.keep"
keep = true
lines = ["wheat"]
)";
#define TWELVE_WORDS "one two three four five six seven eight nine ten eleven twelve"

const DecideCase section_cases[] = {
    {"until_blank_ends_there", until_blank, "a\nRelated\nb\n\nc\n", "kddk"},
    {"until_blank_ends_with_the_text", until_blank, "Related\nb\n", "dd"},
    {"a_heading_above_a_blank_line_goes_alone", until_blank, "Related\n\nb\n", "dk"},
    {"until_blank_of_just_max_lines", until_blank, "Related\nb\nc\n\nd\n", "dddk"},
    {"until_blank_stops_at_max_lines", until_blank, "Related\nb\nc\nd\ne\n", "dddkk"},
    {"a_protected_line_ends_it", until_blank, "Related\nwheat\nb\n", "dkk"},
    {"each_heading_has_a_section", until_blank, "Related\nb\n\nc\n\nRelated\nd\n", "ddkdd"},
    {"a_heading_in_a_section_goes_on", until_blank, "Related\nRelated\nb\nc\nd\n", "ddddk"},
    {"until_end_goes_over_blank_lines", until_end, "a\n\nRelated\n\nb\n\nc\n", "kddd"},
    {"until_end_too_long_drops_nothing", until_end, "Related\nb\nc\nd\n", "kkkk"},
    {"until_end_stops_at_a_protected_line", until_end, "Related\nb\nwheat\nc\nd\n", "ddkkk"},
    {"until_prose_stays_before_a_sentence", until_prose, "Related\nb\n\nc\n" TWELVE_WORDS ".\nd\n", "dddkk"},
    {"many_words_without_a_sentence_are_no_prose", until_prose, "Related\n" TWELVE_WORDS "\nc\n", "ddd"},
    {"thirty_words_are_prose", until_prose, "Related\nb\n" TWELVE_WORDS " " TWELVE_WORDS " a b c d e f\n",
     "ddk"},
    {"until_prose_stops_at_max_lines", until_prose, "Related\nb\nc\nd\ne\n", "ddddk"},
    {"until_prose_stops_at_a_protected_line", until_prose, "Related\nb\nwheat\nc\n", "ddkk"},
    {"a_protected_heading_heads_nothing",
     "[[rule]]\nid = 't.s'\nscope = 'section'\nlines = ['wheat']\n"
     "[[rule]]\nid = 't.k'\nkeep = true\nlines = ['wheat']",
     "wheat\nb\n", "kk"},
    {"the_default_is_forty_lines", "[[rule]]\nid = 't.s'\nscope = 'section'\nlines = ['s']",
     "s\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1\n2\n3\n4"
     "\n5\n6\n7\n8\n9\n0\n1\n",
     "ddddddddddddddddddddddddddddddddddddddddkk"},
};
INSTANTIATE_TEST_SUITE_P(Sections, Decide, testing::ValuesIn(section_cases), case_name);

std::string neighbours(std::string_view where) {
  return R"(
[[rule]]
id = "legal.owner"
lines = ["owner"]
keep = true

[[rule]]
id = "legal.run"
lines = ["run one run two run three"]
scope = "block"
score = -1

[[rule]]
id = "chaff.any"
lines = ["chaff"]

[[rule]]
id = "t.near"
lines = ["x"]
where = )" +
         std::string(where);
}

const std::string near_rule = neighbours("{ near = 'legal.owner', within = 2 }");
const std::string near_family = neighbours("{ near = 'legal' }");
const std::string after_rule = neighbours("{ after = 'legal.owner' }");
const std::string before_rule = neighbours("{ before = 'legal.owner' }");
const std::string both_sides = neighbours("{ after = 'legal.owner', before = 'chaff.any' }");
const std::string near_dropped = neighbours("{ near = 'dropped', within = 2 }");
const std::string after_dropped = neighbours("{ after = 'dropped', within = 1 }");
const std::string before_dropped = neighbours("{ before = 'dropped', within = 1 }");

const DecideCase neighbour_cases[] = {
    {"near_on_the_line_before", near_rule, "owner\nx\n", "kd"},
    {"near_on_the_line_behind", near_rule, "x\nowner\n", "dk"},
    {"near_at_its_distance", near_rule, "owner\na\nx\n", "kkd"},
    {"near_no_further", near_rule, "owner\na\nb\nx\n", "kkkk"},
    {"blank_lines_are_no_distance", near_rule, "owner\n\n\n\na\n\nx\n", "kkd"},
    {"near_no_hit", near_rule, "a\nx\n", "kk"},
    {"near_a_family", near_family, "a\nb\nowner\nx\n", "kkkd"},
    {"near_by_default_three_lines", near_family, "owner\na\nb\nx\nx\n", "kkkdk"},
    {"near_the_last_line_of_a_run", near_family, "run one\nrun two\nrun three\n\na\nb\nx\n", "kkkkkd"},
    {"after", after_rule, "x\nowner\nx\n", "kkd"},
    {"before", before_rule, "x\nowner\nx\n", "dkk"},
    {"all_that_is_asked_for", both_sides, "owner\nx\nchaff\nx\n", "kddk"},
    {"near_a_dropped_line", near_dropped, "x\na\nchaff\na\nx\n", "dkdkd"},
    {"near_no_dropped_line", near_dropped, "x\na\nb\nchaff\n", "kkkd"},
    {"after_a_dropped_line", after_dropped, "x\nchaff\nx\n", "kdd"},
    {"before_a_dropped_line", before_dropped, "x\nchaff\nx\n", "ddk"},
    {"what_goes_near_a_dropped_line_is_no_reason_for_another", after_dropped, "chaff\nx\nx\n", "ddk"},
    {"a_rule_that_is_off_is_no_neighbour", near_rule, "owner\nx\n", "kk", {.disable = {"legal.owner"}}},
    {"a_rule_that_is_not_trusted_is_a_neighbour", R"(
[[rule]]
id = "legal.doubt"
lines = ["maybe"]
level = 3
[[rule]]
id = "t.near"
lines = ["x"]
where = { near = "legal" }
)",
     "maybe\nx\n", "kd"},
    {"but_drops_nothing_that_counts_as_dropped", R"(
[[rule]]
id = "legal.doubt"
lines = ["maybe"]
level = 3
[[rule]]
id = "t.near"
lines = ["x"]
where = { near = "dropped" }
)",
     "maybe\nx\n", "kk"},
    {"a_keep_rule_can_ask_for_neighbours", R"(
[[rule]]
id = "t.all"
lines = ["x", "y"]
[[rule]]
id = "t.guard"
keep = true
lines = ["x"]
where = { near = "t.mark", within = 1 }
[[rule]]
id = "t.mark"
score = 1
lines = ["mark"]
)",
     "mark\nx\ny\nx\n", "kkdd"},
};
INSTANTIATE_TEST_SUITE_P(Neighbours, Decide, testing::ValuesIn(neighbour_cases), case_name);

constexpr std::string_view first_and_last = R"(
[[rule]]
id = "t.first"
repeat = { min_words = 1, keep = "first" }

[[rule]]
id = "t.last"
repeat = { min_words = 1, keep = "last" }
)";
constexpr std::string_view repeat_and_drop = R"(
[[rule]]
id = "t.again"
repeat = { min_words = 1, keep = "last" }

[[rule]]
id = "t.tail"
lines = ["x"]
where = { tail = 1 }

[[rule]]
id = "t.keep"
keep = true
lines = ["wheat"]
)";

const DecideCase repeat_cases[] = {
    {"a_repeat_goes", "[[rule]]\nid = 't.r'\nrepeat = { min_words = 1 }", "a\nb\na\n", "kkd"},
    {"two_rules_never_take_both_copies", first_and_last, "a\nb\na\n", "kkd"},
    {"nor_all_three", first_and_last, "a\na\na\n", "kdd"},
    {"a_copy_that_is_dropped_anyway_is_no_copy", repeat_and_drop, "x\na\nx\n", "kkd"},
    {"a_protected_line_may_repeat", repeat_and_drop, "wheat\nwheat\n", "kk"},
    {"only_lines_that_match_go", "[[rule]]\nid = 't.r'\npattern = '^a'\nrepeat = { min_words = 1 }",
     "a\nb\na\nb\n", "kkdk"},
    {"conditions_are_of_the_line_that_goes",
     "[[rule]]\nid = 't.r'\nrepeat = { min_words = 1 }\nwhere = { head = 2 }", "a\na\nb\nb\n", "kdkk"},
    {"neighbours_are_asked_for",
     "[[rule]]\nid = 't.r'\nrepeat = { min_words = 1 }\nwhere = { near = 't.m', within = 1 }\n"
     "[[rule]]\nid = 't.m'\nscore = 1\nlines = ['mark']",
     "a\nb\na\nmark\na\n", "kkdkd"},
    {"near_dropped_is_asked_for",
     "[[rule]]\nid = 't.r'\nrepeat = { min_words = 1 }\nwhere = { near = 'dropped', within = 1 }\n"
     "[[rule]]\nid = 't.m'\nlines = ['chaff']",
     "a\nb\na\nc\na\nchaff\n", "kkkkdd"},
    {"a_repeat_that_is_not_trusted_stays", "[[rule]]\nid = 't.r'\nlevel = 2\nrepeat = { min_words = 1 }",
     "a\na\n", "kk"},
};
INSTANTIATE_TEST_SUITE_P(Repeating, Decide, testing::ValuesIn(repeat_cases), case_name);

constexpr std::string_view weights = R"(
[profile.weighs]
level = 1
weigh = true
bias = 1.0
switch_cost = 0.5
untrusted_score = -4

[profile.sticky]
weigh = true
bias = 1.0
switch_cost = 100

[[rule]]
id = "t.bad"
pattern = 'bad'
score = -4

[[rule]]
id = "t.good"
pattern = 'good'
score = 6

[[rule]]
id = "t.doubt"
pattern = 'doubt'
level = 2

[[rule]]
id = "t.keep"
keep = true
pattern = 'wheat'

[[rule]]
id = "t.drop"
pattern = 'chaff'
)";

const DecideCase weigh_cases[] = {
    {"the_bias_keeps", weights, "a\nb\n", "kk", {.profile = "weighs"}},
    {"scores_drop", weights, "a\nbad\nb\n", "kdk", {.profile = "weighs"}},
    {"scores_add_up", weights, "a\nbad good\nb\n", "kkk", {.profile = "weighs"}},
    {"a_rule_that_is_not_trusted_weighs", weights, "a\ndoubt\nb\n", "kdk", {.profile = "weighs"}},
    {"a_weighed_line_can_be_protected", weights, "a\nbad wheat\nb\n", "kkk", {.profile = "weighs"}},
    {"a_drop_rule_beats_scores", weights, "a\ngood chaff\nb\n", "kdk", {.profile = "weighs"}},
    {"a_change_costs", weights, "a\nb\nbad\nc\nd\n", "kkkkk", {.profile = "sticky"}},
    {"a_profile_that_does_not_weigh_reads_no_score", weights, "bad\ndoubt\n", "kk"},
    {"certain_weighs_nothing", weights, "bad\nchaff\n", "kd", {.profile = "weighs", .reach = Reach::certain}},
    {"a_weight_that_is_off_weighs_nothing",
     weights,
     "bad\n",
     "k",
     {.profile = "weighs", .disable = {"t.bad"}}},
    {"a_rule_that_is_off_weighs_nothing",
     weights,
     "doubt\n",
     "k",
     {.profile = "weighs", .disable = {"t.doubt"}}},
};
INSTANTIATE_TEST_SUITE_P(Weighing, Decide, testing::ValuesIn(weigh_cases), case_name);

constexpr std::string_view rewriting = R"(
[[rule]]
id = "t.span"
scope = "span"
pattern = 'advert'

[[rule]]
id = "t.replace"
pattern = 'colour'
replace = "color"
level = 2

[[rule]]
id = "t.keep"
keep = true
pattern = 'wheat'

[[rule]]
id = "t.drop"
pattern = 'chaff'
)";

const DecideCase rewrite_cases[] = {
    {"a_span_rewrites", rewriting, "an advert here\na\n", "rk"},
    {"a_protected_line_is_not_rewritten", rewriting, "wheat advert\n", "k"},
    {"a_dropped_line_is_not_rewritten", rewriting, "chaff advert\n", "d"},
    {"a_rewriting_that_is_not_trusted_does_nothing", rewriting, "colour\n", "k"},
    {"unless_it_is_enabled_too", rewriting, "colour\n", "r", {.enable = {"t.replace"}}},
};
INSTANTIATE_TEST_SUITE_P(Rewriting, Decide, testing::ValuesIn(rewrite_cases), case_name);

TEST(DecideReasons, NameTheRuleThatDropped) {
  const Decided out = decided(drop_and_keep, "chaff\na\none\ntwo\nthree\n");
  EXPECT_EQ(out.cause(0), "t.drop");
  EXPECT_EQ(out.cause(3), "t.run");
  EXPECT_EQ(out.hits("t.run"), "2 3 4");
}

TEST(DecideReasons, NameHitsOfRulesThatDidNotAct) {
  const Decided out = decided(drop_and_keep, "both\n");
  EXPECT_EQ(out.hits("t.drop"), "0");
  EXPECT_EQ(out.hits("t.keep"), "0");
}

TEST(DecideReasons, NameTheStrongestHitAgainstAWeighedLine) {
  const Decided out = decided(weights, "a\nbad doubt\nb\n", {.profile = "weighs"});
  EXPECT_EQ(out.verdicts(), "kdk");
  EXPECT_TRUE(out.decisions.lines[1].weighed);
  EXPECT_EQ(out.cause(1), "t.bad");
  EXPECT_DOUBLE_EQ(out.decisions.lines[1].evidence, 1 - 4 - 4);
}

TEST(DecideReasons, ALineThatGoesWithItsNeighboursNamesWhatTheyName) {
  constexpr std::string_view toml = R"(
[profile.weighs]
weigh = true
bias = 1.0
switch_cost = 2.0
[[rule]]
id = "t.bad"
pattern = 'bad'
score = -9
)";
  const Decided out = decided(toml, "bad\na\nbad\n", {.profile = "weighs"});
  EXPECT_EQ(out.verdicts(), "ddd");
  EXPECT_EQ(out.cause(1), "t.bad");
}

TEST(DecideReasons, ALineThatGoesByTheBiasAloneIsWeighed) {
  constexpr std::string_view toml =
      "[profile.strict]\nweigh = true\nbias = -1.0\nswitch_cost = 0\n[[rule]]\nid = 't.good'\npattern = "
      "'good'\nscore = 9\n";
  const Decided out = decided(toml, "a\ngood\n", {.profile = "strict"});
  EXPECT_EQ(out.verdicts(), "dk");
  EXPECT_TRUE(out.decisions.lines[0].weighed);
}

}  // namespace
}  // namespace dechaff::decide
