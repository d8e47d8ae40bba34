#include "decide/chain.hpp"

#include <algorithm>
#include <limits>

namespace dechaff::decide {

namespace {

constexpr double never = -std::numeric_limits<double>::infinity();

double keep_gain(const Link& link) { return link.force == Force::drop ? never : link.evidence / 2; }
double drop_gain(const Link& link) { return link.force == Force::keep ? never : -link.evidence / 2; }

}  // namespace

std::vector<bool> best_labelling(std::span<const Link> links, double switch_cost) {
  const std::size_t size = links.size();
  std::vector<bool> keep_came_from_drop(size);
  std::vector<bool> drop_came_from_drop(size);
  double keep = 0;
  double drop = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const double free = i == 0 ? 0 : switch_cost;
    const bool keep_from_drop = drop - free > keep;
    const bool drop_from_drop = drop > keep - free;
    keep_came_from_drop[i] = keep_from_drop;
    drop_came_from_drop[i] = drop_from_drop;
    const double next_keep = (keep_from_drop ? drop - free : keep) + keep_gain(links[i]);
    const double next_drop = (drop_from_drop ? drop : keep - free) + drop_gain(links[i]);
    keep = next_keep;
    drop = next_drop;
  }
  std::vector<bool> dropped(size);
  bool now = drop > keep;
  for (std::size_t i = size; i-- > 0;) {
    dropped[i] = now;
    now = now ? drop_came_from_drop[i] : keep_came_from_drop[i];
  }
  return dropped;
}

std::vector<double> margins(std::span<const Link> links, double switch_cost) {
  struct Best {
    double keep = 0, drop = 0;
  };
  const auto step = [&](const Best& from) {
    return Best{std::max(from.keep, from.drop - switch_cost), std::max(from.drop, from.keep - switch_cost)};
  };
  const std::size_t size = links.size();
  std::vector<double> out(size);
  Best ahead;
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) ahead = step(ahead);
    ahead = {ahead.keep + keep_gain(links[i]), ahead.drop + drop_gain(links[i])};
    out[i] = ahead.keep - ahead.drop;
  }
  Best behind;
  for (std::size_t i = size; i-- > 1;) {
    behind = step({behind.keep + keep_gain(links[i]), behind.drop + drop_gain(links[i])});
    out[i - 1] += behind.keep - behind.drop;
  }
  return out;
}

}  // namespace dechaff::decide
