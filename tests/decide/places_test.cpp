#include "decide/places.hpp"

#include <gtest/gtest.h>

namespace dechaff::decide {
namespace {

using Numbers = std::vector<std::uint32_t>;

constexpr std::uint32_t none = Places::none;

TEST(Places, CountLinesThatAreNotBlank) {
  const text::LineTable table("\na\nb\n \nc\n");
  const Places places = places_of(table, Numbers{0, 1, 2, 3, 4});
  EXPECT_EQ(places.line, (Numbers{1, 2, 4}));
  EXPECT_EQ(places.place, (Numbers{none, 0, 1, none, 2}));
  EXPECT_EQ(places.size(), 3U);
}

TEST(Places, CutBlocksAtBlankLines) {
  const text::LineTable table("a\nb\n\n\nc\n");
  const Places places = places_of(table, Numbers{0, 1, 2, 3, 4});
  EXPECT_EQ(places.block_begin, (Numbers{0, 0, 2}));
  EXPECT_EQ(places.block_lines, (Numbers{2, 2, 1}));
  EXPECT_TRUE(places.first_of_block(0));
  EXPECT_FALSE(places.first_of_block(1));
  EXPECT_FALSE(places.last_of_block(0));
  EXPECT_TRUE(places.last_of_block(1));
  EXPECT_TRUE(places.first_of_block(2) && places.last_of_block(2));
}

TEST(Places, LinesThatWentHaveNone) {
  const text::LineTable table("a\nb\nc\n");
  const Places places = places_of(table, Numbers{0, 2});
  EXPECT_EQ(places.place, (Numbers{0, none, 1}));
  EXPECT_EQ(places.line, (Numbers{0, 2}));
}

TEST(Places, LinesMeetWhereWhatStoodBetweenWent) {
  const text::LineTable table("a\n\nb\n");
  EXPECT_EQ(places_of(table, Numbers{0, 2}).block_lines, (Numbers{2, 2}));
  EXPECT_EQ(places_of(table, Numbers{0, 1, 2}).block_lines, (Numbers{1, 1}));
}

TEST(Places, ATextOfBlankLinesHasNone) {
  const text::LineTable blank("\n \n\t\n");
  EXPECT_EQ(places_of(blank, Numbers{0, 1, 2}).size(), 0U);
  const text::LineTable empty("");
  EXPECT_EQ(places_of(empty, Numbers{}).size(), 0U);
}

}  // namespace
}  // namespace dechaff::decide
