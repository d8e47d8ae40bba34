#include "match/prefixes.hpp"

#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"
#include "rules/pattern.hpp"

namespace dechaff::match {
namespace {

using namespace std::string_view_literals;

// With what those above ASCII begin with.
constexpr auto digits = "0123456789\xD9\xDB\xDF\xE0\xE1\xEA\xEF\xF0"sv;
constexpr auto digits_and_a = "a0123456789\xD9\xDB\xDF\xE0\xE1\xEA\xEF\xF0"sv;
constexpr auto digits_and_c3 =
    "\xC3"
    "0123456789\xD9\xDB\xDF\xE0\xE1\xEA\xEF\xF0"sv;
constexpr auto space = " \t\n\v\f\r\xC2\xE1\xE2\xE3"sv;
constexpr auto word = "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"sv;

ByteSet set_of(std::string_view bytes, bool beyond_ascii) {
  ByteSet out;
  for (const char c : bytes) out.set(static_cast<unsigned char>(c));
  for (std::size_t b = 0xC2; beyond_ascii && b <= 0xF4; ++b) out.set(b);
  return out;
}

/// What the prefixes of a pattern begin with; all bytes where there are none.
ByteSet first_bytes(std::string_view pattern) {
  ByteSet out;
  for (const std::string& prefix : prefixes(pattern)) out.set(static_cast<unsigned char>(prefix.front()));
  return out.none() ? ByteSet{}.set() : out;
}

/// The bytes of the set, for messages.
std::string shown(const ByteSet& set) {
  if (set.all()) return "all";
  std::string out;
  for (std::size_t b = 0; b < 0x80; ++b) {
    if (set.test(b)) out += static_cast<char>(b);
  }
  for (std::size_t b = 0x80; b < 256; ++b) {
    if (set.test(b)) out += " " + std::to_string(b);
  }
  return out;
}

void expect_compiles(std::string_view pattern) {
  rules::PatternError error;
  EXPECT_NE(rules::Pattern::compile(pattern, error), nullptr) << pattern << ": " << error.message;
}

struct KnownCase {
  const char* name;
  std::string_view pattern;
  std::string_view want;
  bool beyond_ascii = false;
};

class KnownFirstBytes : public testing::TestWithParam<KnownCase> {};

const KnownCase known_cases[] = {
    {"letter", "^a", "a"},
    {"whole_word", "^abc$", "a"},
    {"branches", "^(a|b|cd)$", "abc"},
    {"branches_with_an_anchor_each", "^a|^b", "ab"},
    {"groups_in_groups", "^((a|(?:b|c))d)", "abc"},
    {"atomic_group", "^(?>a|b)c", "ab"},
    {"named_group", "^(?<name>a)b", "a"},
    {"named_group_as_in_python", "^(?P<name>a)b", "a"},
    {"optional_letter", "^a?b", "ab"},
    {"optional_lazily", "^a??b", "ab"},
    {"star", "^a*b", "ab"},
    {"possessive_star", "^a*+b", "ab"},
    {"plus", "^a+b", "a"},
    {"lazy_plus", "^a+?b", "a"},
    {"several_optional_ones", "^a?b*c{0,2}d", "abcd"},
    {"optional_group", "^(?:a|b)?c", "abc"},
    {"empty_branch", "^(?:a|)b", "ab"},
    {"empty_group", "^()a", "a"},
    {"counted", "^a{2}b", "a"},
    {"counted_from_zero", "^a{0,3}b", "ab"},
    {"counted_zero_times", "^a{0}b", "ab"},
    {"counted_without_end", "^a{2,}b", "a"},
    {"lookahead", "^(?=a)[ab]", "ab"},
    {"negative_lookahead", "^(?!a)[ab]", "ab"},
    {"lookbehind", "^(?<=x)a", "a"},
    {"negative_lookbehind", "^(?<!x)a", "a"},
    {"word_edge", "^\\ba", "a"},
    {"start_again", "^\\Aa", "a"},
    {"caret_again", "^^a", "a"},
    {"end_that_cannot_be", "^$a", "a"},
    {"class", "^[abc]", "abc"},
    {"class_with_a_range", "^[a-c]x", "abc"},
    {"class_with_two_ranges", "^[0-9a-c]", "0123456789abc"},
    {"class_with_a_hyphen_first", "^[-a]", "-a"},
    {"class_with_a_hyphen_last", "^[a-]", "-a"},
    {"class_with_escaped_hyphen", "^[a\\-c]", "-ac"},
    {"class_with_a_range_of_punctuation", "^[+--]", "+,-"},
    {"class_with_a_bracket_first", "^[]a]", "]a"},
    {"class_with_a_range_from_a_bracket", "^[]-a]", "]^_`a"},
    {"class_with_an_open_bracket", "^[[a]", "[a"},
    {"class_with_escaped_brackets", "^[\\[\\]]", "[]"},
    {"class_with_a_range_to_an_escape", "^[+-\\-]", "+,-"},
    {"class_with_a_caret_inside", "^[a^]", "a^"},
    {"class_with_operators", "^[(|)?*+.$]", "(|)?*+.$"},
    {"class_with_a_backslash", "^[\\\\a]", "\\a"},
    {"class_with_digits", "^[\\da]", digits_and_a},
    {"class_with_a_letter_beyond_ascii", "^[aé]", "a\xC3"},
    {"class_with_a_letter_and_digits", "^[\\dé]", digits_and_c3},
    {"class_with_word_characters", "^[\\wé]", word, true},
    {"case_ignored", "(?i)^ab", "Aa"},
    {"case_ignored_in_a_class", "(?i)^[-b-d]", "-BCDbcd"},
    {"case_ignored_of_letters_with_a_third_case", "(?i)^s", "Ss", true},
    {"optional_class", "^[ab]?c", "abc"},
    {"digit", "^\\d", digits},
    {"word_character", "^\\w", word, true},
    {"space", "^\\sa", space},
    {"horizontal_space", "^\\ha", space},
    {"letter_of_two_bytes", "^é", "\xC3"},
    {"letter_of_two_bytes_optional", "^é?a",
     "\xC3"
     "a"},
    {"letter_of_three_bytes", "^…a", "\xE2"},
    {"letter_of_four_bytes", "^😀a", "\xF0"},
    {"branches_beyond_ascii", "^(?:é|ж|世)", "\xC3\xD0\xE4"},
    {"escaped_letter_beyond_ascii", "^\\éa", "\xC3"},
    {"escaped_full_stop", "^\\.a", "."},
    {"escaped_parenthesis", "^\\(a", "("},
    {"escaped_bar", "^\\|a", "|"},
    {"escaped_brace", "^\\{a", "{"},
    {"hash", "^#a", "#"},
    {"closing_brace", "^}a", "}"},
    {"closing_bracket", "^]a", "]"},
    {"capital", "^A", "A"},
    {"space_itself", "^ a", " "},
    {"call_behind_a_letter", "^(a)(?1)", "a"},
    {"call_of_all_behind_a_letter", "^a(?R)?", "a"},
    {"zero_byte_is_no_end", "^\0a"sv, "\0"sv},
};

TEST_P(KnownFirstBytes, AreToldExactly) {
  expect_compiles(GetParam().pattern);
  const ByteSet got = first_bytes(GetParam().pattern);
  const ByteSet want = set_of(GetParam().want, GetParam().beyond_ascii);
  EXPECT_EQ(got, want) << shown(got) << ", not " << shown(want);
}

INSTANTIATE_TEST_SUITE_P(FirstBytes, KnownFirstBytes, testing::ValuesIn(known_cases), case_name);

struct OpenCase {
  const char* name;
  std::string_view pattern;
};

class OpenFirstBytes : public testing::TestWithParam<OpenCase> {};

const OpenCase open_cases[] = {
    {"empty_pattern", ""},
    {"no_anchor", "a"},
    {"anchor_in_one_branch", "^a|b"},
    {"anchor_behind_a_letter", "a^"},
    {"anchor_in_a_group", "(^a)"},
    {"anchor_in_a_lookahead", "(?=^a)a"},
    {"anchor_of_the_subject", "\\Aa"},
    {"anchor_alone", "^"},
    {"whole_line_of_nothing", "^$"},
    {"optional_letter", "^a?"},
    {"optional_letter_and_end", "^a?$"},
    {"branch_of_nothing", "^(?:a|)$"},
    {"star", "^a*$"},
    {"lookahead_alone", "^(?=a)"},
    {"dot", "^.a"},
    {"dot_behind_an_optional_letter", "^a?.b"},
    {"dots", "^.*a"},
    {"negated_class", "^[^a]"},
    {"negated_class_with_a_bracket", "^[^]a]"},
    {"no_digit", "^\\D"},
    {"no_word_character", "^\\W"},
    {"no_space", "^\\S"},
    {"no_digit_in_a_class", "^[\\Da]"},
    {"property", "^\\p{Lu}"},
    {"short_property", "^\\pL"},
    {"negated_property", "^\\P{L}"},
    {"property_in_a_class", "^[\\p{L}a]"},
    {"posix_class", "^[[:alpha:]]"},
    {"posix_class_beside_letters", "^[a[:digit:]]"},
    {"case_ignored_beyond_ascii", "(?i)^é"},
    {"case_ignored_behind_a_verb", "(*UCP)(?i)^a"},
    {"case_ignored_inside", "^(?i)a"},
    {"case_ignored_in_a_group", "^(?i:a)"},
    {"case_ignored_later", "^a(?i)b"},
    {"extended", "(?x)^ a"},
    {"extended_inside", "^(?x) a"},
    {"lines", "(?m)^a"},
    {"verb", "(*UCP)^a"},
    {"accept", "^(*ACCEPT)a"},
    {"accept_behind_a_letter", "^a(*ACCEPT)b"},
    {"comment", "^(?#b)a"},
    {"hexadecimal", "^\\x61"},
    {"hexadecimal_in_braces", "^\\x{61}"},
    {"hexadecimal_in_a_class", "^[\\x61]"},
    {"octal", "^\\o{141}"},
    {"control", "^\\cA"},
    {"escape", "^\\e"},
    {"tab", "^\\t"},
    {"quoted", "^\\Qa|b\\E"},
    {"quoted_in_a_class", "^[\\Qa-c\\E]"},
    {"any_line_end", "^\\R"},
    {"any_character", "^\\N"},
    {"any_cluster", "^\\X"},
    {"vertical_space", "^\\v"},
    {"back_reference", "^(a)?\\1b"},
    {"call_of_a_later_group", "^(?1)(a)"},
    {"condition", "^(?(?=a)a|b)"},
    {"branch_reset", "^(?|a|b)"},
    {"quoted_name", "^(?'n'a)"},
    {"start_of_match_moved", "^a\\Kb"},
    {"backspace_in_a_class", "^[\\ba]"},
    {"braces_that_are_themselves", "^{}a"},
    {"braces_behind_an_empty_group", "^(){}a"},
    {"braces_behind_a_word_edge", "^\\b{,2}a"},
    {"count_without_a_least", "^a{,2}b"},
    {"count_that_is_none", "^a{x}"},
    {"class_with_a_range_beyond_ascii", "^[à-ü]"},
    {"class_with_a_range_from_ascii_to_beyond", "^[a-ü]"},
    {"newline_convention", "(*CR)^a"},
    {"groups_deeper_than_32",
     "^(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:a"
     ")))))))))))))))))))))))))))))))))"},
};

TEST_P(OpenFirstBytes, AreAll) {
  expect_compiles(GetParam().pattern);
  EXPECT_TRUE(first_bytes(GetParam().pattern).all()) << shown(first_bytes(GetParam().pattern));
}

INSTANTIATE_TEST_SUITE_P(FirstBytes, OpenFirstBytes, testing::ValuesIn(open_cases), case_name);

TEST(FirstBytes, OfDigitsAndSpacesAreThoseOfUnicode) {
  const ByteSet of_digits = first_bytes("^\\d");
  const ByteSet of_spaces = first_bytes("^\\s");
  for (UChar32 c = 0; c <= UCHAR_MAX_VALUE; ++c) {
    std::string text;
    if (U_GET_GC_MASK(c) == U_GC_CS_MASK) continue;
    icu::UnicodeString(c).toUTF8String(text);
    const auto first = static_cast<unsigned char>(text.front());
    const bool missing = (u_charType(c) == U_DECIMAL_DIGIT_NUMBER && !of_digits.test(first)) ||
                         (u_hasBinaryProperty(c, UCHAR_WHITE_SPACE) != 0 && !of_spaces.test(first));
    if (missing) ADD_FAILURE() << std::hex << c;
  }
}

struct PrefixCase {
  const char* name;
  std::string_view pattern;
  std::vector<std::string> want;
};

class KnownPrefixes : public testing::TestWithParam<PrefixCase> {};

const PrefixCase prefix_cases[] = {
    {"literal", "^abcdef", {"abcd"}},
    {"short_literal", "^ab$", {"ab"}},
    {"branches", "^(one|two|three)$", {"one", "thre", "two"}},
    {"branches_that_go_on", "^(a|b)c", {"ac", "bc"}},
    {"branch_that_another_begins_with", "^(see|see more)$", {"see"}},
    {"branches_of_all", "^one|^two", {"one", "two"}},
    {"optional_word", "^(the )?end", {"end", "the "}},
    {"optional_letter", "^ab?c", {"abc", "ac"}},
    {"class", "^[ab]c", {"ac", "bc"}},
    {"dot", "^a.bc", {"a"}},
    {"digits", "^no \\d+", {"no 0", "no 1", "no 2", "no 3", "no 4", "no 5", "no 6", "no 7", "no 8", "no 9"}},
    {"lookahead", "^(?!abc)ab", {"ab"}},
    {"cut_inside_a_character", "^aéж", {"aé\xD0"}},
    {"escaped", "^\\(a\\)", {"(a)"}},
    {"no_anchor", "abc", {}},
    {"anchor_in_one_branch", "^a|b", {}},
    {"matches_nothing", "^a?", {}},
    {"dot_first", "^.a", {}},
    {"case_ignored", "(?i)^a1b", {"A1B", "A1b", "a1B", "a1b"}},
    {"class_beyond_ascii", "^[-–x]y", {"-y", "xy", "–y"}},
    {"not_understood_later", "^abc\\Qd", {}},
};

TEST_P(KnownPrefixes, AreSortedAndCut) {
  expect_compiles(GetParam().pattern);
  std::vector<std::string> got = prefixes(GetParam().pattern);
  // Digits above ASCII are told by their lead bytes.
  std::erase_if(got, [](const std::string& start) {
    return static_cast<unsigned char>(start.back()) >= 0x80 && start.starts_with("no ");
  });
  EXPECT_EQ(got, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Prefixes, KnownPrefixes, testing::ValuesIn(prefix_cases), case_name);

}  // namespace
}  // namespace dechaff::match
