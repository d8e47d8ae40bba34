#include "text/words.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "text/lines.hpp"
#include "text/measures.hpp"

namespace dechaff::text {
namespace {

std::uint64_t measured_words(std::string_view text) {
  std::uint64_t out = 0;
  for (const Line& line : split_lines(text)) out += measure(line.text).words;
  return out;
}

TEST(CountWords, IsOfWholeTexts) {
  EXPECT_EQ(count_words(""), 0U);
  EXPECT_EQ(count_words("don't stop-go\n- C'est l’été -"), 4U);
  EXPECT_EQ(count_words("漢字漢\n漢"), 3U);
}

TEST(CountWords, IsTheSumOverTheLinesWhereverTheyStand) {
  constexpr std::string_view pieces[] = {
      "a",   "word", "Z", "7", "'",          "-",      "''--", " ",      "\n",     "\t", ".",
      "@",   "[",    "`", "{", "é",          "\u0301", "’",    "\u200D", "\u00A0", "漢", "\U00020000",
      "ไทย", "한",   "א", "٣", "\U0001F469", "\x7F",   "/",    ":",      "\r",     "ß"};
  std::mt19937 random(20240301);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t parts = random() % 150; parts > 0; --parts) text += pieces[random() % std::size(pieces)];
    ASSERT_EQ(count_words(text), measured_words(text)) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace dechaff::text
