#include "dechaff/nearest.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

#include "case_name.hpp"

namespace dechaff {
namespace {

struct NearestCase {
  const char* name;
  std::string_view word;
  std::vector<std::string_view> known;
  std::optional<std::string_view> want;
  friend void PrintTo(const NearestCase& row, std::ostream* out) { *out << row.name; }
};

class Nearest : public testing::TestWithParam<NearestCase> {};

const NearestCase nearest_cases[] = {
    {"letter_too_few", "patern", {"lines", "pattern"}, "pattern"},
    {"letter_too_many", "linees", {"lines", "pattern"}, "lines"},
    {"letter_changed", "scopa", {"score", "scope"}, "scope"},
    {"swapped_letters_are_one_step", "lveel", {"lvl", "level"}, "level"},
    {"the_word_itself", "why", {"who", "why"}, "why"},
    {"first_of_equals", "scoze", {"scope", "score"}, "scope"},
    {"nearer_one_wins_over_earlier_one", "excepts", {"exceeds", "except"}, "except"},
    {"a_third_of_the_length_is_near", "abcdef", {"abcxyf"}, "abcxyf"},
    {"more_than_a_third_is_far", "abcdef", {"abxyzf"}, std::nullopt},
    {"two_letters_match_themselves_alone", "id", {"is"}, std::nullopt},
    {"three_letters_may_be_one_off", "idd", {"id"}, "id"},
    {"nothing_known", "word", {}, std::nullopt},
    {"empty_word", "", {"id"}, std::nullopt},
};

TEST_P(Nearest, IsWithinAThirdOfTheLength) {
  EXPECT_EQ(nearest(GetParam().word, GetParam().known), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Words, Nearest, testing::ValuesIn(nearest_cases), case_name);

}  // namespace
}  // namespace dechaff
