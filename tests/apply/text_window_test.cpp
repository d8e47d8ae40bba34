#include "apply/text_window.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "case_name.hpp"

namespace dechaff::apply {
namespace {

using namespace std::string_literals;

struct WindowCase {
  const char* name;
  std::string bytes;
  std::size_t most;
  std::string_view encoding;
  std::size_t want;
};

void PrintTo(const WindowCase& window, std::ostream* out) { *out << window.name; }

class WindowSize : public testing::TestWithParam<WindowCase> {};

std::string wide(std::string_view ascii, bool big_endian, std::size_t unit) {
  std::string out;
  for (const char c : ascii) {
    std::string character(unit, '\0');
    character[big_endian ? unit - 1 : 0] = c;
    out += character;
  }
  return out;
}

const WindowCase window_cases[] = {
    {"behind_a_blank_line", "aaaa\n\nbb\ncc\ndd", 10, "utf-8", 6},
    {"behind_the_last_blank_line", "aa\n\nbb\n\ncc\ndd", 11, "utf-8", 8},
    {"of_the_first_half_it_is_none", "a\n\nbbbb\ncccc\nd", 13, "utf-8", 13},
    {"cr_lf_blank_line", "aaaa\r\n\r\nbb\r\ncc", 12, "utf-8", 8},
    {"behind_the_last_line", "aaaa\nbbbb\ncccc", 12, "utf-8", 10},
    {"at_the_very_end", "aaaa\nbbbb\n\ncccc", 11, "utf-8", 11},
    {"before_a_character", "aaa€€", 5, "utf-8", 3},
    {"between_characters", "aaa€€", 6, "utf-8", 6},
    {"trail_bytes_alone", "\x80\x80\x80\x80\x80\x80\x80", 5, "utf-8", 2},
    {"one_byte", "\x80\x80\x80", 1, "utf-8", 1},
    {"other_encodings_as_they_come", "\xE9\xE9\xE9\xE9", 3, "windows-1252", 3},
    {"utf_16_little", wide("aa\n\nb\nc", false, 2), 12, "utf-16le", 8},
    {"utf_16_big", wide("aa\n\nb\nc", true, 2), 12, "utf-16be", 8},
    {"utf_16_line_feed_across_two_units", "a\0\x61\n\0\x61"s, 6, "utf-16le", 6},
    {"utf_16_is_cut_between_units", wide("aaaa", false, 2), 5, "utf-16le", 4},
    {"utf_32_little", wide("aa\n\nb\nc", false, 4), 24, "utf-32le", 16},
    {"utf_32_is_cut_between_units", wide("aaaa", true, 4), 11, "utf-32be", 8},
};

INSTANTIATE_TEST_SUITE_P(Cases, WindowSize, testing::ValuesIn(window_cases), case_name);

TEST_P(WindowSize, IsWhereATextIsBestCut) {
  EXPECT_EQ(window_size(GetParam().bytes, GetParam().most, GetParam().encoding), GetParam().want);
}

TEST_P(WindowSize, IsNeverNothingAndNeverTooLarge) {
  for (std::size_t most = 4; most <= GetParam().bytes.size(); ++most) {
    const std::size_t size = window_size(GetParam().bytes, most, GetParam().encoding);
    EXPECT_GT(size, 0U) << most;
    EXPECT_LE(size, most) << most;
  }
}

TEST(EncodingOfWindow, IsToldByItsBeginning) {
  EXPECT_EQ(encoding_of_window("\xFF\xFE"s + wide("soup\n", false, 2)), "utf-16le");
  EXPECT_EQ(encoding_of_window("\xFE\xFF"s + wide("soup\n", true, 2)), "utf-16be");
  EXPECT_EQ(encoding_of_window("größer"), "utf-8");
}

struct KeepCase {
  const char* name;
  std::string original, clean;
  Changes changes;
  std::string want;
};

void PrintTo(const KeepCase& keep, std::ostream* out) { *out << keep.name; }

class KeepBlankLine : public testing::TestWithParam<KeepCase> {};

const KeepCase keep_cases[] = {
    {"taken_off_the_end", "a\n\n", "a\n", {{2, 1, 2, 0, 0}}, "a\n\n"},
    {"taken_with_a_line", "a\nLoading...\n\n", "a\n", {{2, 12, 2, 0, 0}}, "a\n\n"},
    {"none_was_there", "a\nLoading...\n", "a\n", {{2, 11, 2, 0, 0}}, "a\n"},
    {"with_cr_lf", "a\r\n\r\n", "a\n", {{1, 1, 1, 0, 0}, {3, 2, 2, 0, 0}}, "a\n\n"},
    {"still_there", "a\nx\n\n", "a\n\n", {{2, 2, 2, 0, 0}}, "a\n\n"},
    {"of_what_was_clean", "a\n", "a\n", {}, "a\n"},
    {"of_nothing_left", "Loading...\n\n", "", {{0, 12, 0, 0, 0}}, ""},
    {"where_the_end_is_as_it_was", "x\na\n", "a\n", {{0, 2, 0, 0, 0}}, "a\n"},
};

INSTANTIATE_TEST_SUITE_P(Cases, KeepBlankLine, testing::ValuesIn(keep_cases), case_name);

TEST_P(KeepBlankLine, PutsItBackBetweenTwoWindows) {
  Cleaned window;
  window.text = GetParam().clean;
  window.changes = GetParam().changes;
  keep_blank_line(window, GetParam().original);
  EXPECT_EQ(window.text, GetParam().want);
  std::string back;
  std::size_t to = 0;
  for (const Change& change : window.changes) {
    back +=
        window.text.substr(to, change.to - to) + GetParam().original.substr(change.from, change.from_size);
    to = change.to + change.to_size;
  }
  EXPECT_EQ(back + window.text.substr(to), GetParam().original);
}

}  // namespace
}  // namespace dechaff::apply
