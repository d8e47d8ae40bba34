#include "decide/draft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dechaff::decide {
namespace {

using rules::Axis;
using testing::Each;
using testing::ElementsAre;

struct Line {
  double evidence;
  std::int32_t words;
};

// Two lines kept, two dropped, one kept; changes are free.
const std::vector<Line> page = {{2, 10}, {1, 20}, {-1, 4}, {-2, 6}, {4, 10}};

std::vector<std::int32_t> values(Axis axis, const std::vector<Line>& lines = page, double switch_cost = 0) {
  std::vector<Link> links;
  AxisColumns all(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    links.push_back({lines[i].evidence});
    all[Axis::words][i] = lines[i].words;
  }
  draft_axes(links, switch_cost, all);
  return {all[axis].begin(), all[axis].end()};
}

TEST(Draft, TellsItsMargins) {
  EXPECT_THAT(values(Axis::draft), ElementsAre(60, 55, 45, 40, 70));
  EXPECT_THAT(values(Axis::draft, {{50, 1}, {-50, 1}}), ElementsAre(100, 0));
}

TEST(Draft, WeighsLinesWithTheirNeighbours) {
  EXPECT_THAT(values(Axis::draft, {{-3, 1}, {1, 1}, {-3, 1}}, 1), ElementsAre(35, 45, 35));
}

TEST(Draft, KnowsRuns) {
  EXPECT_THAT(values(Axis::keep_run), ElementsAre(2, 2, 0, 0, 1));
  EXPECT_THAT(values(Axis::drop_run), ElementsAre(0, 0, 2, 2, 0));
  EXPECT_THAT(values(Axis::keep_run_words), ElementsAre(30, 30, 0, 0, 10));
  EXPECT_THAT(values(Axis::drop_run_words), ElementsAre(0, 0, 10, 10, 0));
  EXPECT_THAT(values(Axis::mean_evidence), ElementsAre(58, 58, 43, 43, 70));
}

TEST(Draft, KnowsTheDocument) {
  EXPECT_THAT(values(Axis::keep_share), Each(80));
  EXPECT_THAT(values(Axis::keep_words), Each(40));
  EXPECT_THAT(values(Axis::main_share), Each(75));
  EXPECT_THAT(values(Axis::main_distance), ElementsAre(0, 0, 1, 2, 3));
}

TEST(Draft, KnowsWhatIsKeptAround) {
  EXPECT_THAT(values(Axis::since_keep), ElementsAre(-1, 1, 1, 2, 3));
  EXPECT_THAT(values(Axis::until_keep), ElementsAre(1, 3, 2, 1, -1));
  EXPECT_THAT(values(Axis::keep_before), ElementsAre(0, 25, 75, 75, 75));
  EXPECT_THAT(values(Axis::keep_after), ElementsAre(75, 25, 25, 25, 0));
  EXPECT_THAT(values(Axis::kept_before8), ElementsAre(-1, 100, 100, 88, 75));
  EXPECT_THAT(values(Axis::kept_after25), ElementsAre(75, 50, 63, 100, -1));
}

TEST(Draft, MayKeepNothing) {
  const std::vector<Line> chaff = {{-1, 2}, {-1, 3}};
  EXPECT_THAT(values(Axis::keep_share, chaff), Each(0));
  EXPECT_THAT(values(Axis::main_share, chaff), Each(0));
  EXPECT_THAT(values(Axis::main_distance, chaff), Each(rules::axis_none));
  EXPECT_THAT(values(Axis::until_keep, chaff), Each(rules::axis_none));
}

TEST(Draft, OfNothingIsNothing) { EXPECT_THAT(values(Axis::draft, {}), ElementsAre()); }

}  // namespace
}  // namespace dechaff::decide
