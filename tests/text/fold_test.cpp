#include "text/fold.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {
namespace {

using namespace std::string_view_literals;

struct FoldCase {
  const char* name;
  std::string_view line;
  std::string_view want;
  friend void PrintTo(const FoldCase& row, std::ostream* out) { *out << row.name; }
};

std::string folded_whole(std::string_view line) {
  std::string out;
  fold_into(out, line);
  return out;
}

class FoldInto : public testing::TestWithParam<FoldCase> {};

const FoldCase fold_into_cases[] = {
    {"empty", "", ""},
    {"ascii_case", "Accept ALL Cookies", "accept all cookies"},
    {"space_runs", "  a \t b\t", "a b"},
    {"spaces_of_all_kinds", "a\u00A0\u2003\u3000\u1680\u2028\u0085\vb", "a b"},
    {"spaces_alone", " \t\u00A0\u3000 ", ""},
    {"case_beyond_ascii", "ÄÖÜ ПРИВЕТ ΣΊΣΥΦΟΣ", "äöü привет σίσυφοσ"},
    {"sharp_s", "Straße STRASSE", "strasse strasse"},
    {"turkish_dotted_capital_i", "İ", "i\u0307"},
    {"accent_composes", "cafe\u0301", "caf\u00E9"},
    {"ascii_letter_before_an_accent", "CAFE\u0301 X", "caf\u00E9 x"},
    {"full_width", "ＡＢＣ　１２３", "abc 123"},
    {"ligature_and_ellipsis", "ﬁn…", "fin..."},
    {"apostrophes", "it’s itʼs it‘s it′s it＇s it´s", "it's it's it's it's it's it's"},
    {"quotes", "“a” „b‟ «c» ＂d＂ 〝e〟", "\"a\" \"b\" \"c\" \"d\" \"e\""},
    {"single_quotes", "‘a’ ‚b‛ ‹c›", "'a' 'b' 'c'"},
    {"acute_that_takes_a_mark_is_no_apostrophe", "x´\u0323", "x \u0323\u0301"},
    {"dashes", "a-b‐c‑d‒e–f—g―h−i⸺j－k", "a-b-c-d-e-f-g-h-i-j-k"},
    {"soft_hyphen_and_zero_width", "co\u00ADop\u200Ber\u200Date\uFEFF", "cooperate"},
    {"ignorable_between_spaces", "a \u200B b", "a b"},
    {"ignorable_before_an_accent", "e\u200B\u0301", "\u00E9"},
    {"ideographs_stay", "クッキーに同意する", "クッキーに同意する"},
    {"half_width_katakana", "ｸｯｷｰ", "クッキー"},
    {"hangul", "쿠키 \u1112\u1161\u11AB", "쿠키 한"},
    {"zero", "A\0B"sv, "a\0b"sv},
    {"no_ogham_or_other_letter_is_lost", "ᚠ ༀ 𝐀", "ᚠ ༀ a"},
};

TEST_P(FoldInto, GivesTheComparisonForm) { EXPECT_EQ(folded_whole(GetParam().line), GetParam().want); }

TEST_P(FoldInto, AppendsOneLineBehindAnother) {
  std::string out = "before ";
  fold_into(out, GetParam().line);
  EXPECT_EQ(out, "before " + std::string(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(Table, FoldInto, testing::ValuesIn(fold_into_cases), case_name);

class StripEdges : public testing::TestWithParam<FoldCase> {};

const FoldCase strip_cases[] = {
    {"empty", "", ""},
    {"nothing_to_strip", "read more", "read more"},
    {"bullet", "• read more", "read more"},
    {"bullets_of_all_kinds", "* - ○ □ ▪ read more", "read more"},
    {"number_and_dot", "1. read more", "read more"},
    {"number_and_bracket", "12) read more", "read more"},
    {"number_in_brackets", "(3) read more", "read more"},
    {"number_without_a_space_is_content", "1.5 miles", "1.5 miles"},
    {"year_is_content", "2024. a year", "2024. a year"},
    {"number_alone_is_content", "1.", "1"},
    {"number_before_punctuation_alone_is_content", "1. ...", "1"},
    {"marker_behind_a_bullet", "- 1. read more", "read more"},
    {"marker_opened_by_a_marker", "1. 2) read more", "read more"},
    {"arrows_and_bars", "» read more | >", "read more"},
    {"final_punctuation", "loading...", "loading"},
    {"quotes_around", "\"read more\"", "read more"},
    {"inner_punctuation_stays", "- what's new? (all) -", "what's new? (all"},
    {"signs_with_a_meaning", "#tag @name 5% & +1 $", "#tag @name 5% & +1 $"},
    {"copyright", "© 2024 example", "© 2024 example"},
    {"degrees", "25 °", "25 °"},
    {"currency", "€ 5 £", "€ 5 £"},
    {"punctuation_throughout", "*** --- ***", ""},
    {"emoji_and_icons", "👍 like \uE001", "like"},
    {"mark_at_the_start", "\u0301a", "\u0301a"},
};

TEST_P(StripEdges, TakesMarkersAndPunctuationOff) {
  EXPECT_EQ(strip_edges(GetParam().line), GetParam().want);
}

TEST_P(StripEdges, HasNothingMoreToTake) {
  EXPECT_EQ(strip_edges(strip_edges(GetParam().line)), strip_edges(GetParam().line));
}

INSTANTIATE_TEST_SUITE_P(Table, StripEdges, testing::ValuesIn(strip_cases), case_name);

TEST(Fold, IsTheStrippedComparisonForm) {
  EXPECT_EQ(fold("  • READ More…  "), "read more");
  EXPECT_EQ(fold("① ﬁrst"), "1 first");
  EXPECT_EQ(fold("⒈ first"), "first");
  EXPECT_EQ(fold("☆☆☆"), "");
}

struct OriginCase {
  const char* name;
  std::string_view line;
  std::string_view want;
  std::vector<std::size_t> origins;
  friend void PrintTo(const OriginCase& row, std::ostream* out) { *out << row.name; }
};

class FoldWithOrigins : public testing::TestWithParam<OriginCase> {};

const OriginCase origin_cases[] = {
    {"empty", "", "", {0}},
    {"ascii", "Ab", "ab", {0, 1, 2}},
    {"spaces_at_the_ends", "  a  ", "a", {2, 5}},
    {"space_run", "a \t b", "a b", {0, 1, 4, 5}},
    {"one_to_many", "ßx", "ssx", {0, 0, 2, 3}},
    {"many_to_one", "e\u0301x", "\u00E9x", {0, 0, 3, 4}},
    {"shorter", "’a", "'a", {0, 3, 4}},
    {"ignorable", "a\u200Bb", "ab", {0, 4, 5}},
    {"ignorable_first", "\u200Bb", "b", {3, 4}},
    {"spacing_acute", "´s", "'s", {0, 2, 3}},
};

TEST_P(FoldWithOrigins, KnowsWhereEachByteComesFrom) {
  const FoldedWithOrigins got = fold_with_origins(GetParam().line);
  EXPECT_EQ(got.text, GetParam().want);
  EXPECT_EQ(got.origins, GetParam().origins);
}

INSTANTIATE_TEST_SUITE_P(Table, FoldWithOrigins, testing::ValuesIn(origin_cases), case_name);

/// What must hold of every line.
void expect_sound(std::string_view line) {
  const std::string folded = folded_whole(line);
  ASSERT_EQ(valid_prefix(folded), folded.size());
  ASSERT_EQ(folded_whole(folded), folded);
  const std::string stripped = fold(line);
  ASSERT_EQ(fold(stripped), stripped);
  const FoldedWithOrigins with_origins = fold_with_origins(line);
  ASSERT_EQ(with_origins.text, folded);
  ASSERT_EQ(with_origins.origins.size(), folded.size() + 1);
  ASSERT_TRUE(std::ranges::is_sorted(with_origins.origins));
  ASSERT_EQ(with_origins.origins.back(), line.size());
}

TEST(Fold, IsSoundForEveryCharacterAloneAndBetweenOthers) {
  std::string line;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    if (c >= 0x30000 && c < 0xE0000) continue;  // ideographs and nothing else
    line.clear();
    append_utf8(line, c);
    ASSERT_NO_FATAL_FAILURE(expect_sound(line)) << std::hex << static_cast<std::uint32_t>(c);
    line = "1. A" + line + "\u0301 b";
    ASSERT_NO_FATAL_FAILURE(expect_sound(line)) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Fold, IsSoundForPairsOfTroublesomeCharacters) {
  constexpr std::u32string_view chars =
      U"a A1. "
      U"()-"
      U"\t\n\u00AD\u00B4\u00A8\u0301\u0315\u0323\u0345\u034F\u03A3\u1E9E\u0130\u0F73\u0F71\u1100\u1161\u11A8"
      U"\uAC00\u200B\u200D\u2019\u2026\u2024\u2488\u2474\u3000\u3099\u304B\uFF76\uFF9E\uFB01\uFDFA\uFEFF"
      U"\uFF0D\uFE63\u2047"
      U"\u0344\u0340\u1FC1\u1FEF\u1FFD\u212B\u2126\u2002\U0001F1E6\U0001D15E\U0001D165\U000E0020\U000E0100"
      U"\uFFFD\uE000";
  std::string line;
  for (const char32_t a : chars) {
    for (const char32_t b : chars) {
      for (const char32_t c : chars) {
        line.clear();
        append_utf8(line, a);
        append_utf8(line, b);
        append_utf8(line, c);
        ASSERT_NO_FATAL_FAILURE(expect_sound(line)) << testing::PrintToString(line);
      }
    }
  }
}

TEST(Fold, IsSoundForLongLinesOfAllKinds) {
  constexpr std::u32string_view chars = U"aaaaaaZ  .\u00B4\u0301\u0315\u0323\u0F73\u034Fж中가\u200B’";
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string line;
    const std::size_t kinds = 1 + random() % chars.size();
    const std::size_t first = random() % chars.size();
    for (std::size_t i = random() % 700; i > 0; --i)
      append_utf8(line, chars[(first + random() % kinds) % chars.size()]);
    ASSERT_NO_FATAL_FAILURE(expect_sound(line)) << testing::PrintToString(line);
  }
}

TEST(Fold, TakesAHundredThousandMarksInARowAtOnce) {
  std::string marks;
  for (int i = 0; i < 50000; ++i) marks += "\u0315\u034F\u0300";
  const std::string folded = folded_whole("A" + marks);
  EXPECT_TRUE(folded.starts_with("\u00E0\u0300"));
  EXPECT_TRUE(folded.ends_with("\u0315\u0315"));
  EXPECT_EQ(folded.size(), 200000U);
}

}  // namespace
}  // namespace dechaff::text
