#include "dechaff/nearest.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace dechaff {

namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  // Rows of the usual table for the prefixes of `a` up to i - 2, i - 1 and i.
  std::array<std::vector<std::size_t>, 3> rows;
  for (auto& row : rows) row.resize(b.size() + 1);
  auto& [before_last, last, row] = rows;
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t change = last[k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
      row[k] = std::min({change, last[k] + 1, row[k - 1] + 1});
      const bool swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
      if (swapped) row[k] = std::min(row[k], before_last[k - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known) {
  std::optional<std::string_view> best;
  std::size_t limit = word.size() / 3 + 1;
  for (const std::string_view candidate : known) {
    const std::size_t sizes_differ =
        std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (sizes_differ >= limit) continue;
    const std::size_t found = distance(word, candidate);
    if (found >= limit) continue;
    best = candidate;
    limit = found;
  }
  return best;
}

}  // namespace dechaff
