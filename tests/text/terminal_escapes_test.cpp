#include "text/terminal_escapes.hpp"

#include <gtest/gtest.h>

#include <string>

#include "case_name.hpp"
#include "steps.hpp"

namespace dechaff::text {
namespace {

std::string stripped(std::string_view text) { return apply_edits(text, terminal_escape_edits(text, 0)); }

class ControlFunction : public testing::TestWithParam<RewriteCase> {};

const RewriteCase function_cases[] = {
    {"colour", "a\x1B[1;31mb\x1B[0mc", "abc"},
    {"no_parameters", "\x1B[Kx", "x"},
    {"private_parameters", "\x1B[?25lx\x1B[>0c", "x"},
    {"intermediate_bytes", "\x1B[2 qx", "x"},
    {"c1_introducer", "a\u009B1mb", "ab"},
    {"title_ended_by_bell", "\x1B]0;title\ax", "x"},
    {"title_ended_by_terminator", "\x1B]0;title\x1B\\x", "x"},
    {"title_ended_by_c1_terminator", "\x1B]0;title\u009Cx", "x"},
    {"link", "\x1B]8;;http://example.org\x1B\\text\x1B]8;;\x1B\\", "text"},
    {"title_with_letters_of_all_kinds", "\x1B]0;título 日本\ax", "x"},
    {"other_strings", "\x1BPq\x1B\\a\x1B^p\x1B\\b\x1B_a\x1B\\c\x1BXs\x1B\\d", "abcd"},
    {"two_bytes", "\0337a\0338b\033=c", "abc"},
    {"character_set", "\x1B(Bx", "x"},
    {"side_by_side", "\x1B[1m\x1B[2mx", "x"},
    {"cut_short_by_the_next", "\x1B\x1B[1mx", "\x1Bx"},
    {"cut_short_in_parameters", "\x1B[1;\x1B[0mx", "\x1B[1;x"},
};

TEST_P(ControlFunction, IsDeleted) { EXPECT_EQ(stripped(GetParam().input), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Ecma48, ControlFunction, testing::ValuesIn(function_cases), case_name);

class NoControlFunction : public testing::TestWithParam<StayCase> {};

const StayCase no_function_cases[] = {
    {"no_escape", "[1;31mred[0m"},
    {"at_the_end", "x\x1B"},
    {"before_a_line_feed", "\x1B\nx"},
    {"sequence_cut_short", "\x1B[1;"},
    {"sequence_ends_with_the_line", "\x1B[1;\nm"},
    {"string_ends_with_the_line", "\x1B]0;title\nx\a"},
    {"string_without_end", "\x1B]0;title"},
    {"string_broken_by_an_escape", "\x1B]0;title\x1B"},
    {"before_a_letter_of_another_script",
     "\x1B"
     "é"},
};

TEST_P(NoControlFunction, Stays) { EXPECT_EQ(stripped(GetParam().text), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(Ecma48, NoControlFunction, testing::ValuesIn(no_function_cases), case_name);

}  // namespace
}  // namespace dechaff::text
