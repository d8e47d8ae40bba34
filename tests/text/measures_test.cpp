#include "text/measures.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <ostream>
#include <string>
#include <utility>

#include "case_name.hpp"

namespace dechaff::text {
namespace {

struct CountCase {
  const char* name;
  const char* line;
  std::uint32_t chars, words, letters, digits, cased, upper, capitalised;
  friend void PrintTo(const CountCase& row, std::ostream* out) { *out << row.name; }
};

class Counts : public testing::TestWithParam<CountCase> {};

const CountCase count_cases[] = {
    {"nothing", "", 0, 0, 0, 0, 0, 0, 0},
    {"spaces_alone", " \t  ", 0, 0, 0, 0, 0, 0, 0},
    {"words_and_a_number", "Chapter 12 of Three", 16, 4, 14, 2, 14, 2, 2},
    {"capitals_inside_words", "iPhone McEwen", 12, 2, 12, 0, 12, 3, 1},
    {"an_apostrophe_joins", "don't rock'n'roll", 16, 2, 13, 0, 13, 0, 0},
    {"a_hyphen_joins", "well-known-Words", 16, 1, 14, 0, 14, 1, 0},
    {"a_hyphen_alone_is_no_word", "a - b -- 'C'", 8, 3, 3, 0, 3, 1, 1},
    {"other_signs_divide", "a.b,c/d_e@f", 11, 6, 6, 0, 6, 0, 0},
    {"a_joiner_at_the_eighth_byte", "abcdefg-hijk", 12, 1, 11, 0, 11, 0, 0},
    {"joiners_over_the_eighth_byte", "abcdef''''Gh", 12, 1, 8, 0, 8, 1, 0},
    {"a_word_over_the_eighth_byte", "one two threefold", 15, 3, 15, 0, 15, 0, 0},
    {"accents", "Caf\u00E9 \u00C9tienne", 11, 2, 11, 0, 11, 2, 2},
    {"a_mark_goes_on", "Cafe\u0301s", 6, 1, 5, 0, 5, 1, 1},
    {"letters_without_case", "\u05D0\u05D1\u05D2 abc", 6, 2, 6, 0, 3, 0, 0},
    {"two_of_han_are_a_word", "\u6F22\u5B57\u6F22", 3, 2, 3, 0, 0, 0, 0},
    {"a_joiner_between_ascii_and_others", "a-\u00E9-b", 5, 1, 3, 0, 3, 0, 0},
    {"no_break_space_is_one", "a\u00A0b", 2, 2, 2, 0, 2, 0, 0},
};

TEST_P(Counts, AreOfUnicode) {
  const Measures found = measure(GetParam().line);
  EXPECT_EQ(found.chars, GetParam().chars);
  EXPECT_EQ(found.words, GetParam().words);
  EXPECT_EQ(found.letters, GetParam().letters);
  EXPECT_EQ(found.digits, GetParam().digits);
  EXPECT_EQ(found.cased, GetParam().cased);
  EXPECT_EQ(found.upper, GetParam().upper);
  EXPECT_EQ(found.capitalised, GetParam().capitalised);
}

INSTANTIATE_TEST_SUITE_P(Lines, Counts, testing::ValuesIn(count_cases), case_name);

/// Words and those of them that begin with a capital, counted a character at a time.
std::pair<std::uint32_t, std::uint32_t> plain_words(const std::string& ascii) {
  std::uint32_t words = 0, capitalised = 0;
  bool in_word = false;
  for (const char c : ascii) {
    if (c == '\'' || c == '-') continue;
    const bool alone = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (alone && !in_word) {
      ++words;
      capitalised += c >= 'A' && c <= 'Z' ? 1U : 0U;
    }
    in_word = alone;
  }
  return {words, capitalised};
}

TEST(Words, AreTheSameWhereverTheyStand) {
  std::uint32_t state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string line;
    for (int i = 0; i < 30; ++i) {
      state = state * 1664525U + 1013904223U;
      line += "aZ9'- .\t"[state >> 29];
      const Measures found = measure(line);
      EXPECT_EQ(std::pair(found.words, found.capitalised), plain_words(line)) << line;
      const Measures within = measure(std::string(line.size() % 8, ' ') + line + " \u00E9");
      EXPECT_EQ(within.words, found.words + 1) << line;
      EXPECT_EQ(within.chars, found.chars + 1) << line;
    }
  }
}

TEST(LongLines, AreCountedInFull) {
  std::string line;
  for (int i = 0; i < 1'000; ++i) line += "Aa1 b-C '";
  const Measures found = measure(line);
  EXPECT_EQ(found.chars, 7'000U);
  EXPECT_EQ(found.words, 2'000U);
  EXPECT_EQ(found.letters, 4'000U);
  EXPECT_EQ(found.cased, 4'000U);
  EXPECT_EQ(found.digits, 1'000U);
  EXPECT_EQ(found.upper, 2'000U);
  EXPECT_EQ(found.capitalised, 1'000U);
}

struct FlagCase {
  const char* name;
  const char* line;
  bool ends_sentence, list_item, indented, said, has_link;
  friend void PrintTo(const FlagCase& row, std::ostream* out) { *out << row.name; }
};

class Flags : public testing::TestWithParam<FlagCase> {};

const FlagCase flag_cases[] = {
    {"a_menu_item", "Terms of use", false, false, false, false, false},
    {"a_sentence", "They left early.", true, false, false, false, false},
    {"a_sentence_in_quotes", "\u201CThey left early.\u201D", true, false, false, true, false},
    {"an_ellipsis", "And then\u2026", true, false, false, false, false},
    {"two_words_as_a_statement", "Not now.", true, false, false, true, false},
    {"a_bullet", "\u2022 Two eggs", false, true, false, false, false},
    {"a_step", "2. Beat the eggs", false, true, false, true, false},
    {"indented", "  Two eggs", false, false, true, false, false},
    {"an_address", "More at www.example.org today", false, false, false, false, true},
    {"a_secure_address", "https://example.org", false, false, false, false, true},
    {"an_address_of_another_kind", "ftp://example.org and http://example.org", false, false, false, false,
     true},
    {"no_address", "http:/ ://x ttp://x ww. x", false, false, false, false, false},
    {"a_dialogue", "\u2013 Who is there", false, true, false, true, false},
};

TEST_P(Flags, AreOfTheWholeLine) {
  const Measures found = measure(GetParam().line);
  EXPECT_EQ(found.ends_sentence, GetParam().ends_sentence);
  EXPECT_EQ(found.list_item, GetParam().list_item);
  EXPECT_EQ(found.indented, GetParam().indented);
  EXPECT_EQ(found.said, GetParam().said);
  EXPECT_EQ(found.has_link, GetParam().has_link);
}

INSTANTIATE_TEST_SUITE_P(Lines, Flags, testing::ValuesIn(flag_cases), case_name);

}  // namespace
}  // namespace dechaff::text
