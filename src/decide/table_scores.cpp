#include "decide/table_scores.hpp"

#include <algorithm>

namespace dechaff::decide {

namespace {

constexpr std::size_t margin = rules::farthest_neighbour;

}  // namespace

TableScores::TableScores(std::span<const rules::Scale, rules::axes> scales, const AxisColumns& values)
    : scales_(scales), values_(values) {}

void TableScores::look_at(std::size_t begin, std::size_t count) {
  begin_ = begin;
  count_ = count;
  for (std::vector<std::uint32_t>& known : ranges_) known.clear();
  cells_.resize(count);
  scores_.resize(count);
}

std::span<const std::uint32_t> TableScores::ranges(rules::Axis axis) {
  std::vector<std::uint32_t>& out = ranges_[static_cast<std::size_t>(axis)];
  if (out.empty()) {
    const rules::Scale& scale = scales_[static_cast<std::size_t>(axis)];
    const std::span<const std::int32_t> column = values_[axis];
    out.assign(count_ + 2 * margin, scale.range_of(rules::axis_edge));
    const std::size_t first = begin_ - std::min(begin_, margin);
    const std::size_t last = std::min(begin_ + count_ + margin, column.size());
    for (std::size_t u = first; u < last; ++u) out[u + margin - begin_] = scale.range_of(column[u]);
  }
  return out;
}

std::span<const std::int32_t> TableScores::scores_of(const rules::ScoreTable& table) {
  std::ranges::fill(cells_, 0U);
  for (const rules::ScoreTable::Dimension& dimension : table.dimensions) {
    const std::uint32_t* const range =
        ranges(dimension.axis).data() + static_cast<std::ptrdiff_t>(margin) + dimension.offset;
    for (std::size_t i = 0; i < count_; ++i) cells_[i] += dimension.steps[range[i]];
  }
  for (std::size_t i = 0; i < count_; ++i) scores_[i] = table.cells[cells_[i]];
  return scores_;
}

}  // namespace dechaff::decide
