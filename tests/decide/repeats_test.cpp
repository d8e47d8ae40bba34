#include "decide/repeats.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <ostream>
#include <random>
#include <string>

#include "case_name.hpp"

namespace dechaff::decide {
namespace {

using rules::Repeat;
using Numbers = std::vector<std::uint32_t>;

Numbers repeats_in(const Repeat& repeat, std::string_view text, const Numbers& gone_places = {}) {
  const text::LineTable table(text);
  Numbers alive(table.size());
  std::iota(alive.begin(), alive.end(), 0U);
  const Places places = places_of(table, alive);
  std::vector<bool> gone(places.size());
  for (const std::uint32_t place : gone_places) gone[place] = true;
  return repeats(repeat, table, lines_by_key(table), places, gone);
}

struct RepeatCase {
  const char* name;
  Repeat repeat;
  std::string_view text;
  Numbers want;
  Numbers gone = {};
  friend void PrintTo(const RepeatCase& row, std::ostream* out) { *out << row.name; }
};

class Repeats : public testing::TestWithParam<RepeatCase> {};

constexpr auto line = Repeat::Of::line;
constexpr auto start = Repeat::Of::start;

const RepeatCase repeat_cases[] = {
    {"nothing_repeats_in_nothing", {line, 1}, "", {}},
    {"different_lines_do_not_repeat", {line, 1}, "a\nb\n", {}},
    {"the_first_copy_stays", {line, 1}, "a\nb\na\na\n", {2, 3}},
    {"the_last_copy_stays_where_asked", {line, 1, true}, "a\nb\na\na\n", {0, 2}},
    {"copies_are_equal_when_folded", {line, 1}, "Read MORE\n\xE2\x80\xA2 read  more!\n", {1}},
    {"short_lines_may_repeat", {line, 4}, "one two three\none two three\n", {}},
    {"lines_of_just_enough_words_do_not", {line, 4}, "one two three four\none two three four\n", {1}},
    {"copies_too_far_apart_stay", {line, 1, false, 2}, "a\nb\nc\na\n", {}},
    {"copies_at_the_distance_go", {line, 1, false, 3}, "a\nb\nc\na\n", {3}},
    {"each_copy_is_near_the_one_before_it", {line, 1, false, 1}, "a\na\na\nb\na\n", {1, 2}},
    {"blank_lines_are_no_distance", {line, 1, false, 1}, "a\n\n\n\na\n", {1}},
    {"what_is_gone_is_no_copy", {line, 1}, "a\nb\na\n", {}, {0}},
    {"lines_of_punctuation_do_not_repeat", {line, 0}, "***\n***\n", {}},
    {"a_start_of_a_longer_line_goes", {start, 1}, "the old\nthe old man\n", {0}},
    {"a_start_goes_wherever_it_stands", {start, 1}, "the old man\nthe old\n", {1}},
    {"a_cut_off_line_is_a_start", {start, 2}, "The council met...\nThe council met on Monday.\n", {0}},
    {"half_a_word_is_no_start", {start, 1}, "the old\nthe older man\n", {}},
    {"a_hyphen_goes_on_with_the_word", {start, 1}, "the old\nthe old-fashioned man\n", {}},
    {"an_apostrophe_goes_on_with_the_word", {start, 1}, "the man\nthe man's hat\n", {}},
    {"equal_lines_are_no_starts", {start, 1}, "the old man\nthe old man\n", {}},
    {"a_short_start_stays", {start, 3}, "the old\nthe old man\n", {}},
    {"a_chain_of_starts_leaves_the_longest", {start, 1}, "a b\na b c\na b c d\n", {0, 1}},
    {"starts_too_far_away_stay", {start, 1, false, 1}, "a b\nx\na b c\n", {}},
};

TEST_P(Repeats, AreFound) {
  const RepeatCase& row = GetParam();
  EXPECT_EQ(repeats_in(row.repeat, row.text, row.gone), row.want);
}

INSTANTIATE_TEST_SUITE_P(Cases, Repeats, testing::ValuesIn(repeat_cases), case_name);

TEST(RandomRepeats, LeaveOneCopyOfEverything) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    std::vector<std::string> lines;
    for (unsigned i = 0, size = static_cast<unsigned>(random()) % 12; i < size; ++i) {
      lines.push_back(std::string(1, static_cast<char>('a' + random() % 4)));
      text += lines.back() + "\n";
    }
    Repeat repeat{line, 1, random() % 2 == 0};
    if (random() % 2 == 0) repeat.within = 1 + static_cast<std::uint32_t>(random() % 3);
    const Numbers gone = repeats_in(repeat, text);
    std::vector<std::string> left;
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
      if (std::ranges::find(gone, i) == gone.end()) left.push_back(lines[i]);
    }
    for (const std::string& one : lines) EXPECT_NE(std::ranges::find(left, one), left.end()) << text;
  }
}

}  // namespace
}  // namespace dechaff::decide
