#include "text/utf8.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"

namespace dechaff::text {
namespace {

using namespace std::string_view_literals;

struct CharCase {
  const char* name;
  std::string_view bytes;
  char32_t c;
  friend void PrintTo(const CharCase& row, std::ostream* out) { *out << row.name; }
};

class Utf8Char : public testing::TestWithParam<CharCase> {};

// The ends of each row of table 3-6 of the Unicode core specification.
const CharCase char_cases[] = {
    {"nul", "\0"sv, 0},
    {"last_of_one_byte", "\x7F", 0x7F},
    {"first_of_two_bytes", "\xC2\x80", 0x80},
    {"last_of_two_bytes", "\xDF\xBF", 0x7FF},
    {"first_of_three_bytes", "\xE0\xA0\x80", 0x800},
    {"before_the_surrogates", "\xED\x9F\xBF", 0xD7FF},
    {"behind_the_surrogates", "\xEE\x80\x80", 0xE000},
    {"last_of_three_bytes", "\xEF\xBF\xBF", 0xFFFF},
    {"first_of_four_bytes", "\xF0\x90\x80\x80", 0x10000},
    {"last_of_all", "\xF4\x8F\xBF\xBF", 0x10FFFF},
};

TEST_P(Utf8Char, IsReadAndWritten) {
  const auto& [name, bytes, c] = GetParam();
  const std::string text = "a" + std::string(bytes) + "z";
  EXPECT_EQ(char_size(text, 1), bytes.size());
  EXPECT_EQ(char_at(text, 1), c);
  EXPECT_EQ(previous_char(text, 1 + bytes.size()), 1U);
  EXPECT_EQ(well_formed_size(text, 1), bytes.size());
  EXPECT_EQ(valid_prefix(text), text.size());
  EXPECT_TRUE(is_utf8(text));
  std::string written;
  append_utf8(written, c);
  EXPECT_EQ(written, bytes);
}

INSTANTIATE_TEST_SUITE_P(Ends, Utf8Char, testing::ValuesIn(char_cases), case_name);

struct IllFormedCase {
  const char* name;
  std::string_view bytes;
  std::vector<std::size_t> sizes;  // of each ill-formed sequence; 0 for a well-formed character
  friend void PrintTo(const IllFormedCase& row, std::ostream* out) { *out << row.name; }
};

class IllFormedUtf8 : public testing::TestWithParam<IllFormedCase> {};

const IllFormedCase ill_formed_cases[] = {
    {"table_3_8_overlong", "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", {1, 1, 1, 1, 1, 1, 1, 1, 0}},
    {"table_3_9_surrogates", "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", {1, 1, 1, 1, 1, 1, 1, 1, 0}},
    {"table_3_10_out_of_range", "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", {1, 1, 1, 1, 1, 0, 1, 1, 0}},
    {"table_3_11_truncated", "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", {2, 1, 3, 2, 0}},
    {"example_of_section_3_9",
     "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
     {0, 3, 2, 1, 0, 1, 0, 1, 1, 0}},
    {"cut_off_at_the_end", "a\xF0\x9F\x98", {0, 3}},
    {"lead_byte_at_the_end", "a\xC3", {0, 1}},
    {"lead_bytes_of_five_and_six", "\xF8\x88\x80\x80\x80\xFC", {1, 1, 1, 1, 1, 1}},
    {"lead_before_lead", "\xC3\xC3\xA9", {1, 0}},
};

TEST_P(IllFormedUtf8, IsCutIntoMaximalSubparts) {
  const auto& [name, bytes, sizes] = GetParam();
  std::size_t at = 0;
  for (const std::size_t size : sizes) {
    ASSERT_LT(at, bytes.size());
    const bool well_formed = size == 0;
    EXPECT_EQ(well_formed_size(bytes, at) != 0, well_formed) << "at " << at;
    EXPECT_EQ(valid_prefix(bytes.substr(at)) != 0, well_formed) << "at " << at;
    if (!well_formed) {
      EXPECT_EQ(ill_formed_size(bytes, at), size) << "at " << at;
    }
    at += well_formed ? well_formed_size(bytes, at) : size;
  }
  EXPECT_EQ(at, bytes.size());
  EXPECT_FALSE(is_utf8(bytes));
}

INSTANTIATE_TEST_SUITE_P(Unicode, IllFormedUtf8, testing::ValuesIn(ill_formed_cases), case_name);

TEST(Utf8, ValidPrefixEndsAtTheFirstIllFormedByteWhereverItStands) {
  for (std::size_t before = 0; before < 140; ++before) {
    const std::string valid = std::string(before, 'x') + "\xC3\xA9";
    EXPECT_EQ(valid_prefix(valid + "\xFF" + std::string(20, 'y')), valid.size());
    EXPECT_EQ(valid_prefix(valid), valid.size());
    EXPECT_TRUE(is_utf8(valid));
    EXPECT_FALSE(is_utf8(valid + "\xFF" + std::string(20, 'y')));
    EXPECT_FALSE(is_utf8(valid + "\xE6\xBC"));
    EXPECT_EQ(valid_prefix(valid + "\xE6\xBC\xA2y\xA2"), valid.size() + 4);
    EXPECT_EQ(valid_prefix(valid + "\xE6\xBC"), valid.size());
  }
  EXPECT_EQ(valid_prefix(""), 0U);
  EXPECT_TRUE(is_utf8(""));
}

TEST(Utf8, AsciiEndsAtTheFirstByteBeyondIt) {
  for (std::size_t size = 0; size < 80; ++size) {
    const std::string ascii(size, 'x');
    EXPECT_EQ(ascii_end(ascii + "\x80zzzzzzzzzzzz", 0), size);
    EXPECT_EQ(ascii_end(ascii, 0), size);
    EXPECT_EQ(ascii_end(ascii + "\xC3\xA9", size / 2), size);
  }
}

TEST(Utf8, EveryScalarValueGoesThereAndBack) {
  std::string text;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    text.clear();
    append_utf8(text, c);
    ASSERT_EQ(char_at(text, 0), c);
    ASSERT_EQ(char_size(text, 0), text.size());
    ASSERT_EQ(valid_prefix(text), text.size());
  }
}

}  // namespace
}  // namespace dechaff::text
