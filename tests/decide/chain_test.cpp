#include "decide/chain.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <ostream>
#include <random>
#include <string>

#include "case_name.hpp"

namespace dechaff::decide {
namespace {

/// "kd": keep, drop.
std::string letters(const std::vector<bool>& dropped) {
  std::string out;
  for (const bool drop : dropped) out += drop ? 'd' : 'k';
  return out;
}

struct ChainCase {
  const char* name;
  std::vector<Link> links;
  double switch_cost;
  std::string want;
  friend void PrintTo(const ChainCase& row, std::ostream* out) { *out << row.name; }
};

class Chain : public testing::TestWithParam<ChainCase> {};

constexpr Force keep = Force::keep;
constexpr Force drop = Force::drop;

const ChainCase chain_cases[] = {
    {"nothing_has_no_labels", {}, 1, ""},
    {"evidence_above_zero_keeps", {{0.5}}, 1, "k"},
    {"evidence_below_zero_drops", {{-0.5}}, 1, "d"},
    {"no_evidence_keeps", {{0}, {0}, {0}}, 1, "kkk"},
    {"no_evidence_keeps_where_changes_are_free", {{0}, {0}}, 0, "kk"},
    {"the_first_line_costs_no_change", {{-1}, {-1}, {5}}, 1, "ddk"},
    {"free_changes_follow_each_line", {{-1}, {1}, {-1}}, 0, "dkd"},
    {"weak_evidence_follows_its_neighbours", {{-5}, {1}, {-5}}, 2, "ddd"},
    {"strong_evidence_stands_alone", {{-5}, {5}, {-5}}, 2, "dkd"},
    {"a_run_of_weak_evidence_adds_up", {{4}, {-1}, {-1}, {-1}, {-1}, {-1}, {4}}, 2, "kdddddk"},
    {"a_change_that_costs_just_its_gain_is_not_made", {{4}, {-4}, {4}}, 2, "kkk"},
    {"a_tie_at_the_end_keeps", {{4}, {-2}}, 2, "kk"},
    {"a_tie_at_the_start_keeps", {{-2}, {4}}, 2, "kk"},
    {"forced_lines_pull_their_neighbours", {{9, drop}, {1}, {9, drop}}, 1, "ddd"},
    {"forces_beat_any_evidence", {{1e9, drop}, {-1e9, keep}}, 1, "dk"},
    {"opposite_forces_stand_side_by_side", {{0, keep}, {0, drop}, {0, keep}, {0, drop}}, 1e6, "kdkd"},
};

TEST_P(Chain, Labels) {
  EXPECT_EQ(letters(best_labelling(GetParam().links, GetParam().switch_cost)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Cases, Chain, testing::ValuesIn(chain_cases), case_name);

/// The labelling that the bits of `number` spell, the first line lowest.
std::vector<bool> labels_of(unsigned number, std::size_t size) {
  std::vector<bool> out;
  for (; out.size() < size; number /= 2) out.push_back(number % 2 == 1);
  return out;
}

double total_of(const std::vector<Link>& links, const std::vector<bool>& dropped, double switch_cost) {
  double total = 0;
  for (std::size_t i = 0; i < links.size(); ++i) {
    total += dropped[i] ? -links[i].evidence / 2 : links[i].evidence / 2;
    if (i > 0 && dropped[i] != dropped[i - 1]) total -= switch_cost;
  }
  return total;
}

bool obeys(const std::vector<Link>& links, const std::vector<bool>& dropped) {
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (links[i].force == (dropped[i] ? Force::keep : Force::drop)) return false;
  }
  return true;
}

/// Of all labellings: the drops of every best one, so that a line that any of them keeps is kept.
std::vector<bool> by_brute_force(const std::vector<Link>& links, double switch_cost) {
  double best = -1e300;
  std::vector<bool> common;
  for (unsigned number = 0; number < 1U << links.size(); ++number) {
    const std::vector<bool> dropped = labels_of(number, links.size());
    if (!obeys(links, dropped)) continue;
    const double total = total_of(links, dropped, switch_cost);
    if (total > best) {
      best = total;
      common = dropped;
    } else if (!(total < best)) {
      for (std::size_t i = 0; i < common.size(); ++i) common[i] = common[i] && dropped[i];
    }
  }
  return common;
}

TEST(RandomChains, AreLabelledAsByTryingAll) {
  std::mt19937 random(20240229);
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  for (int round = 0; round < 4000; ++round) {
    // Halves and quarters, so that sums are exact and ties happen.
    std::vector<Link> links(static_cast<std::size_t>(below(10)));
    for (Link& link : links) {
      link.evidence = (below(17) - 8) / 2.0;
      const int force = below(8);
      if (force < 2) link.force = force == 0 ? Force::keep : Force::drop;
    }
    const double switch_cost = below(9) / 4.0;
    ASSERT_EQ(letters(best_labelling(links, switch_cost)), letters(by_brute_force(links, switch_cost)))
        << "round " << round;
  }
}

TEST(Margins, AreWhatTheBestLabellingsDiffer) {
  EXPECT_EQ(margins(std::vector<Link>{{1}, {-3}}, 1), (std::vector<double>{0, -2}));
  EXPECT_EQ(margins({}, 1), std::vector<double>{});
}

TEST(Margins, AreInfiniteWhereForced) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(margins(std::vector<Link>{{5, drop}, {1}, {-5, keep}}, 2),
            (std::vector<double>{-infinite, 1, infinite}));
}

}  // namespace
}  // namespace dechaff::decide
