#include "text/char_class.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string_view>

#include "case_name.hpp"

namespace dechaff::text {
namespace {

struct ClassCase {
  const char* name;
  std::string_view class_name;
  std::u32string_view in;
  std::u32string_view out;
  friend void PrintTo(const ClassCase& row, std::ostream* out_stream) { *out_stream << row.name; }
};

class CharClassByName : public testing::TestWithParam<ClassCase> {};

const ClassCase class_cases[] = {
    {"letter", "letter", U"aÉжक日ـ", U"1 -\u0301\u200D"},
    {"mark", "mark", U"\u0301\u094D\u064B\uFE0F", U"a1 "},
    {"digit", "digit", U"09٣৪", U"a½² "},
    {"space", "space", U" \t\u00A0\u3000\u2028", U"a\u200B"},
    {"punctuation", "punctuation", U".,»—„।", U"a+€ "},
    {"ascii", "ascii", U"a~ \x01", U"é\u0080"},
    {"rtl", "rtl", U"אبܐߊ", U"a1١\u200F\u061C "},
    {"complex", "complex", U"ابא\u094Dकกក\u1820ߊ।،\u064B", U"aжé日あ1.\u0301"},
    {"southeast_asian", "southeast-asian", U"กລខမ\u17D4", U"aक日ب "},
    {"emoji", "emoji", U"😀👩❤♂🏽🇫🏴©", U"a1#*\uFE0F"},
    {"script_by_name", "Thai", U"ก", U"aខ"},
    {"script_by_code", "Latn", U"aé", U"жα1"},
    {"script_that_shares", "Deva", U"क।", U"ক"},
    {"character", "U+1F3F4", U"🏴", U"🏳"},
    {"range", "U+0030..U+0039", U"059", U"a/:"},
    {"line_edge", "line-edge", U"", U"a\n "},
};

TEST_P(CharClassByName, HoldsItsCharacters) {
  const auto named = CharClass::named(GetParam().class_name);
  ASSERT_TRUE(named);
  for (const char32_t c : GetParam().in)
    EXPECT_TRUE(named->contains({.character = c})) << std::hex << unsigned(c);
  for (const char32_t c : GetParam().out)
    EXPECT_FALSE(named->contains({.character = c})) << std::hex << unsigned(c);
  EXPECT_EQ(named->contains({.at_edge = true}), GetParam().class_name == "line-edge");
}

INSTANTIATE_TEST_SUITE_P(Table, CharClassByName, testing::ValuesIn(class_cases), case_name);

TEST(CharClass, HasNoOtherNames) {
  for (const std::string_view name : {"", "Letter", "letters", "Thaii", "U+", "U+110000", "U+0039..U+0030"}) {
    EXPECT_FALSE(CharClass::named(name)) << name;
  }
}

struct RangeCase {
  const char* name;
  std::string_view spelled;
  char32_t first;
  char32_t last;
  friend void PrintTo(const RangeCase& row, std::ostream* out) { *out << row.name; }
};

class CodeRangeSpelled : public testing::TestWithParam<RangeCase> {};

const RangeCase range_cases[] = {
    {"one", "U+00AD", 0xAD, 0xAD},
    {"range", "U+202A..U+202E", 0x202A, 0x202E},
    {"last_plane", "U+100000..U+10FFFF", 0x100000, 0x10FFFF},
    {"lower_case_digits", "U+feff", 0xFEFF, 0xFEFF},
    {"null", "U+0000", 0, 0},
};

TEST_P(CodeRangeSpelled, IsRead) {
  const auto range = code_range(GetParam().spelled);
  ASSERT_TRUE(range);
  EXPECT_EQ(range->first, GetParam().first);
  EXPECT_EQ(range->last, GetParam().last);
}

INSTANTIATE_TEST_SUITE_P(Table, CodeRangeSpelled, testing::ValuesIn(range_cases), case_name);

TEST(CodeRange, RefusesWhatIsNone) {
  for (const std::string_view spelled :
       {"", "00AD", "U+AD", "U+0000AD0", "U+00AG", "u+00AD", "U+00AD..", "..U+00AD", "U+00AD...U+00AE",
        "U+00AE..U+00AD", "U+D800", "U+D7FF..U+E000", "U+110000", "U+00AD U+00AE", "U+-0AD"}) {
    EXPECT_FALSE(code_range(spelled)) << spelled;
  }
}

}  // namespace
}  // namespace dechaff::text
