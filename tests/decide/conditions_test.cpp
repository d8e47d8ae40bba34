#include "decide/conditions.hpp"

#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <string>

#include "case_name.hpp"
#include "deciding.hpp"

namespace dechaff::decide {
namespace {

/// A drop rule for every line that `condition` admits.
std::string rule_for(std::string_view condition) {
  return "[[rule]]\nid = \"t.when\"\npattern = \"\"\n" + std::string(condition) + "\n";
}

struct ConditionCase {
  const char* name;
  std::string_view condition;
  std::string_view text;
  std::string_view want;
  friend void PrintTo(const ConditionCase& row, std::ostream* out) { *out << row.name; }
};

class Conditions : public testing::TestWithParam<ConditionCase> {};

const ConditionCase condition_cases[] = {
    {"none_admits_all", "", "a\n\nb\n", "dd"},
    {"words_up_to", "when = { words = '..2' }", "a b\na b c\n", "dk"},
    {"words_from", "when = { words = '3..' }", "a b\na b c\n", "kd"},
    {"words_between", "when = { words = '2..3' }", "a\na b\na b c\na b c d\n", "kddk"},
    {"words_exactly", "when = { words = '2' }", "a\na b\na b c\n", "kdk"},
    {"chars_without_spaces", "when = { chars = '..4' }", "ab cd\nabc de\n", "dk"},
    {"share_of_letters", "when = { letters = '..0.5' }", "ab12\nabc1\n", "dk"},
    {"share_of_digits", "when = { digits = '0.5..' }", "ab12\nabc1\n", "dk"},
    {"share_of_upper_case", "when = { upper = '1' }", "SHARE\nShare\n", "dk"},
    {"no_upper_case_where_there_is_no_case", "when = { upper = '1' }", "12\n", "k"},
    {"share_of_capitalised_words", "when = { capitalised = '0.5..' }", "Home and\nHome and garden\n", "dk"},
    {"end_of_a_sentence", "when = { ends_sentence = true }", "So it was.\nSo it was\n", "dk"},
    {"no_end_of_a_sentence", "when = { ends_sentence = false }", "So it was.\nSo it was\n", "kd"},
    {"list_item", "when = { list_item = true }", "* a\n1. a\na\n", "ddk"},
    {"indented", "when = { indented = true }", "  a\n\ta\na\n", "ddk"},
    {"link", "when = { has_link = true }", "see https://example.org\nsee there\n", "dk"},
    {"lines_of_the_block", "when = { block_lines = '2..' }", "a\nb\n\nc\n", "ddk"},
    {"lines_of_the_document", "when = { document_lines = '..2' }", "a\n\nb\n", "dd"},
    {"too_many_lines_of_the_document", "when = { document_lines = '..2' }", "a\nb\nc\n", "kkk"},
    {"blank_before", "when = { blank_before = true }", "a\nb\n\nc\n", "dkd"},
    {"no_blank_before", "when = { blank_before = false }", "a\nb\n\nc\n", "kdk"},
    {"blank_after", "when = { blank_after = true }", "a\nb\n\nc\n", "kdd"},
    {"all_of_several", "when = { words = '1', blank_after = true }", "a\nb\n\nc d\n", "kdk"},
    {"head", "where = { head = 2 }", "a\n\nb\nc\n", "ddk"},
    {"tail", "where = { tail = 2 }", "a\nb\n\nc\n", "kdd"},
    {"head_or_tail", "where = { head = 1, tail = 1 }", "a\nb\nc\n", "dkd"},
    {"head_longer_than_the_text", "where = { head = 9 }", "a\nb\n", "dd"},
};

TEST_P(Conditions, AdmitLines) {
  EXPECT_EQ(verdicts(rule_for(GetParam().condition), GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(OnLines, Conditions, testing::ValuesIn(condition_cases), case_name);

struct KnownCase {
  const char* name;
  std::string_view condition;
  std::string host;
  std::string language;
  std::string_view want;
  friend void PrintTo(const KnownCase& row, std::ostream* out) { *out << row.name; }
};

class ConditionsOnDocuments : public testing::TestWithParam<KnownCase> {};

const KnownCase known_cases[] = {
    {"host", "when = { host = ['example.org'] }", "example.org", "", "d"},
    {"subdomain", "when = { host = ['example.org'] }", "www.example.org", "", "d"},
    {"other_host", "when = { host = ['example.org'] }", "badexample.org", "", "k"},
    {"host_not_known", "when = { host = ['example.org'] }", "", "", "k"},
    {"host_in_upper_case", "when = { host = ['Example.ORG'] }", "example.org", "", "d"},
    {"one_of_several_hosts", "when = { host = ['example.com', 'example.org'] }", "example.org", "", "d"},
    {"language", "when = { language = ['de', 'en'] }", "", "en", "d"},
    {"other_language", "when = { language = ['de'] }", "", "en", "k"},
    {"language_not_known", "when = { language = ['de'] }", "", "", "k"},
};

TEST_P(ConditionsOnDocuments, HoldWhereKnown) {
  const KnownCase& row = GetParam();
  EXPECT_EQ(verdicts(rule_for(row.condition), "a\n", {.host = row.host, .language = row.language}), row.want);
}

INSTANTIATE_TEST_SUITE_P(Known, ConditionsOnDocuments, testing::ValuesIn(known_cases), case_name);

std::string block_rule(std::string_view condition) {
  return "[[rule]]\nid = \"t.block\"\nscope = \"block\"\npattern = '^a b$'\n" + std::string(condition) + "\n";
}

class ConditionsOnBlocks : public testing::TestWithParam<ConditionCase> {};

const ConditionCase block_cases[] = {
    {"measures_of_the_joined_lines", "when = { words = '2' }", "a\nb\n", "dd"},
    {"not_of_the_first_line", "when = { words = '1' }", "a\nb\n", "kk"},
    {"blank_after_the_last_line", "when = { blank_after = true }", "a\nb\n\nc\n", "ddk"},
    {"no_blank_after_the_last_line", "when = { blank_after = true }", "a\nb\nc\n", "kkk"},
    {"all_of_it_in_the_head", "where = { head = 2 }", "a\nb\nc\n", "ddk"},
    {"part_of_it_in_the_head", "where = { head = 2 }", "c\na\nb\n", "kkk"},
    {"all_of_it_in_the_tail", "where = { tail = 2 }", "c\na\nb\n", "kdd"},
    {"part_of_it_in_the_tail", "where = { tail = 2 }", "a\nb\nc\n", "kkk"},
};

TEST_P(ConditionsOnBlocks, AdmitRuns) {
  EXPECT_EQ(verdicts(block_rule(GetParam().condition), GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(OnBlocks, ConditionsOnBlocks, testing::ValuesIn(block_cases), case_name);

struct ExceptCase {
  const char* name;
  std::string_view rule;
  std::string_view text;
  std::string_view want;
  friend void PrintTo(const ExceptCase& row, std::ostream* out) { *out << row.name; }
};

class Exceptions : public testing::TestWithParam<ExceptCase> {};

const ExceptCase except_cases[] = {
    {"of_a_pattern", "pattern = '^share'\nexcept = ['price']", "Share\nShare price\n", "dk"},
    {"of_a_phrase", "lines = ['Share', 'Share it']\nexcept = ['it$']", "Share\nShare it!\n", "dk"},
    {"any_of_several", "pattern = '^share'\nexcept = ['^x', 'price']", "Share price\n", "k"},
    {"on_the_raw_line", "pattern = '^Share'\nraw = true\nexcept = ['!$']", "Share\nShare!\n", "dk"},
    {"on_the_folded_line", "pattern = '^share'\nexcept = ['!$']", "Share!\n", "d"},
    {"of_measures_alone", "when = { words = '1' }\nexcept = ['^b']", "a\nb\n", "dk"},
    {"of_repeats", "repeat = { min_words = 1 }\nexcept = ['^b']", "a\na\nb\nb\n", "kdkk"},
    {"of_a_block_on_its_joined_lines", "scope = 'block'\npattern = '^a'\nexcept = ['b$']\nmax_lines = 2",
     "a\nb\nc\n\na\nc\n", "kkkdd"},
    {"of_a_section_heading", "scope = 'section'\npattern = '^more'\nexcept = ['work$']",
     "More work\na\n\nMore\nb\n", "kkdd"},
    {"of_a_keep_rule", "keep = true\npattern = 'a'\nexcept = ['^a$']\n[[rule]]\nid = 't.all'\npattern = ''",
     "a\na b\n", "dk"},
};

TEST_P(Exceptions, AreNotHit) {
  EXPECT_EQ(verdicts("[[rule]]\nid = 't.rule'\n" + std::string(GetParam().rule), GetParam().text),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Rules, Exceptions, testing::ValuesIn(except_cases), case_name);

TEST(Exceptions, AddedByAnOverrideHold) {
  constexpr std::string_view toml = R"(
[[rule]]
id = "t.share"
pattern = '^share'

[[override]]
id = "t.share"
add_except = ['price']
)";
  EXPECT_EQ(verdicts(toml, "Share\nShare price\n"), "dk");
}

class Near : public testing::Test {
 protected:
  Near() {
    hits_.add(1, 4);
    hits_.add(1, 9);
    hits_.add(2, 5);
  }

  bool near(std::uint32_t place, std::uint32_t count, rules::Side side, std::uint32_t within,
            const std::vector<EntryIndex>& entries = {1}) {
    std::string target;
    for (const EntryIndex entry : entries) target += " " + std::to_string(entry);
    const auto number =
        static_cast<std::uint32_t>(targets_.try_emplace(target, targets_.size()).first->second);
    return hits_.near({side, target, entries}, number, {place, count, 0}, within);
  }

  static constexpr auto either = rules::Side::either;
  static constexpr auto after = rules::Side::after;
  static constexpr auto before = rules::Side::before;
  HitPlaces hits_{3, 16};
  std::map<std::string, std::size_t> targets_;
};

TEST_F(Near, CountsLinesOnEitherSide) {
  EXPECT_TRUE(near(6, 1, either, 2));
  EXPECT_FALSE(near(6, 1, after, 1));
  EXPECT_TRUE(near(2, 1, either, 2));
  EXPECT_FALSE(near(1, 1, either, 2));
  EXPECT_TRUE(near(0, 1, either, 4));
}

TEST_F(Near, LooksAtOneSideWhereAsked) {
  EXPECT_TRUE(near(5, 1, after, 1));
  EXPECT_FALSE(near(5, 1, before, 3));
  EXPECT_TRUE(near(3, 1, before, 1));
  EXPECT_FALSE(near(3, 1, after, 3));
}

TEST_F(Near, IsNotTheHitItself) {
  EXPECT_FALSE(near(4, 1, either, 3));
  EXPECT_FALSE(near(3, 3, either, 2));
}

TEST_F(Near, CountsFromTheEndsOfARun) {
  EXPECT_TRUE(near(5, 3, before, 2));
  EXPECT_FALSE(near(5, 3, before, 1));
  EXPECT_TRUE(near(5, 3, after, 1));
}

TEST_F(Near, TakesAnyOfTheEntries) {
  EXPECT_TRUE(near(6, 1, after, 1, {0, 1, 2}));
  EXPECT_FALSE(near(6, 1, either, 9, {0}));
  EXPECT_FALSE(near(6, 1, either, 9, {}));
}

TEST_F(Near, LargeDistancesDoNotOverflow) {
  EXPECT_TRUE(near(0xFFFFFFF0, 1, after, 0xFFFFFFFF));
  EXPECT_TRUE(near(2, 1, before, 0xFFFFFFFF));
}

}  // namespace
}  // namespace dechaff::decide
