#include "text/entities.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "case_name.hpp"
#include "steps.hpp"

namespace dechaff::text {
namespace {

std::string decoded(std::string_view text) { return apply_edits(text, entity_edits(text, 0)); }

class CharacterReference : public testing::TestWithParam<RewriteCase> {};

const RewriteCase reference_cases[] = {
    {"named", "Fish &amp; chips", "Fish & chips"},
    {"named_with_two_characters", "&NotEqualTilde;", "\u2242\u0338"},
    {"longest_name", "&CounterClockwiseContourIntegral;", "∳"},
    {"names_know_case", "&Eacute;&eacute;", "Éé"},
    {"decimal", "&#8217;", "’"},
    {"hexadecimal", "&#x2019;&#X2019;", "’’"},
    {"leading_zeros", "&#0000039;", "'"},
    {"nested", "&amp;amp;lt;", "<"},
    {"nested_in_numbers", "&#38;#38;#38;eacute;", "é"},
    {"made_of_decoded_parts", "&&num;233&semi;", "é"},
    {"null", "&#0;", "\uFFFD"},
    {"surrogate", "&#xD83D;&#xDE00;", "\uFFFD\uFFFD"},
    {"out_of_range", "&#x110000;&#99999999999;", "\uFFFD\uFFFD"},
    {"last_character", "&#x10FFFF;", "\U0010FFFF"},
    {"windows_1252", "&#145;quoted&#x92; &#128;5", "‘quoted’ €5"},
    {"hole_of_windows_1252", "&#129;", "\u0081"},
    {"line_feed", "one&#10;two", "one\ntwo"},
    {"no_break_space", "10&nbsp;km", "10\u00A0km"},
    {"markup_comes_out", "&lt;b&gt; &amp; more", "<b> & more"},
    {"lines_apart", "<p> &amp;\n&amp;", "<p> &amp;\n&"},
    {"ampersands_before", "&&&&amp;", "&&&&"},
    {"text_between", "a &lt b; &gt; c", "a &lt b; > c"},
    {"many_in_a_line", "&lt;&gt;x&amp;gt;y&quot;", "<>x>y\""},
};

TEST_P(CharacterReference, IsDecoded) { EXPECT_EQ(decoded(GetParam().input), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Html, CharacterReference, testing::ValuesIn(reference_cases), case_name);

class NoReference : public testing::TestWithParam<StayCase> {};

const StayCase no_reference_cases[] = {
    {"no_semicolon", "AT&T &amp R&D &copy2020"},
    {"unknown_name", "&unknown; &AMPERSAND;"},
    {"name_with_other_case", "&eACUTE; &NBSP;"},
    {"empty", "&; &#; &#x;"},
    {"no_digits", "&#12a; &#xfg; &#-1; &#+1;"},
    {"space_inside", "& amp; &amp ;"},
    {"beside_markup", "a < b &amp; c"},
    {"too_far", "&#000000000000000000000000000000000039;"},
    {"url", "?a=1&b=2;c=3"},
    {"across_lines", "&am\np;"},
};

TEST_P(NoReference, Stays) { EXPECT_EQ(decoded(GetParam().text), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(Html, NoReference, testing::ValuesIn(no_reference_cases), case_name);

TEST(Entities, AreSorted) {
  EXPECT_TRUE(std::ranges::is_sorted(named_entities(), {}, &NamedEntity::name));
  EXPECT_EQ(named_entities().size(), 2125U);  // of the 2231 in the standard, those that end in ';'
}

TEST(Entities, NestedOnesAreOneEdit) {
  const Edits want = {{2, 14, "<", 7}, {15, 19, ">", 7}};
  EXPECT_EQ(entity_edits("a &amp;amp;lt; &gt;", 7), want);
}

}  // namespace
}  // namespace dechaff::text
