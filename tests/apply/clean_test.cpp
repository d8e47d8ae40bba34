#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "apply/undone.hpp"
#include "case_name.hpp"
#include "dechaff/cleaner.hpp"
#include "rules_from.hpp"

namespace dechaff {
namespace {

using namespace std::string_view_literals;

Cleaner cleaner_of(const RuleSet& rules, const CleanOptions& options = {}) {
  auto cleaner = Cleaner::make(rules, options);
  if (!cleaner) {
    ADD_FAILURE() << to_string(cleaner.error());
    return *Cleaner::make(rules, {});
  }
  return *cleaner;
}

Cleaned clean(const RuleSet& rules, std::string_view bytes, const CleanOptions& options = {},
              Detail detail = Detail::text) {
  Workspace workspace;
  return cleaner_of(rules, options).clean({bytes, "", ""}, workspace, detail);
}

/// The ids behind the changes, in their order.
std::vector<std::string> causes(const RuleSet& rules, const Cleaned& cleaned) {
  std::vector<std::string> out;
  for (const Change& change : cleaned.changes) out.push_back(rules.entries()[change.cause].id);
  return out;
}

const EntryCount* count_of(const RuleSet& rules, const Cleaned& cleaned, std::string_view id) {
  const auto found = std::ranges::find_if(
      cleaned.counts, [&](const EntryCount& c) { return rules.entries()[c.entry].id == id; });
  return found == cleaned.counts.end() ? nullptr : &*found;
}

struct CleanCase {
  const char* name;
  std::string_view rules;
  std::string_view input;
  std::string_view want;
  std::vector<std::string> causes;
  friend void PrintTo(const CleanCase& row, std::ostream* out) { *out << row.name; }
};

class Cleaning : public testing::TestWithParam<CleanCase> {};

TEST_P(Cleaning, GivesTextAndCauses) {
  const CleanCase& row = GetParam();
  const RuleSet rules = rules_from(row.rules);
  const Cleaned cleaned = clean(rules, row.input);
  EXPECT_EQ(cleaned.text, row.want);
  EXPECT_EQ(causes(rules, cleaned), row.causes);
  EXPECT_EQ(apply::undone(row.input, cleaned), row.input);
  EXPECT_EQ(clean(rules, cleaned.text).text, cleaned.text) << "cleaning again changes it";
}

constexpr std::string_view chaff = R"(
[[rule]]
id = "t.chaff"
lines = ["chaff"]
)";

const CleanCase line_cases[] = {
    {"nothing", chaff, "", "", {}},
    {"nothing_to_do", chaff, "a\n", "a\n", {}},
    {"a_line_goes_with_its_line_feed", chaff, "a\nchaff\nb\n", "a\nb\n", {"t.chaff"}},
    {"each_line_is_a_change", chaff, "chaff\nchaff\na\n", "a\n", {"t.chaff", "t.chaff"}},
    {"the_last_line_without_a_line_feed", chaff, "a\nchaff", "a\n", {"t.chaff"}},
    {"all_of_it", chaff, "chaff", "", {"t.chaff"}},
    {"blank_lines_stay_without_a_step", chaff, "a\n\nchaff\n\nb\n", "a\n\n\nb\n", {"t.chaff"}},
    {"nul_bytes_stay_without_a_step", chaff, "a\0\nchaff\n"sv, "a\0\n"sv, {"t.chaff"}},
    {"a_run_that_forms_when_lines_go",
     "[[rule]]\nid = 't.chaff'\nlines = ['chaff']\n[[rule]]\nid = 't.run'\nscope = 'block'\npattern = '^a "
     "b$'",
     "a\nchaff\nb\nc\n",
     "c\n",
     {"t.run", "t.chaff", "t.run"}},
    {"a_rule_that_asks_for_what_went",
     "[[rule]]\nid = 't.chaff'\nlines = ['chaff']\n[[rule]]\nid = 't.next'\nlines = ['x']\nwhere = { after = "
     "'dropped', within = 1 }",
     "chaff\nx\nx\n",
     "x\n",
     {"t.chaff", "t.next"}},
    {"a_later_round_does_not_remember_what_went",
     "[[rule]]\nid = 't.chaff'\nlines = ['chaff']\n[[rule]]\nid = 't.next'\nlines = ['x']\nwhere = { near = "
     "'dropped', within = 1 }",
     "x\nchaff\nx\nx\n",
     "x\n",
     {"t.next", "t.chaff", "t.next"}},
};
INSTANTIATE_TEST_SUITE_P(Lines, Cleaning, testing::ValuesIn(line_cases), case_name);

constexpr std::string_view layout = R"(
[[step]]
id = "s.trailing"
action = "trailing-space"
[[step]]
id = "s.runs"
action = "blank-lines"
[[step]]
id = "s.edges"
action = "edge-lines"
[[step]]
id = "s.newline"
action = "final-newline"
[[rule]]
id = "t.chaff"
lines = ["chaff"]
)";

const CleanCase layout_cases[] = {
    {"runs_of_blank_lines_become_one", layout, "a\n\n\n\nb\n", "a\n\nb\n", {"s.runs", "s.runs"}},
    {"lines_of_white_space_are_blank",
     layout,
     "a\n \n\t\nb\n",
     "a\n\nb\n",
     {"s.trailing", "s.trailing", "s.runs"}},
    {"blank_lines_at_the_edges_go", layout, "\n\na\n\n", "a\n", {"s.edges", "s.runs", "s.edges"}},
    {"a_line_feed_at_the_end", layout, "a", "a\n", {"s.newline"}},
    {"not_in_a_text_of_nothing", layout, "", "", {}},
    {"not_in_a_text_of_blank_lines", layout, "\n\n", "", {"s.edges", "s.runs"}},
    {"nor_in_one_of_chaff", layout, "chaff", "", {"t.chaff"}},
    {"blank_lines_that_meet_become_one", layout, "a\n\nchaff\n\nb\n", "a\n\nb\n", {"t.chaff", "s.runs"}},
    {"blank_lines_that_come_to_the_edge_go",
     layout,
     "chaff\n\na\n\nchaff\n",
     "a\n",
     {"t.chaff", "s.edges", "s.edges", "t.chaff"}},
};
INSTANTIATE_TEST_SUITE_P(Layout, Cleaning, testing::ValuesIn(layout_cases), case_name);

const CleanCase rewriting_cases[] = {
    {"a_span_goes",
     "[[rule]]\nid = 't.span'\nscope = 'span'\nraw = true\npattern = '\\[edit\\]'",
     "History [edit]\n",
     "History \n",
     {"t.span"}},
    {"one_of_two_spaces_goes_with_it",
     "[[rule]]\nid = 't.span'\nscope = 'span'\nraw = true\npattern = '\\(advert\\)'",
     "one (advert) two\n",
     "one two\n",
     {"t.span"}},
    {"a_line_with_nothing_left_goes",
     "[[rule]]\nid = 't.span'\nscope = 'span'\npattern = 'advert'",
     "a\nadvert\nb\n",
     "a\nb\n",
     {"t.span"}},
    {"with_the_spaces_around_it",
     "[[rule]]\nid = 't.span'\nscope = 'span'\npattern = 'advert'",
     "a\n advert \nb",
     "a\nb",
     {"t.span"}},
    {"every_span_of_a_line_goes",
     "[[rule]]\nid = 't.span'\nscope = 'span'\nraw = true\npattern = '\\[[0-9]+\\]'",
     "a[1] b[22] c\n",
     "a b c\n",
     {"t.span"}},
    {"a_replacement",
     "[[rule]]\nid = 't.swap'\npattern = '(\\w+)@(\\w+)'\nreplace = '$2 at $1'",
     "me@home\n",
     "home at me\n",
     {"t.swap"}},
    {"rules_rewrite_in_their_order",
     "[[rule]]\nid = 't.a'\npattern = 'a'\nreplace = 'b'\n[[rule]]\nid = 't.b'\npattern = 'b'\nreplace = 'c'",
     "a\n",
     "c\n",
     {"t.b"}},
    {"a_rewritten_line_may_go",
     "[[rule]]\nid = 't.a'\npattern = 'x$'\nreplace = ''\n[[rule]]\nid = 't.chaff'\nlines = ['chaff']",
     "chaffx\nb\n",
     "b\n",
     {"t.chaff"}},
    {"steps_see_what_rewriting_makes",
     "[[step]]\nid = 's.trailing'\naction = 'trailing-space'\n[[rule]]\nid = 't.span'\nscope = 'span'\nraw = "
     "true\npattern = '\\[edit\\]'",
     "History [edit]\n",
     "History\n",
     {"s.trailing"}},
    {"a_rewriting_that_never_ends_is_left",
     "[[rule]]\nid = 't.grow'\npattern = '$'\nreplace = 'x'",
     "a\n",
     "a\n",
     {}},
    {"rules_that_undo_each_other_settle",
     "[[rule]]\nid = 't.a'\npattern = '^a$'\nreplace = 'b'\n[[rule]]\nid = 't.b'\npattern = '^b$'\nreplace = "
     "'a'",
     "a\n",
     "a\n",
     {}},
};
INSTANTIATE_TEST_SUITE_P(Rewriting, Cleaning, testing::ValuesIn(rewriting_cases), case_name);

const CleanCase decoding_cases[] = {
    {"windows_1252",
     chaff,
     "caf\xE9 \x93quoted\x94 na\xEFve\n",
     "café “quoted” naïve\n",
     {"text.encoding", "text.encoding", "text.encoding", "text.encoding"}},
    {"utf_16_with_a_mark",
     chaff,
     "\xFF\xFE"
     "a\0\n\0"sv,
     "a\n",
     {"text.encoding"}},
    {"the_form_of_the_profile", chaff, "e\xCC\x81\n", "\xC3\xA9\n", {"text.form"}},
};
INSTANTIATE_TEST_SUITE_P(Decoding, Cleaning, testing::ValuesIn(decoding_cases), case_name);

TEST(Identity, OfValidUtf8WithoutRulesAndForm) {
  const RuleSet none = rules_from("");
  const std::string_view texts[] = {
      "",
      "\n",
      "a",
      "a\r\nb\rc\n",
      "\xEF\xBB\xBF"
      "a\n",
      "\xEF\xBB\xBF",
      "\xEF\xBB\xBF\xEF\xBB\xBF"
      "a",
      "\0"sv,
      "a\0b\0c\0\n"sv,
      "\0\0\0a"sv,
      " \t \n\n\n  \n",
      "\x1b[31mred\x1b[0m\x07\x7f\n",
      "\x1b$B!!\x1b(B",
      "~{VPND~}",
      "+AGE-",
      "e\xCC\x81 \xC3\xA9 \xEF\xAC\x81 \xE2\x84\xAB\n",
      "\xC2\xA0\xE2\x80\x8B\xE2\x80\x8D\xC2\xAD\xE2\x80\xA8\xE2\x80\xA9\xC2\x85\x0B\x0C",
      "&amp; &nbsp; \xC3\x83\xC2\xA9\n",
      "\xEF\xBF\xBD\xEF\xBF\xBE\xEF\xBF\xBF\xF4\x8F\xBF\xBF\xF0\x9F\x98\x80",
  };
  for (const std::string_view text : texts) {
    const Cleaned cleaned = clean(none, text, {.form = Form::none});
    EXPECT_EQ(cleaned.text, text);
    EXPECT_TRUE(cleaned.changes.empty()) << testing::PrintToString(text);
    EXPECT_EQ(cleaned.encoding, "utf-8") << testing::PrintToString(text);
    EXPECT_EQ(cleaned.invalid, 0U);
  }
}

TEST(Identity, OfEveryCodePoint) {
  const RuleSet none = rules_from("");
  std::string text;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    const auto byte = [&](char32_t value) { text += static_cast<char>(value); };
    if (c < 0x80) {
      byte(c);
    } else if (c < 0x800) {
      byte(0xC0 | c >> 6U), byte(0x80 | (c & 0x3FU));
    } else if (c < 0x10000) {
      byte(0xE0 | c >> 12U), byte(0x80 | (c >> 6U & 0x3FU)), byte(0x80 | (c & 0x3FU));
    } else {
      byte(0xF0 | c >> 18U), byte(0x80 | (c >> 12U & 0x3FU)), byte(0x80 | (c >> 6U & 0x3FU)),
          byte(0x80 | (c & 0x3FU));
    }
  }
  EXPECT_TRUE(clean(none, text, {.form = Form::none}).text == text);
}

constexpr std::string_view guarded = R"(
[profile.bold]
level = 2
max_removed = 0.5

[[rule]]
id = "t.sure"
pattern = '^sure'

[[rule]]
id = "t.bold"
pattern = '^bold'
level = 2
)";

TEST(Guard, LeavesLevelOneWhereTooMuchWouldGo) {
  const RuleSet rules = rules_from(guarded);
  const Cleaned cleaned = clean(rules, "sure a b c d e f g\nbold a b\nc\n", {.profile = "bold"});
  EXPECT_EQ(cleaned.text, "bold a b\nc\n");
  EXPECT_TRUE(cleaned.guarded);
  EXPECT_FALSE(cleaned.unsettled);
}

TEST(Guard, CountsTheWordsThatLevelOneLeaves) {
  const RuleSet rules = rules_from(guarded);
  const Cleaned just = clean(rules, "sure a b c d e f g\nbold a\nb c\n", {.profile = "bold"});
  EXPECT_EQ(just.text, "b c\n");
  EXPECT_FALSE(just.guarded);
}

TEST(Guard, LeavesWhatWasEnabledByHand) {
  const RuleSet rules = rules_from(guarded);
  const Cleaned cleaned = clean(rules, "bold a b\n", {.profile = "bold", .enable = {"t.bold"}});
  EXPECT_EQ(cleaned.text, "");
  EXPECT_FALSE(cleaned.guarded);
}

TEST(Unsettled, RulesThatMakeWorkForEachOtherDoNothing) {
  // Each rule settles on its own; the lines that they make go round.
  const RuleSet rules = rules_from(R"(
[[rule]]
id = "t.there"
pattern = '^there$'
replace = "back"
where = { head = 1 }
[[rule]]
id = "t.back"
pattern = '^back$'
replace = "there"
where = { head = 1 }
[[rule]]
id = "t.chaff"
lines = ["chaff"]
)");
  const Cleaned cleaned = clean(rules, "there\nchaff\n");
  EXPECT_TRUE(cleaned.unsettled);
  EXPECT_EQ(cleaned.text, "there\nchaff\n");
  EXPECT_TRUE(cleaned.changes.empty());
}

TEST(Unsettled, RulesThatMakeALineGrowInEveryPassDoNothing) {
  std::string toml;
  for (char name = 'a'; name < 'k'; ++name) {
    const std::string next(1, static_cast<char>(name + 1));
    std::string many;
    for (int i = 0; i < 200; ++i) many += next;
    toml += "[[rule]]\nid = \"t." + std::string(1, name) + "\"\nscope = \"span\"\nraw = true\n";
    toml += "pattern = '" + std::string(1, name) + "'\nreplace = \"" + many + "\"\n";
  }
  std::string text;
  for (int i = 0; i < 100; ++i) text += "a\n";
  const Cleaned cleaned = clean(rules_from(toml), text);
  EXPECT_TRUE(cleaned.unsettled);
  EXPECT_EQ(cleaned.text, text);
}

TEST(Unsettled, RulesOfHigherLevelsLeaveWhatLevelOneDid) {
  const RuleSet rules = rules_from(R"(
[profile.bold]
level = 2
[[rule]]
id = "t.there"
level = 2
pattern = '^there$'
replace = "back"
[[rule]]
id = "t.back"
level = 2
pattern = '^back$'
replace = "there"
where = { head = 1 }
[[rule]]
id = "t.chaff"
lines = ["chaff"]
)");
  const Cleaned cleaned = clean(rules, "there\nchaff\n", {.profile = "bold"});
  EXPECT_TRUE(cleaned.unsettled);
  EXPECT_EQ(cleaned.text, "there\n");
  EXPECT_EQ(clean(rules, cleaned.text, {.profile = "bold"}).text, cleaned.text);
}

struct PartsCase {
  const char* name;
  std::size_t most_lines;
  std::string_view input;
  std::string_view want;
  bool in_parts;
  friend void PrintTo(const PartsCase& row, std::ostream* out) { *out << row.name; }
};

class Parts : public testing::TestWithParam<PartsCase> {};

TEST_P(Parts, KnowNothingOfEachOther) {
  const PartsCase& row = GetParam();
  const RuleSet rules = rules_from(std::string(layout) +
                                   "[[rule]]\nid = 't.first'\npattern = '^first'\nwhere = { head = 1 }\n");
  CleanOptions options;
  options.most_lines = row.most_lines;
  const Cleaned cleaned = clean(rules, row.input, options, Detail::lines);
  EXPECT_EQ(cleaned.text, row.want);
  EXPECT_EQ(cleaned.in_parts, row.in_parts);
  EXPECT_EQ(apply::undone(row.input, cleaned), row.input);
  std::string lines;
  for (const LineReport& line : cleaned.lines) lines += line.text + "\n";
  EXPECT_EQ(lines, row.input) << "each line is told of once";
}

const PartsCase parts_cases[] = {
    {"as_many_lines_as_may_be", 3, "first\na\nb\n", "a\nb\n", false},
    {"behind_a_line", 2, "a\nb\nfirst\nc\n", "a\nb\nc\n", true},
    {"behind_a_blank_line", 4, "aaaaaaaaaaaa\n\nfirst\nb\nc\n", "aaaaaaaaaaaa\n\nb\nc\n", true},
    {"the_blank_line_goes_with_what_was_behind_it", 3, "a\nb\n\nchaff\nchaff\n", "a\nb\n", true},
    {"the_blank_line_goes_with_what_was_before_it", 3, "chaff\nchaff\n\na\n", "a\n", true},
    {"between_what_is_left_one_stays", 3, "a\nb\n\nchaff\nchaff\n\nc\n", "a\nb\n\nc\n", true},
    {"a_line_each", 1, "chaff\na\nchaff\nb\n", "a\nb\n", true},
    {"nothing_left", 1, "chaff\nchaff\n", "", true},
};
INSTANTIATE_TEST_SUITE_P(All, Parts, testing::ValuesIn(parts_cases), case_name);

TEST(InParts, AreNotMadeWhereNoRuleActs) {
  CleanOptions options;
  options.most_lines = 1;
  options.profile = "normalise";
  EXPECT_FALSE(clean(rules_from(layout), "a\nb\n", options).in_parts);
}

TEST(InParts, CountWhatEachOfThemCounts) {
  const RuleSet rules = rules_from(chaff);
  CleanOptions options;
  options.most_lines = 2;
  const Cleaned cleaned = clean(rules, "a\nchaff\nb c\nchaff\nd\n", options);
  const EntryCount* count = count_of(rules, cleaned, "t.chaff");
  ASSERT_NE(count, nullptr);
  EXPECT_EQ(count->hits, 2U);
  EXPECT_EQ(count->lines, 2U);
  EXPECT_EQ(cleaned.lines_in, 5U);
  EXPECT_EQ(cleaned.lines_out, 3U);
  EXPECT_EQ(cleaned.words_out, 4U);
}

TEST(Limits, ARuleThatBacktracksForEverIsCountedAndTheRunGoesOn) {
  const RuleSet rules = rules_from(R"(
[[rule]]
id = "t.slow"
pattern = '^(?:a|aa|aaa)+[bc]?$'
[[rule]]
id = "t.chaff"
lines = ["chaff"]
)");
  const std::string slow(60, 'a');
  const std::string input = slow + "!x\nchaff\n" + slow + "!x\naaa\nb\n";
  const Cleaned cleaned = clean(rules, input);
  EXPECT_EQ(cleaned.text, slow + "!x\n" + slow + "!x\nb\n");
  const EntryCount* count = count_of(rules, cleaned, "t.slow");
  ASSERT_NE(count, nullptr);
  EXPECT_EQ(count->limits, 2U);
  EXPECT_EQ(count->lines, 1U);
}

TEST(Limits, ABlockRuleCountsALineOnce) {
  const RuleSet rules = rules_from(R"(
[[rule]]
id = "t.slow"
scope = "block"
pattern = '^(?:a|aa|aaa)+[bc]?$'
[[rule]]
id = "t.chaff"
lines = ["chaff"]
)");
  const Cleaned cleaned = clean(rules, "chaff\n\n" + std::string(60, 'a') + "!x\nnext\n");
  const EntryCount* count = count_of(rules, cleaned, "t.slow");
  ASSERT_NE(count, nullptr);
  EXPECT_EQ(count->limits, 1U);
}

TEST(Limits, AnExceptionThatCostsTooMuchProtects) {
  const RuleSet rules =
      rules_from("[[rule]]\nid = 't.a'\npattern = '^a'\nexcept = ['^(?:a|aa|aaa)+[bc]?$']\n");
  const std::string line = std::string(60, 'a') + "!x\n";
  const Cleaned cleaned = clean(rules, line + "a!x\n");
  EXPECT_EQ(cleaned.text, line);
  const EntryCount* count = count_of(rules, cleaned, "t.a");
  ASSERT_NE(count, nullptr);
  EXPECT_EQ(count->limits, 1U);
}

TEST(Limits, RewritingThatGrowsALineWithoutEndIsGivenUp) {
  const RuleSet rules = rules_from("[[rule]]\nid = 't.a'\npattern = 'a'\nreplace = 'aaaaaaaaaaaaaaaa'\n");
  const std::string line = std::string(10'000, 'a') + "\n";
  const Cleaned cleaned = clean(rules, line);
  EXPECT_EQ(cleaned.text, line);
  EXPECT_EQ(count_of(rules, cleaned, "t.a")->limits, 1U);
}

TEST(Limits, LongLinesAreRewrittenThroughout) {
  const RuleSet rules = rules_from("[[rule]]\nid = 't.a'\npattern = '&'\nreplace = 'and'\n");
  std::string line, wanted;
  for (int i = 0; i < 100'000; ++i) {
    line += "a & b, ";
    wanted += "a and b, ";
  }
  EXPECT_EQ(clean(rules, line + ".\n").text, wanted + ".\n");
}

constexpr std::string_view for_some = R"(
[[step]]
id = "s.dots"
chars = ["U+2026"]
to = "..."
[[rule]]
id = "t.german"
lines = ["x"]
languages = ["de"]
[[rule]]
id = "t.chaff"
lines = ["chaff"]
[[override]]
id = "t.chaff"
hosts = ["example.org"]
enabled = false
[[override]]
id = "s.dots"
hosts = ["example.org"]
enabled = false
)";

TEST(Documents, AreCleanedByTheirHostAndLanguage) {
  const RuleSet rules = rules_from(for_some);
  const Cleaner cleaner = cleaner_of(rules);
  Workspace workspace;
  const auto text = [&](std::string_view url, std::string_view language) {
    return cleaner.clean({"x\nchaff\na…\n", url, language}, workspace).text;
  };
  EXPECT_EQ(text("", ""), "a...\n");
  EXPECT_EQ(text("https://www.example.org/a", ""), "chaff\na…\n");
  EXPECT_EQ(text("https://example.com/", "de-AT"), "a...\n");
  EXPECT_EQ(text("https://example.com/", "en"), "x\na...\n");
  EXPECT_EQ(text("", ""), "a...\n") << "a document left something behind";
}

// Nothing acts on most documents, so that what finds where rules hit is made for the first that needs it.
TEST(Documents, AreCleanedByTheirHostInManyThreads) {
  const RuleSet rules = rules_from(
      "[[rule]]\nid = 't.chaff'\nlines = ['chaff']\nenabled = false\n"
      "[[override]]\nid = 't.chaff'\nhosts = ['example.org']\nenabled = true\n");
  const Cleaner cleaner = cleaner_of(rules);
  std::vector<std::string> texts(8);
  std::vector<std::thread> threads;
  for (std::string& text : texts) {
    threads.emplace_back([&] {
      Workspace workspace;
      text = cleaner.clean({"chaff\na\n", "https://example.com/", ""}, workspace).text;
      text += cleaner.clean({"chaff\nb\n", "https://example.org/", ""}, workspace).text;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(texts, testing::Each("chaff\na\nb\n"));
}

TEST(Switches, HoldForStepsToo) {
  const RuleSet rules = rules_from(for_some);
  EXPECT_EQ(clean(rules, "a…\nchaff\n", {.disable = {"s"}}).text, "a…\n");
  EXPECT_EQ(clean(rules, "a…\nchaff\n", {.disable = {"t.chaff"}}).text, "a...\nchaff\n");
}

TEST(Counts, AddUp) {
  const RuleSet rules = rules_from(chaff);
  const Cleaned cleaned = clean(rules, "one two\n\nchaff\nCHAFF\nthree\n");
  EXPECT_EQ(cleaned.lines_in, 4U);
  EXPECT_EQ(cleaned.lines_out, 2U);
  EXPECT_EQ(cleaned.words_in, 5U);
  EXPECT_EQ(cleaned.words_out, 3U);
  const EntryCount* count = count_of(rules, cleaned, "t.chaff");
  ASSERT_NE(count, nullptr);
  EXPECT_EQ(count->hits, 2U);
  EXPECT_EQ(count->lines, 2U);
  EXPECT_EQ(count->bytes, 12U);
}

TEST(Counts, OfIllFormedSequences) {
  const RuleSet rules = rules_from("");
  const Cleaned cleaned = clean(rules,
                                "a\xFF"
                                "b\xC3(\n",
                                {.encoding = "utf-8"});
  EXPECT_EQ(cleaned.text, "a\uFFFDb\uFFFD(\n");
  EXPECT_EQ(cleaned.invalid, 2U);
}

TEST(Lines, AreReportedWithWhatBecameOfThem) {
  const RuleSet rules = rules_from(R"(
[[rule]]
id = "t.chaff"
lines = ["chaff", "wheat"]
[[rule]]
id = "t.span"
scope = "span"
raw = true
pattern = '\[edit\]'
[[rule]]
id = "t.keep"
keep = true
lines = ["wheat"]
)");
  const Cleaned cleaned = clean(rules, "a\nchaff\nHistory[edit]\n\nwheat\n[edit]\n", {}, Detail::lines);
  ASSERT_EQ(cleaned.lines.size(), 6U);
  EXPECT_EQ(cleaned.lines[0].verdict, Verdict::keep);
  EXPECT_EQ(cleaned.lines[1].verdict, Verdict::drop);
  EXPECT_EQ(rules.entries()[cleaned.lines[1].cause].id, "t.chaff");
  EXPECT_EQ(cleaned.lines[2].verdict, Verdict::rewrite);
  EXPECT_EQ(cleaned.lines[2].rewritten, "History");
  EXPECT_EQ(cleaned.lines[3].text, "");
  EXPECT_EQ(cleaned.lines[4].verdict, Verdict::keep);
  EXPECT_EQ(cleaned.lines[4].hits.size(), 2U);
  EXPECT_EQ(cleaned.lines[5].verdict, Verdict::drop);
}

struct WrongCase {
  const char* name;
  CleanOptions options;
  std::string_view want;
  friend void PrintTo(const WrongCase& row, std::ostream* out) { *out << row.name; }
};

class WrongOptions : public testing::TestWithParam<WrongCase> {};

const WrongCase wrong_cases[] = {
    {"profile",
     {.profile = "save"},
     "unknown profile 'save', did you mean 'safe'? (there are safe article normalise)"},
    {"profile_like_none",
     {.profile = "gentle"},
     "unknown profile 'gentle' (there are safe article normalise)"},
    {"enabled_rule", {.enable = {"t.chaf"}}, "unknown rule, tag or family 't.chaf', did you mean 't.chaff'?"},
    {"disabled_rule", {.disable = {"quite-another"}}, "unknown rule, tag or family 'quite-another'"},
};

TEST_P(WrongOptions, NameWhatIsNear) {
  const auto cleaner = Cleaner::make(rules_from(chaff), GetParam().options);
  ASSERT_FALSE(cleaner);
  EXPECT_EQ(cleaner.error().code, ErrorCode::usage);
  EXPECT_EQ(cleaner.error().message, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Names, WrongOptions, testing::ValuesIn(wrong_cases), case_name);

TEST(InForce, FollowsProfileAndSwitches) {
  const RuleSet rules = rules_from(guarded);
  const auto in_force = [&](const CleanOptions& options, std::string_view id) {
    const Cleaner cleaner = cleaner_of(rules, options);
    for (EntryIndex i = 0; i < rules.entries().size(); ++i) {
      if (rules.entries()[i].id == id) return cleaner.in_force(i);
    }
    ADD_FAILURE() << id;
    return false;
  };
  EXPECT_TRUE(in_force({}, "t.sure"));
  EXPECT_FALSE(in_force({}, "t.bold"));
  EXPECT_TRUE(in_force({.profile = "bold"}, "t.bold"));
  EXPECT_TRUE(in_force({.enable = {"t.bold"}}, "t.bold"));
  EXPECT_FALSE(in_force({.disable = {"t"}}, "t.sure"));
}

}  // namespace
}  // namespace dechaff
