#include "rules/joined_tables.hpp"

#include <algorithm>

#include "base/sorted.hpp"

namespace dechaff::rules {

namespace {

using Dimension = ScoreTable::Dimension;

// 16 KiB: what is looked up for unit after unit should stay in the nearest cache.
constexpr std::size_t most_joined_cells = 4096;

/// Tables that become one, and its dimensions.
struct Group {
  std::vector<const ScoreTable*> tables;
  std::vector<Dimension> dimensions;
};

/// The dimension that asks for the same as `wanted`.
template <class Dimensions>
auto like(Dimensions& dimensions, const Dimension& wanted) {
  return std::ranges::find_if(dimensions, [&](const Dimension& one) {
    return one.axis == wanted.axis && one.offset == wanted.offset;
  });
}

/// Takes `table` into the group, if it asks for nothing else and the group stays small.
bool takes(Group& group, const ScoreTable& table) {
  for (const Dimension& dimension : table.dimensions) {
    const auto mine = like(group.dimensions, dimension);
    if (mine == group.dimensions.end()) return false;
    if (mine->starts.size() + dimension.starts.size() > 2 * most_joined_cells) return false;  // long to sort
  }
  std::vector<Dimension> grown = group.dimensions;
  for (const Dimension& dimension : table.dimensions) {
    std::vector<std::int32_t>& starts = like(grown, dimension)->starts.own();
    starts.insert(starts.end(), dimension.starts.begin(), dimension.starts.end());
    sort_each_once(starts);
  }
  std::size_t cells = 1;
  for (const Dimension& dimension : grown) {
    cells *= dimension.starts.size();
    if (cells > most_joined_cells) return false;
  }
  group.tables.push_back(&table);
  group.dimensions = std::move(grown);
  return true;
}

/// For each cell of a table with these dimensions, the cell of `table` that it lies in.
std::vector<std::size_t> cells_within(const std::vector<Dimension>& dimensions, const ScoreTable& table) {
  std::vector<std::size_t> out{0};
  for (const Dimension& dimension : dimensions) {
    const auto mine = like(table.dimensions, dimension);
    std::size_t stride = 0;
    if (mine != table.dimensions.end()) {
      stride = 1;
      for (auto inner = mine + 1; inner != table.dimensions.end(); ++inner) stride *= inner->starts.size();
    }
    std::vector<std::size_t> next;
    next.reserve(out.size() * dimension.starts.size());
    for (const std::size_t cell : out) {
      std::size_t range = 0;
      for (const std::int32_t start : dimension.starts) {
        if (stride > 0 && range + 1 < mine->starts.size() && start >= mine->starts[range + 1]) ++range;
        next.push_back(cell + range * stride);
      }
    }
    out = std::move(next);
  }
  return out;
}

ScoreTable sum_of(Group group) {
  if (group.tables.size() == 1) return *group.tables.front();
  ScoreTable out{std::move(group.dimensions), {}};
  std::vector<std::int32_t>& sums = out.cells.own();
  for (const ScoreTable* table : group.tables) {
    const std::vector<std::size_t> cells = cells_within(out.dimensions, *table);
    sums.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) sums[i] += table->cells[cells[i]];
  }
  return out;
}

}  // namespace

std::vector<ScoreTable> joined(std::span<const ScoreTable> tables) {
  std::vector<const ScoreTable*> largest_first;
  for (const ScoreTable& table : tables) largest_first.push_back(&table);
  std::ranges::stable_sort(largest_first, std::ranges::greater{},
                           [](const ScoreTable* table) { return table->dimensions.size(); });
  std::vector<Group> groups;
  for (const ScoreTable* table : largest_first) {
    if (std::ranges::none_of(groups, [&](Group& group) { return takes(group, *table); }))
      groups.push_back({{table}, table->dimensions});
  }
  std::vector<ScoreTable> out;
  out.reserve(groups.size());
  for (Group& group : groups) out.push_back(sum_of(std::move(group)));
  return out;
}

}  // namespace dechaff::rules
