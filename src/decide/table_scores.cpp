#include "decide/table_scores.hpp"

#include <algorithm>

namespace dechaff::decide {

namespace {

constexpr std::size_t margin = rules::farthest_neighbour;

}  // namespace

TableScores::TableScores(std::span<const rules::Scale, rules::axes> scales, const AxisColumns& values)
    : scales_(scales), values_(values) {}

void TableScores::look_at(std::size_t begin, std::size_t count) {
  if (begin == begin_ && count == count_) return;
  begin_ = begin;
  count_ = count;
  for (Ranges& known : ranges_) known.of.clear();
}

const TableScores::Ranges& TableScores::ranges(rules::Axis axis) {
  Ranges& out = ranges_[static_cast<std::size_t>(axis)];
  if (!out.of.empty()) return out;
  const rules::Scale& scale = scales_[static_cast<std::size_t>(axis)];
  const std::size_t first = begin_ - std::min(begin_, margin);
  const std::size_t last = std::min(begin_ + count_ + margin, values_.units());
  const auto column = values_[axis].subspan(first, last - first);
  out.of.assign(count_ + 2 * margin, scale.range_of(rules::axis_edge));
  const auto begin = out.of.begin() + static_cast<std::ptrdiff_t>(first + margin - begin_);
  out.same = std::ranges::all_of(column, [&](std::int32_t value) { return value == column.front(); });
  if (out.same)
    std::fill_n(begin, column.size(), scale.range_of(column.front()));
  else
    std::ranges::transform(column, begin, [&](std::int32_t value) { return scale.range_of(value); });
  return out;
}

TableScores::Index TableScores::index_of(const rules::ScoreTable& table) {
  assert(table.dimensions.size() <= columns_.size());
  Index out;
  for (const rules::ScoreTable::Dimension& dimension : table.dimensions) {
    const Ranges& here = ranges(dimension.axis);
    const std::uint32_t* const of = here.of.data() + static_cast<std::ptrdiff_t>(margin) + dimension.offset;
    // A neighbour may be the edge, which is no other's range.
    if (here.same && dimension.offset == 0)
      out.first += dimension.steps[*of];
    else
      columns_[out.varying++] = {dimension.steps.data(), of};
  }
  return out;
}

}  // namespace dechaff::decide
