#include "text/form.hpp"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>

#include <array>
#include <charconv>
#include <fstream>
#include <ostream>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"
#include "text/utf8.hpp"

namespace dechaff {
namespace {

TEST(FormName, IsReadAndWritten) {
  for (const Form form : {Form::none, Form::nfc, Form::nfd, Form::nfkc, Form::nfkd}) {
    EXPECT_EQ(form_named(name_of(form)), form);
  }
  EXPECT_EQ(form_named("nfkc"), Form::nfkc);
  EXPECT_EQ(name_of(Form::none), "none");
  EXPECT_EQ(form_named("NFC"), std::nullopt);
  EXPECT_EQ(form_named(""), std::nullopt);
}

}  // namespace
}  // namespace dechaff

namespace dechaff::text {
namespace {

using namespace std::string_view_literals;

std::string in_form(std::string_view text, Form form) {
  return apply_edits(text, normal_form_edits(text, form, 0));
}

struct FormCase {
  const char* name;
  Form form;
  std::string_view text;
  Edits want;
  friend void PrintTo(const FormCase& row, std::ostream* out) { *out << row.name; }
};

class FormEdits : public testing::TestWithParam<FormCase> {};

const FormCase form_cases[] = {
    {"none_changes_nothing", Form::none, "e\u0301", {}},
    {"ascii_is_in_every_form", Form::nfkd, "plain text, ~^` and all\n", {}},
    {"composed_is_nfc", Form::nfc, "caf\u00E9 \u65E5\u672C\u8A9E", {}},
    {"letter_and_accent_compose", Form::nfc, "cafe\u0301 x", {{3, 6, "\u00E9", 9}}},
    {"accent_behind_one_that_stays", Form::nfc, "q\u0307\u0323", {{1, 5, "\u0323\u0307", 9}}},
    {"marks_alone_are_sorted", Form::nfc, "\u0301\u0323", {{0, 4, "\u0323\u0301", 9}}},
    {"first_of_a_line", Form::nfc, "a\ne\u0301\nb", {{2, 5, "\u00E9", 9}}},
    {"line_feed_takes_no_mark", Form::nfc, "a\n\u0301\u0323", {{2, 6, "\u0323\u0301", 9}}},
    {"zero_takes_no_mark", Form::nfc, "\0\u0301\u0323\0z"sv, {{1, 5, "\u0323\u0301", 9}}},
    {"singletons", Form::nfc, "5 \u212B", {{2, 5, "\u00C5", 9}}},
    {"excluded_from_composition", Form::nfc, "\u0958", {{0, 3, "\u0915\u093C", 9}}},
    {"hangul_composes", Form::nfc, "\u1112\u1161\u11AB", {{0, 9, "\uD55C", 9}}},
    {"hangul_comes_apart", Form::nfd, "\uD55C", {{0, 3, "\u1112\u1161\u11AB", 9}}},
    {"common_beginning_is_left_out", Form::nfc, "q\u0323\u0315\u0300", {{3, 7, "\u0300\u0315", 9}}},
    {"common_end_is_left_out", Form::nfc, "e\u0301\u0315", {{0, 3, "\u00E9", 9}}},
    {"each_character_has_its_edit", Form::nfd, "\u00E9 \u00E9", {{0, 2, "e\u0301", 9}, {3, 5, "e\u0301", 9}}},
    {"one_comes_apart_into_three", Form::nfd, "\u1E69", {{0, 3, "s\u0323\u0307", 9}}},
    {"compatibility_stays_in_nfc", Form::nfc, "\uFB01\u00B2\u2026", {}},
    {"compatibility_goes_in_nfkc",
     Form::nfkc,
     "\uFB01\u00B2\u2026",
     {{0, 3, "fi", 9}, {3, 5, "2", 9}, {5, 8, "...", 9}}},
    {"mark_of_the_lower_class_composes_first", Form::nfkc, "A\u030A\u0323", {{0, 5, "\u1EA0\u030A", 9}}},
};

TEST_P(FormEdits, AreAsSmallAsTheCharactersAllow) {
  EXPECT_EQ(normal_form_edits(GetParam().text, GetParam().form, 9), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, FormEdits, testing::ValuesIn(form_cases), case_name);

/// A row of NormalizationTest.txt: source, NFC, NFD, NFKC, NFKD.
using Row = std::array<std::string, 5>;

struct TestFile {
  std::vector<Row> rows;
  std::set<char32_t> part1;  // the characters that have a row of their own
};

std::string from_hex(std::string_view field) {
  std::string out;
  while (!field.empty()) {
    const std::string_view digits = field.substr(0, field.find(' '));
    std::uint32_t c = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), c, 16);
    append_utf8(out, c);
    field.remove_prefix(std::min(field.size(), digits.size() + 1));
  }
  return out;
}

TestFile read_test_file() {
  TestFile out;
  std::ifstream file(DECHAFF_NORMALIZATION_TEST);
  EXPECT_TRUE(file) << "cannot read " << DECHAFF_NORMALIZATION_TEST;
  bool in_part1 = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('@')) in_part1 = line.starts_with("@Part1");
    if (line.empty() || line.starts_with('#') || line.starts_with('@')) continue;
    Row row;
    std::string_view rest = line;
    for (std::string& field : row) {
      field = from_hex(rest.substr(0, rest.find(';')));
      rest.remove_prefix(rest.find(';') + 1);
    }
    if (in_part1) out.part1.insert(char_at(row[0], 0));
    out.rows.push_back(std::move(row));
  }
  return out;
}

// The invariants at the head of the file: for each form, its column and the columns that lead there.
TEST(UnicodeNormalizationTest, HoldsForEveryRow) {
  struct Invariant {
    Form form;
    std::size_t want;
    std::vector<std::size_t> from;
  };
  const Invariant invariants[] = {
      {Form::nfc, 1, {0, 1, 2}}, {Form::nfc, 3, {3, 4}},           {Form::nfd, 2, {0, 1, 2}},
      {Form::nfd, 4, {3, 4}},    {Form::nfkc, 3, {0, 1, 2, 3, 4}}, {Form::nfkd, 4, {0, 1, 2, 3, 4}},
  };
  const TestFile file = read_test_file();
  ASSERT_GT(file.rows.size(), 18000U);
  for (const Row& row : file.rows) {
    for (const Invariant& invariant : invariants) {
      for (const std::size_t from : invariant.from) {
        ASSERT_EQ(in_form(row[from], invariant.form), row[invariant.want])
            << "column " << from + 1 << " of the row for " << row[0] << " in " << name_of(invariant.form);
      }
    }
  }
}

TEST(UnicodeNormalizationTest, LeavesEveryCharacterThatPart1DoesNotList) {
  const TestFile file = read_test_file();
  ASSERT_GT(file.part1.size(), 16000U);
  std::string text;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if ((c >= 0xD800 && c <= 0xDFFF) || file.part1.contains(c)) continue;
    text.clear();
    append_utf8(text, c);
    for (const Form form : {Form::nfc, Form::nfd, Form::nfkc, Form::nfkd}) {
      ASSERT_TRUE(normal_form_edits(text, form, 0).empty()) << std::hex << static_cast<std::uint32_t>(c);
    }
  }
}

TEST(UnicodeNormalizationTest, HoldsForAllRowsInOneText) {
  const TestFile file = read_test_file();
  std::string text;
  std::string want;
  for (const Row& row : file.rows) {
    // CR LF and the like are not in the file; a starter between keeps the rows apart.
    text += row[0] + "\nsome words in between ";
    want += row[3] + "\nsome words in between ";
  }
  EXPECT_EQ(in_form(text, Form::nfkc), want);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Form, SortsAHundredThousandMarksInARowAtOnce) {
  constexpr std::size_t pairs = 50000;
  // The classes of U+0315 and U+0300 are 232 and 230; of the latter the first composes with the letter.
  const std::string text = "a" + repeated("\u0315\u0300", pairs) + "z";
  EXPECT_EQ(in_form(text, Form::nfd), "a" + repeated("\u0300", pairs) + repeated("\u0315", pairs) + "z");
  EXPECT_EQ(in_form(text, Form::nfc),
            "\u00E0" + repeated("\u0300", pairs - 1) + repeated("\u0315", pairs) + "z");
}

TEST(Form, SortsMarksThatComeApartIntoOthers) {
  constexpr std::size_t pairs = 50000;
  // U+0F73 is a starter made of U+0F71 and U+0F72, of the classes 129 and 130.
  EXPECT_EQ(in_form(repeated("\u0315\u0F73", pairs), Form::nfc),
            repeated("\u0F71", pairs) + repeated("\u0F72", pairs) + repeated("\u0315", pairs));
}

TEST(Form, IsIcusForTextOfAllKindsOfMarks) {
  constexpr std::array<char32_t, 24> chars = {'a',   'e',    ' ',    '\n',   0,      0xE9,   0x300,  0x301,
                                              0x315, 0x323,  0x327,  0x345,  0x344,  0x34F,  0xF71,  0xF72,
                                              0xF73, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x3099, 0x304B, 0xFB01};
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* icus = icu::Normalizer2::getNFCInstance(status);
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    // Most of some rounds' characters are marks, in runs longer than any is handed on as it stands.
    const std::size_t marks = round % 2 == 0 ? 0 : 40;
    std::string text;
    for (std::size_t i = random() % 400; i > 0; --i) {
      const std::size_t which = random() % (chars.size() + marks);
      append_utf8(text, which < chars.size() ? chars[which] : chars[6 + which % 8]);
    }
    icu::UnicodeString want = icus->normalize(icu::UnicodeString::fromUTF8(text), status);
    std::string want_utf8;
    ASSERT_EQ(in_form(text, Form::nfc), want.toUTF8String(want_utf8));
  }
}

}  // namespace
}  // namespace dechaff::text
