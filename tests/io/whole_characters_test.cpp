#include "io/whole_characters.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "case_name.hpp"

namespace dechaff::io {
namespace {

struct GrowCase {
  const char* name;
  std::string original, clean;
  Changes changes, want;
};

void PrintTo(const GrowCase& grow, std::ostream* out) { *out << grow.name; }

class OnCharacters : public testing::TestWithParam<GrowCase> {};

// "é" is C3 A9, "è" C3 A8, "©" C2 A9, "€" E2 82 AC, "…" E2 80 A6, U+1F525 F0 9F 94 A5, U+1F526 F0 9F 94 A6.
const GrowCase grow_cases[] = {
    {"no_changes", "aé", "aé", {}, {}},
    {"whole_characters_stay", "aéb", "ab", {{1, 2, 1, 0, 7}}, {{1, 2, 1, 0, 7}}},
    {"a_trail_byte_grows_to_the_front", "aéb", "aèb", {{2, 1, 2, 1, 7}}, {{1, 2, 1, 2, 7}}},
    {"a_lead_byte_grows_to_the_back", "aéb", "a©b", {{1, 1, 1, 1, 7}}, {{1, 2, 1, 2, 7}}},
    {"a_byte_amid_four", "\U0001F525", "\U0001F565", {{2, 1, 2, 1, 7}}, {{0, 4, 0, 4, 7}}},
    {"at_both_ends", "\U0001F525", "\U0001F526", {{3, 1, 3, 1, 7}}, {{0, 4, 0, 4, 7}}},
    {"by_the_clean_text_alone", "ab", "a\u00E9b", {{1, 0, 1, 2, 7}}, {{1, 0, 1, 2, 7}}},
    {"two_within_one_character_are_one_with_the_last_cause",
     "€",
     "…",
     {{1, 1, 1, 1, 3}, {2, 1, 2, 1, 9}},
     {{0, 3, 0, 3, 9}}},
    {"those_behind_stay",
     "éxé",
     "èxé",
     {{1, 1, 1, 1, 3}, {2, 1, 2, 1, 4}},
     {{0, 2, 0, 2, 3}, {2, 1, 2, 1, 4}}},
    {"touching_ones_stay_two",
     "abc",
     "xyc",
     {{0, 1, 0, 1, 1}, {1, 1, 1, 1, 2}},
     {{0, 1, 0, 1, 1}, {1, 1, 1, 1, 2}}},
};

INSTANTIATE_TEST_SUITE_P(Cases, OnCharacters, testing::ValuesIn(grow_cases), case_name);

TEST_P(OnCharacters, GrowsChangesToWholeCharacters) {
  const Changes got = on_characters(GetParam().changes, GetParam().original, GetParam().clean);
  ASSERT_EQ(got.size(), GetParam().want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    const Change& want = GetParam().want[i];
    EXPECT_EQ(got[i].from, want.from);
    EXPECT_EQ(got[i].from_size, want.from_size);
    EXPECT_EQ(got[i].to, want.to);
    EXPECT_EQ(got[i].to_size, want.to_size);
    EXPECT_EQ(got[i].cause, want.cause);
  }
}

TEST_P(OnCharacters, LeavesTheWayBackWhole) {
  std::string back;
  std::size_t to = 0;
  for (const Change& change : on_characters(GetParam().changes, GetParam().original, GetParam().clean)) {
    back += GetParam().clean.substr(to, change.to - to) +
            GetParam().original.substr(change.from, change.from_size);
    to = change.to + change.to_size;
  }
  EXPECT_EQ(back + GetParam().clean.substr(to), GetParam().original);
}

}  // namespace
}  // namespace dechaff::io
