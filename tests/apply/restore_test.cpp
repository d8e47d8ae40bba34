#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "apply/sealed.hpp"
#include "case_name.hpp"
#include "dechaff/ledger.hpp"

namespace dechaff {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view original_text = "one, two";
constexpr std::string_view clean_text = "one two!";

constexpr std::string_view head = R"({"dechaff":"ledger","version":1})"
                                  "\n";
constexpr std::string_view begin =
    R"({"document":"a","begin":true,"bytes":@bytes,"hash":"@hash","clean_bytes":@clean_bytes,"clean_hash":"@clean_hash"})"
    "\n";
constexpr std::string_view comma = R"({"document":"a","rule":"r","offset":3,"removed":","})"
                                   "\n";
constexpr std::string_view mark = R"({"document":"a","rule":"r","offset":8,"removed":"","added":"!"})"
                                  "\n";
constexpr std::string_view end = R"({"document":"a","end":true,"changes":2,"hash":"@lines"})"
                                 "\n";
constexpr std::string_view foot = R"({"end":true,"documents":1,"hash":"@all"})"
                                  "\n";

template <class... Lines>
std::string joined(const Lines&... lines) {
  return (std::string() + ... + std::string(lines));
}

std::string sealed(std::string_view ledger) { return apply::sealed(ledger, clean_text, original_text); }

/// The restored text, or the error in one line.
std::string outcome(const std::string& ledger, std::string_view clean = clean_text,
                    std::string_view document = "") {
  std::istringstream in(ledger);
  const auto restored = restore(in, "l.jsonl", clean, document);
  if (restored) return *restored;
  EXPECT_EQ(restored.error().code, ErrorCode::bad_ledger);
  return "error: " + to_string(restored.error());
}

TEST(Restore, GivesTheOriginalBack) {
  EXPECT_EQ(outcome(sealed(joined(head, begin, comma, mark, end, foot))), original_text);
}

TEST(Restore, TakesALastLineWithoutItsLineFeed) {
  std::string ledger = sealed(joined(head, begin, comma, mark, end, foot));
  ledger.pop_back();
  EXPECT_EQ(outcome(ledger), original_text);
}

TEST(Restore, PassesUnknownKeysOver) {
  constexpr std::string_view more =
      R"({"document":"a","rule":"r","offset":3,"removed":",","why":"x","n":-1.5,"z":null})"
      "\n";
  EXPECT_EQ(outcome(sealed(joined(head, begin, more, mark, end, foot))), original_text);
}

TEST(Restore, ReadsBase64OfAnyBytes) {
  constexpr std::string_view encoded = R"({"document_b64":"YQ==","rule":"r","offset":3,"removed_b64":"LA=="})"
                                       "\n";
  constexpr std::string_view encoded_mark =
      R"({"document":"a","rule":"r","offset":8,"removed":"","added_b64":"IQ=="})"
      "\n";
  EXPECT_EQ(outcome(sealed(joined(head, begin, encoded, encoded_mark, end, foot))), original_text);
}

// What is wrong with a whole ledger.

struct LedgerCase {
  const char* name;
  std::string ledger;
  std::string_view want;
  friend void PrintTo(const LedgerCase& row, std::ostream* out) { *out << row.name; }
};

class WrongLedger : public testing::TestWithParam<LedgerCase> {};

const LedgerCase ledger_cases[] = {
    {"empty", "", "l.jsonl: the ledger is empty"},
    {"only_a_line_feed", "\n", "l.jsonl:1: this is no ledger of dechaff"},
    {"some_text", "Soup\nStir\n", "l.jsonl:1: this is no ledger of dechaff"},
    {"other_json", "{\"text\":\"Soup\"}\n", "l.jsonl:1: this is no ledger of dechaff"},
    {"no_head", joined(begin, comma, mark, end, foot), "l.jsonl:1: this is no ledger of dechaff"},
    {"head_of_something_else", joined("{\"dechaff\":\"statistics\",\"version\":1}\n", foot),
     "l.jsonl:1: this is no ledger of dechaff"},
    {"later_version", joined("{\"dechaff\":\"ledger\",\"version\":2}\n", begin, comma, mark, end, foot),
     "l.jsonl:1: this ledger is of version 2, and this dechaff reads version 1"},
    {"cut_off_after_head", joined(head), "l.jsonl: the ledger is cut off: its end is missing after line 1"},
    {"cut_off_within_document", joined(head, begin, comma),
     "l.jsonl: the ledger is cut off: its end is missing after line 3"},
    {"cut_off_after_document", joined(head, begin, comma, mark, end),
     "l.jsonl: the ledger is cut off: its end is missing after line 5"},
    {"cut_off_within_line", joined(head, begin, comma, mark.substr(0, 20)),
     "l.jsonl: the ledger is cut off: its end is missing after line 3"},
    {"cut_off_before_line_feed", joined(head, begin, comma.substr(0, comma.size() - 1)),
     "l.jsonl: the ledger is cut off: its end is missing after line 2"},
    {"no_document", joined(head, "{\"end\":true,\"documents\":0,\"hash\":\"@all\"}\n"),
     "l.jsonl: the ledger holds no document"},
    {"two_ledgers", joined(head, begin, comma, mark, end, foot, head),
     "l.jsonl:6: more follows the end of the ledger in this line"},
    {"blank_line_at_end", joined(head, begin, comma, mark, end, foot, "\n"),
     "l.jsonl:6: more follows the end of the ledger in this line"},
    {"head_within", joined(head, begin, head, comma, mark, end, foot),
     "l.jsonl:3: another ledger begins here; a file holds one"},
    {"document_within_document", joined(head, begin, begin, comma, mark, end, foot),
     "l.jsonl:3: 'a' begins before 'a' has ended"},
    {"end_within_document", joined(head, begin, comma, mark, foot),
     "l.jsonl:5: the ledger ends before 'a' has ended"},
    {"change_before_its_document", joined(head, comma, begin, mark, end, foot),
     "l.jsonl:2: this line of 'a' does not stand between its begin and its end"},
    {"end_before_its_document", joined(head, end, begin, comma, mark, foot),
     "l.jsonl:2: this line of 'a' does not stand between its begin and its end"},
    {"change_of_another_document",
     joined(head, begin, comma, "{\"document\":\"b\",\"rule\":\"r\",\"offset\":4,\"removed\":\"\"}\n", mark,
            end, foot),
     "l.jsonl:4: this line of 'b' does not stand between its begin and its end"},
    {"change_missing", joined(head, begin, comma, end, foot),
     "l.jsonl:4: 'a' has 1 changes here, and had 2 when it was written"},
    {"document_missing", joined(head, "{\"end\":true,\"documents\":1,\"hash\":\"@all\"}\n"),
     "l.jsonl:2: the ledger holds 0 documents, and held 1 when it was written"},
    {"change_before_the_last_one",
     joined(head, begin, comma, "{\"document\":\"a\",\"rule\":\"r\",\"offset\":2,\"removed\":\"\"}\n", end,
            foot),
     "l.jsonl:4: the change at offset 2 overlaps the one before it, or their order is wrong"},
    {"overlapping_changes",
     joined(head, begin, comma, "{\"document\":\"a\",\"rule\":\"r\",\"offset\":3,\"removed\":\" \"}\n", end,
            foot),
     "l.jsonl:4: the change at offset 3 overlaps the one before it, or their order is wrong"},
    {"change_twice", joined(head, begin, comma, comma, end, foot),
     "l.jsonl:4: the change at offset 3 overlaps the one before it, or their order is wrong"},
    {"document_hash_of_other_lines",
     joined(head, begin, comma, mark,
            "{\"document\":\"a\",\"end\":true,\"changes\":2,\"hash\":\"xxh3-128:0\"}\n", foot),
     "l.jsonl:5: the lines of 'a' were changed after they were written: their hash is LINES, not "
     "'xxh3-128:0'"},
    {"ledger_hash_of_other_lines",
     joined(head, begin, comma, mark, end, "{\"end\":true,\"documents\":1,\"hash\":\"\"}\n"),
     "l.jsonl:6: the lines of the ledger were changed after they were written: their hash is ALL, not ''"},
};

TEST_P(WrongLedger, IsRefusedWithItsPlace) {
  std::string got = outcome(sealed(GetParam().ledger));
  // Hashes of lines are stated by what they are of.
  for (const std::string_view placeholder : {"LINES", "ALL"}) {
    const std::size_t found = GetParam().want.find(placeholder);
    if (found == std::string_view::npos) continue;
    constexpr std::size_t hash_size = "xxh3-128:"sv.size() + 32;
    got.replace("error: "sv.size() + found, hash_size, placeholder);
  }
  EXPECT_EQ(got, "error: " + std::string(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, WrongLedger, testing::ValuesIn(ledger_cases), case_name);

// What is wrong with a line, in place of the first change of a sound ledger.

struct LineCase {
  const char* name;
  std::string line;
  std::string_view want;
  friend void PrintTo(const LineCase& row, std::ostream* out) { *out << row.name; }
};

class WrongLine : public testing::TestWithParam<LineCase> {};

/// The change at 3 with one value as the row gives it.
std::string with_offset(std::string_view value) {
  return "{\"document\":\"a\",\"rule\":\"r\",\"removed\":\",\",\"offset\":" + std::string(value) + "}";
}

std::string with_removed(std::string_view member) {
  return "{\"document\":\"a\",\"rule\":\"r\",\"offset\":3," + std::string(member) + "}";
}

const LineCase line_cases[] = {
    {"blank", "", "l.jsonl:3:1: this line is no JSON object"},
    {"text", "Soup", "l.jsonl:3:1: this line is no JSON object"},
    {"number", "7", "l.jsonl:3: this line is no JSON object"},
    {"string", "\"a\"", "l.jsonl:3: this line is no JSON object"},
    {"list", "[]", "l.jsonl:3: this line is no JSON object"},
    {"deep_lists", std::string(1 << 20, '['), "l.jsonl:3: this line is no JSON object"},
    {"unfinished", "{\"document\":\"a\"", "l.jsonl:3:16: this line is no JSON object"},
    {"text_after_object", joined(comma.substr(0, comma.size() - 1), "x"),
     "l.jsonl:3:53: this line is no JSON object"},
    {"nul_after_object", joined(comma.substr(0, comma.size() - 1), "\0x"sv),
     "l.jsonl:3: this line is no JSON object"},
    {"nul_within_string", with_removed("\"removed\":\"\0\""sv), "l.jsonl:3: this line is no JSON object"},
    {"invalid_utf8", with_removed("\"removed\":\"\xFF\""), "l.jsonl:3:50: this line is no JSON object"},
    {"half_a_surrogate_pair", with_removed("\"removed\":\"\\ud83d\""),
     "l.jsonl:3:56: this line is no JSON object"},
    {"comment", joined("/* */", comma.substr(0, comma.size() - 1)),
     "l.jsonl:3:1: this line is no JSON object"},
    {"empty_object", "{}", "l.jsonl:3: the key 'document' is missing"},
    {"object_within", with_removed("\"removed\":{}"),
     "l.jsonl:3: 'removed' must not hold a list or an object"},
    {"list_within", with_removed("\"removed\":[\",\"]"),
     "l.jsonl:3: 'removed' must not hold a list or an object"},
    {"deep_objects_within", with_removed("\"more\":{\"a\":{\"b\":[]}}"),
     "l.jsonl:3: 'more' must not hold a list or an object"},
    {"key_twice", with_removed("\"removed\":\",\",\"removed\":\";\""),
     "l.jsonl:3: the key 'removed' stands twice"},
    {"key_twice_in_two_spellings", with_removed("\"removed\":\",\",\"r\\u0065moved\":\";\""),
     "l.jsonl:3: the key 'removed' stands twice"},
    {"no_document", "{\"rule\":\"r\",\"offset\":3,\"removed\":\",\"}",
     "l.jsonl:3: the key 'document' is missing"},
    {"no_rule", "{\"document\":\"a\",\"offset\":3,\"removed\":\",\"}",
     "l.jsonl:3: the key 'rule' is missing"},
    {"no_offset", "{\"document\":\"a\",\"rule\":\"r\",\"removed\":\",\"}",
     "l.jsonl:3: the key 'offset' is missing"},
    {"no_removed", with_removed("\"added\":\",\""), "l.jsonl:3: the key 'removed' is missing"},
    {"removed_in_both_spellings", with_removed("\"removed\":\",\",\"removed_b64\":\"LA==\""),
     "l.jsonl:3: 'removed' and 'removed_b64' cannot both be there"},
    {"removed_is_a_number", with_removed("\"removed\":7"), "l.jsonl:3: 'removed' must be a string"},
    {"removed_is_null", with_removed("\"removed\":null"), "l.jsonl:3: 'removed' must be a string"},
    {"removed_is_no_base64", with_removed("\"removed_b64\":\"LA\""),
     "l.jsonl:3: 'removed_b64' must be base64"},
    {"added_is_a_number", with_removed("\"removed\":\",\",\"added\":7"),
     "l.jsonl:3: 'added' must be a string"},
    {"offset_is_a_string", with_offset("\"3\""),
     "l.jsonl:3: 'offset' must be a whole number from 0 to 18446744073709551615"},
    {"offset_is_negative", with_offset("-3"),
     "l.jsonl:3: 'offset' must be a whole number from 0 to 18446744073709551615"},
    {"offset_is_no_whole_number", with_offset("3.0"),
     "l.jsonl:3: 'offset' must be a whole number from 0 to 18446744073709551615"},
    {"offset_overflows", with_offset("18446744073709551616"),
     "l.jsonl:3: 'offset' must be a whole number from 0 to 18446744073709551615"},
    {"offset_is_endless", with_offset("1e999"), "l.jsonl:3:55: this line is no JSON object"},
    {"offset_beyond_the_original", with_offset("9"),
     "l.jsonl:3: the change at offset 9 reaches beyond the original, which has 8 bytes"},
    {"change_reaches_beyond_the_original", with_offset("8"),
     "l.jsonl:3: the change at offset 8 reaches beyond the original, which has 8 bytes"},
    {"greatest_offset", with_offset("18446744073709551615"),
     "l.jsonl:3: the change at offset 18446744073709551615 reaches beyond the original, which has 8 bytes"},
    {"added_is_not_in_the_clean_text", with_removed("\"removed\":\",\",\"added\":\";\""),
     "l.jsonl:3: the change at offset 3 does not fit the clean text"},
    {"removed_is_another", with_removed("\"removed\":\";\""),
     "l.jsonl:5: the changes do not lead to the original: size or hash do not match"},
    {"offset_is_another", with_offset("4"),
     "l.jsonl:5: the changes do not lead to the original: size or hash do not match"},
    {"begin_is_false",
     "{\"document\":\"a\",\"begin\":false,\"bytes\":1,\"hash\":\"\",\"clean_bytes\":1,\"clean_hash\":\"\"}",
     "l.jsonl:3: 'begin' must be true"},
    {"begin_without_size",
     "{\"document\":\"a\",\"begin\":true,\"hash\":\"\",\"clean_bytes\":1,\"clean_hash\":\"\"}",
     "l.jsonl:3: the key 'bytes' is missing"},
    {"end_is_a_string", "{\"document\":\"a\",\"end\":\"true\",\"changes\":1,\"hash\":\"\"}",
     "l.jsonl:3: 'end' must be true"},
    {"end_of_ledger_without_count", "{\"end\":true,\"hash\":\"\"}",
     "l.jsonl:3: the key 'documents' is missing"},
    {"names_are_shown_escaped",
     "{\"document\":\"\\u001b[1m\\u202e\",\"rule\":\"r\",\"offset\":3,\"removed\":\",\"}",
     "l.jsonl:3: this line of '\\u001b[1m\\u202e' does not stand between its begin and its end"},
};

TEST_P(WrongLine, IsRefusedWithItsPlace) {
  EXPECT_EQ(outcome(sealed(joined(head, begin, GetParam().line, "\n", mark, end, foot))),
            "error: " + std::string(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, WrongLine, testing::ValuesIn(line_cases), case_name);

TEST(Restore, RefusesALineOfTooManyKeys) {
  std::string line = "{\"document\":\"a\"";
  for (int i = 0; i < 100000; ++i) line += ",\"k" + std::to_string(i) + "\":0";
  EXPECT_EQ(outcome(sealed(joined(head, begin, line, "}\n", end, foot))),
            "error: l.jsonl:3: this line has more than 32 keys");
}

TEST(Restore, ShowsAVeryLongNameInPart) {
  const std::string line =
      "{\"document\":\"" + std::string(1000, 'x') + "\",\"rule\":\"r\",\"offset\":3,\"removed\":\",\"}\n";
  EXPECT_EQ(outcome(sealed(joined(head, begin, line, end, foot))),
            "error: l.jsonl:3: this line of '" + std::string(200, 'x') +
                "…' does not stand between its begin and its end");
}

TEST(Restore, TakesNoSizeAtItsWord) {
  constexpr std::string_view huge =
      R"({"document":"a","begin":true,"bytes":18446744073709551615,"hash":"@hash","clean_bytes":@clean_bytes,)"
      R"("clean_hash":"@clean_hash"})"
      "\n";
  EXPECT_EQ(outcome(sealed(joined(head, huge, comma, mark, end, foot))),
            "error: l.jsonl:5: the changes do not lead to the original: size or hash do not match");
  constexpr std::string_view far = R"({"document":"a","rule":"r","offset":18446744073709551615,"removed":""})"
                                   "\n";
  EXPECT_EQ(outcome(sealed(joined(head, huge, comma, far, end, foot))),
            "error: l.jsonl:4: the change at offset 18446744073709551615 does not fit the clean text");
}

TEST(Restore, RefusesAnotherCleanText) {
  const std::string ledger =
      apply::sealed(joined(head, begin, comma, mark, end, foot), "Soup\nStir well.\n", original_text);
  // The hashes are those of xxhsum -H2.
  EXPECT_EQ(
      outcome(ledger, "Soup\n"),
      "error: l.jsonl:2: the clean text is another than the one this ledger was written for (its hash is "
      "xxh3-128:b090cb4682da9c4ea16f9431c21a58a5, not 'xxh3-128:ab3313d2d54b5edbeefe9143f5d1c9b6')");
}

TEST(Restore, SaysThatReadingFailed) {
  std::istringstream in("x");
  in.setstate(std::ios::badbit);
  const auto restored = restore(in, "l.jsonl", "", "");
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, ErrorCode::io);
  EXPECT_EQ(to_string(restored.error()), "l.jsonl: the ledger cannot be read");
}

// Several documents in one ledger.

struct Document {
  std::string name;
  std::string original;
  std::string clean;  // what is left behind some deleted prefix of the original
};

std::string ledger_of(const std::vector<Document>& documents) {
  std::string out(head);
  for (const Document& document : documents) {
    Cleaned cleaned;
    cleaned.text = document.clean;
    const std::size_t removed = document.original.size() - document.clean.size();
    if (removed > 0) cleaned.changes = {{0, removed, 0, 0, 0}};
    out += *ledger_lines(std::vector<Entry>(1), document.name, document.original, cleaned);
  }
  return apply::sealed(
      out + "{\"end\":true,\"documents\":" + std::to_string(documents.size()) + ",\"hash\":\"@all\"}\n", "",
      "");
}

TEST(RestoreOneOfSeveral, PicksByName) {
  const std::string ledger =
      ledger_of({{"a", "xone", "one"}, {"b", "yone", "one"}, {"c\xFF", "zone", "one"}});
  EXPECT_EQ(outcome(ledger, "one", "a"), "xone");
  EXPECT_EQ(outcome(ledger, "one", "b"), "yone");
  EXPECT_EQ(outcome(ledger, "one", "c\xFF"), "zone");
}

TEST(RestoreOneOfSeveral, AsksForAName) {
  EXPECT_EQ(outcome(ledger_of({{"a", "xone", "one"}, {"b", "yone", "one"}}), "one"),
            "error: l.jsonl: the ledger holds 2 documents, name one of them: 'a', 'b'");
}

TEST(RestoreOneOfSeveral, NamesOnlyTheFirstFew) {
  std::vector<Document> documents;
  for (const char* name : {"a", "b", "a", "c", "d", "e", "f", "g"}) documents.push_back({name, "x", "x"});
  EXPECT_EQ(outcome(ledger_of(documents), "x"),
            "error: l.jsonl: the ledger holds 8 documents, name one of them: 'a', 'b', 'c', 'd', 'e', …");
  EXPECT_EQ(outcome(ledger_of(documents), "x", "z"),
            "error: l.jsonl: the ledger holds no document 'z', it holds 'a', 'b', 'c', 'd', 'e', …");
}

TEST(RestoreOneOfSeveral, TakesTheFirstOfANameThatHasTheCleanText) {
  const std::string ledger = ledger_of({{"a", "xone", "one"}, {"a", "xtwo", "two"}, {"a", "ytwo", "two"}});
  EXPECT_EQ(outcome(ledger, "one", "a"), "xone");
  EXPECT_EQ(outcome(ledger, "two", "a"), "xtwo");
  // XXH3 of nothing, as xxhsum -H2 gives it.
  EXPECT_EQ(outcome(ledger, "", "a"),
            "error: l.jsonl: none of the 3 documents 'a' was cleaned to this text (its hash is "
            "xxh3-128:99aa06d3014798d86001c324468d497f)");
}

TEST(RestoreOneOfSeveral, ChecksTheOthersToo) {
  std::string ledger = ledger_of({{"a", "xone", "one"}, {"b", "yone", "one"}});
  ledger.replace(ledger.find("\"y\""), 3, "\"z\"");
  EXPECT_TRUE(outcome(ledger, "one", "a")
                  .starts_with("error: l.jsonl:7: the lines of 'b' were changed after they were written"));
}

}  // namespace
}  // namespace dechaff
