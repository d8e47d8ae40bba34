#include "dechaff/ledger.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"
#include "rules/rule.hpp"

namespace dechaff {
namespace {

using namespace std::string_view_literals;

std::vector<Entry> some_entries() {
  std::vector<Entry> entries(3);
  entries[0].id = "widgets.loading";
  entries[1].id = "unicode.nbsp";
  entries[2].id = "unicode.line-ends";
  return entries;
}

Cleaned cleaned(std::string_view text, Changes changes) {
  Cleaned out;
  out.text = text;
  out.changes = std::move(changes);
  out.encoding = "utf-8";
  return out;
}

/// The lines between the first and the last.
std::string inner_lines(const std::string& lines) {
  const std::size_t begin = lines.find('\n') + 1;
  const std::size_t end = lines.rfind('\n', lines.size() - 2) + 1;
  return lines.substr(begin, end - begin);
}

TEST(LedgerLines, OfOneDocument) {
  const auto lines =
      ledger_lines(some_entries(), "soup.txt", "Soup\nLoading...\nStir\u00A0well.\r\n",
                   cleaned("Soup\nStir well.\n", {{5, 11, 5, 0, 0}, {20, 2, 9, 1, 1}, {27, 1, 15, 0, 2}}));
  ASSERT_TRUE(lines);
  // The hashes of the texts are those of xxhsum -H2.
  EXPECT_EQ(
      *lines,
      R"({"document":"soup.txt","begin":true,"encoding":"utf-8",)"
      R"("bytes":29,"hash":"xxh3-128:6a9055c701825b3c10ca7407c6be4db5",)"
      R"("clean_bytes":16,"clean_hash":"xxh3-128:ab3313d2d54b5edbeefe9143f5d1c9b6"})"
      "\n"
      R"({"document":"soup.txt","rule":"widgets.loading","offset":5,"removed":"Loading...\n"})"
      "\n"
      R"({"document":"soup.txt","rule":"unicode.nbsp","offset":20,"removed":"\u00a0","added":" "})"
      "\n"
      R"({"document":"soup.txt","rule":"unicode.line-ends","offset":27,"removed":"\r"})"
      "\n"
      R"({"document":"soup.txt","end":true,"changes":3,"hash":"xxh3-128:b0d767669b467972609c3b7f49357489"})"
      "\n");
}

struct LineCase {
  const char* name;
  std::string_view document;
  std::string_view original;
  std::string_view clean;
  Changes changes;
  std::string_view want;
  friend void PrintTo(const LineCase& row, std::ostream* out) { *out << row.name; }
};

class ChangeLinesOf : public testing::TestWithParam<LineCase> {};

const LineCase line_cases[] = {
    {"nothing_changed", "a", "abc", "abc", {}, ""},
    {"empty_document", "a", "", "", {}, ""},
    {"insertion",
     "a",
     "abc",
     "abc\n",
     {{3, 0, 3, 1, 1}},
     R"({"document":"a","rule":"unicode.nbsp","offset":3,"removed":"","added":"\n"})"
     "\n"},
    {"changes_that_touch_stay_apart",
     "a",
     "abcd",
     "aXd",
     {{1, 1, 1, 1, 0}, {2, 1, 2, 0, 1}},
     R"({"document":"a","rule":"widgets.loading","offset":1,"removed":"b","added":"X"})"
     "\n"
     R"({"document":"a","rule":"unicode.nbsp","offset":2,"removed":"c"})"
     "\n"},
    {"change_of_nothing_has_no_line", "a", "abc", "abc", {{1, 0, 1, 0, 0}}, ""},
    {"invalid_utf8_as_base64",
     "a",
     "x\xFFy",
     "x\uFFFDy",
     {{1, 1, 1, 3, 0}},
     R"({"document":"a","rule":"widgets.loading","offset":1,"removed_b64":"/w==","added":"�"})"
     "\n"},
    {"half_a_character_as_base64",
     "a",
     "\u00E4",
     "\u00E9",
     {{1, 1, 1, 1, 0}},
     R"({"document":"a","rule":"widgets.loading","offset":1,"removed_b64":"pA==","added_b64":"qQ=="})"
     "\n"},
    {"nul_and_controls_escaped",
     "a",
     "\0\x1B[1m\x7F"sv,
     "",
     {{0, 6, 0, 0, 0}},
     R"({"document":"a","rule":"widgets.loading","offset":0,"removed":"\u0000\u001b[1m\u007f"})"
     "\n"},
    {"unseen_characters_escaped_others_not",
     "a",
     "ü\u200B\u2028\u202E\uFEFF\uFE0F\u3000\U000E0041\U0001F642",
     "",
     {{0, 28, 0, 0, 0}},
     R"({"document":"a","rule":"widgets.loading","offset":0,"removed":"ü\u200b\u2028\u202e\ufeff\ufe0f\u3000\udb40\udc41🙂"})"
     "\n"},
    {"name_with_quote_and_line_feed",
     "a\"\n",
     "x",
     "",
     {{0, 1, 0, 0, 0}},
     R"({"document":"a\"\n","rule":"widgets.loading","offset":0,"removed":"x"})"
     "\n"},
    {"name_that_is_no_utf8_as_base64",
     "a\xFF",
     "x",
     "",
     {{0, 1, 0, 0, 0}},
     R"({"document_b64":"Yf8=","rule":"widgets.loading","offset":0,"removed":"x"})"
     "\n"},
};

TEST_P(ChangeLinesOf, StandInOrderOfOffset) {
  const LineCase& row = GetParam();
  const auto lines =
      ledger_lines(some_entries(), row.document, row.original, cleaned(row.clean, row.changes));
  ASSERT_TRUE(lines) << to_string(lines.error());
  EXPECT_EQ(inner_lines(*lines), row.want);
}

INSTANTIATE_TEST_SUITE_P(Table, ChangeLinesOf, testing::ValuesIn(line_cases), case_name);

struct AstrayCase {
  const char* name;
  std::string_view original;
  std::string_view clean;
  Changes changes;
  friend void PrintTo(const AstrayCase& row, std::ostream* out) { *out << row.name; }
};

class ChangesThatDoNotLeadBack : public testing::TestWithParam<AstrayCase> {};

const AstrayCase astray_cases[] = {
    {"none_where_texts_differ", "abc", "abd", {}},
    {"none_where_the_end_is_missing", "abc", "ab", {}},
    {"kept_text_differs", "abc", "Xb", {{2, 1, 2, 0, 0}}},
    {"kept_sizes_differ", "abc", "bc", {{1, 1, 0, 0, 0}}},
    {"beyond_the_original", "abc", "abc", {{4, 0, 3, 0, 0}}},
    {"reaching_beyond_the_original", "abc", "ab", {{2, 2, 2, 0, 0}}},
    {"reaching_beyond_the_clean_text", "abc", "ab", {{2, 1, 2, 1, 0}}},
    {"size_that_overflows", "abc", "ab", {{2, static_cast<std::size_t>(-1), 2, 0, 0}}},
    {"overlapping", "abc", "", {{0, 2, 0, 0, 0}, {1, 2, 0, 0, 0}}},
    {"out_of_order", "abc", "b", {{2, 1, 1, 0, 0}, {0, 1, 0, 0, 0}}},
    {"rule_that_does_not_exist", "abc", "ab", {{2, 1, 2, 0, 3}}},
};

TEST_P(ChangesThatDoNotLeadBack, AreNotWritten) {
  const auto lines = ledger_lines(some_entries(), "a.txt", GetParam().original,
                                  cleaned(GetParam().clean, GetParam().changes));
  ASSERT_FALSE(lines);
  EXPECT_EQ(lines.error().code, ErrorCode::bad_ledger);
  EXPECT_EQ(
      to_string(lines.error()),
      "a.txt: its changes do not lead back to the original; this is a defect of dechaff, please report it");
}

INSTANTIATE_TEST_SUITE_P(Table, ChangesThatDoNotLeadBack, testing::ValuesIn(astray_cases), case_name);

RuleSet rule_set(std::vector<std::string> contents) {
  auto compiled = std::make_shared<rules::Compiled>();
  for (std::string& content : contents) compiled->files.push_back({"", "", std::move(content)});
  return RuleSet(compiled);
}

std::string head_line(const RuleSet& rules) {
  std::string out;
  LedgerWriter writer([&](std::string_view lines) {
    out += lines;
    return true;
  });
  EXPECT_TRUE(writer.begin(rules, "safe"));
  return out;
}

TEST(LedgerWriter, FramesTheDocuments) {
  std::string out;
  LedgerWriter writer([&](std::string_view lines) {
    out += lines;
    return true;
  });
  EXPECT_TRUE(writer.begin(rule_set({}), "safe"));
  const std::string head = out;
  EXPECT_TRUE(writer.add("first\n", 1));
  EXPECT_TRUE(writer.add("second\n", 1));
  EXPECT_EQ(out, head + "first\nsecond\n");
  out.clear();
  EXPECT_TRUE(writer.end());
  EXPECT_TRUE(out.starts_with(R"({"end":true,"documents":2,"hash":"xxh3-128:)")) << out;
}

TEST(LedgerWriter, HeadNamesVersionsProfileAndRules) {
  const std::string head = head_line(rule_set({}));
  EXPECT_TRUE(head.starts_with(R"({"dechaff":"ledger","version":1,"engine":")")) << head;
  EXPECT_NE(head.find(R"(,"profile":"safe","unicode":")"), head.npos) << head;
  // XXH3 of nothing, as xxhsum -H2 gives it.
  EXPECT_TRUE(head.ends_with(R"(,"rules":"xxh3-128:99aa06d3014798d86001c324468d497f"})"
                             "\n"))
      << head;
}

TEST(LedgerWriter, HashesTheRulesByTheirTexts) {
  EXPECT_EQ(head_line(rule_set({"one", "two"})), head_line(rule_set({"one", "two"})));
  EXPECT_NE(head_line(rule_set({"one", "two"})), head_line(rule_set({"two", "one"})));
  EXPECT_NE(head_line(rule_set({"one", "two"})), head_line(rule_set({"onet", "wo"})));
}

TEST(LedgerWriter, WritesNothingAfterAFailedWrite) {
  int calls = 0;
  LedgerWriter writer([&](std::string_view /*lines*/) { return ++calls != 2; });
  EXPECT_TRUE(writer.begin(rule_set({}), "safe"));
  EXPECT_FALSE(writer.add("first\n", 1));
  EXPECT_FALSE(writer.add("second\n", 1));
  EXPECT_FALSE(writer.end());
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace dechaff
