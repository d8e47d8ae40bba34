#include "report/visible.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "case_name.hpp"

namespace dechaff::report {
namespace {

using namespace std::string_view_literals;

struct VisibleCase {
  const char* name;
  std::string_view text;
  std::string_view want;
  friend void PrintTo(const VisibleCase& row, std::ostream* out) { *out << row.name; }
};

class Visible : public testing::TestWithParam<VisibleCase> {};

const VisibleCase visible_cases[] = {
    {"nothing", "", ""},
    {"letters_and_spaces", "a b é 漢 \xF0\x9F\x98\x80", "a b é 漢 \xF0\x9F\x98\x80"},
    {"tabs", "a\tb", "a\tb"},
    {"backslashes", "a\\u{41}", "a\\u{41}"},
    {"combining_marks", "e\xCC\x81", "e\xCC\x81"},
    {"nul", "a\0b"sv, "a\\u{0000}b"},
    {"line_feed_and_return", "a\r\n", "a\\u{000D}\\u{000A}"},
    {"escape", "\x1b[31m", "\\u{001B}[31m"},
    {"delete", "\x7f", "\\u{007F}"},
    {"control_of_the_second_block", "\xC2\x9B", "\\u{009B}"},
    {"no_break_space", "\xC2\xA0", "\\u{00A0}"},
    {"ideographic_space", "\xE3\x80\x80", "\\u{3000}"},
    {"zero_width_space", "\xE2\x80\x8B", "\\u{200B}"},
    {"byte_order_mark", "\xEF\xBB\xBF", "\\u{FEFF}"},
    {"bidi_override", "\xE2\x80\xAE", "\\u{202E}"},
    {"line_separator", "\xE2\x80\xA8", "\\u{2028}"},
    {"private_use", "\xEE\x80\x80", "\\u{E000}"},
    {"noncharacter", "\xF4\x8F\xBF\xBF", "\\u{10FFFF}"},
    {"ill_formed", "a\xFF\xC3(", "a\\x{FF}\\x{C3}("},
    {"cut_off", "\xE2\x82", "\\x{E2}\\x{82}"},
    {"surrogate", "\xED\xA0\x80", "\\x{ED}\\x{A0}\\x{80}"},
};

TEST_P(Visible, Shows) { EXPECT_EQ(visible(GetParam().text), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Texts, Visible, testing::ValuesIn(visible_cases), case_name);

}  // namespace
}  // namespace dechaff::report
