#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "decide/axes.hpp"
#include "rules/scores.hpp"

namespace dechaff::decide {

/// What score tables say of the units of a document, some neighbouring ones at a time: each value is looked
/// up in the scale of its axis once for all tables and all neighbours.
class TableScores {
 public:
  /// How many units are best looked at together: what is known of them stays in the cache.
  static constexpr std::size_t at_once = 256;

  /// Both must outlive it.
  TableScores(std::span<const rules::Scale, rules::axes> scales, const AxisColumns& values);

  /// Turns to the units from `begin` on, at most `at_once` of them. An axis that a table has asked for by
  /// then does not change while these are looked at.
  void look_at(std::size_t begin, std::size_t count);

  /// Calls `use(i, score)` for each of these units, the i-th of them.
  template <class Use>
  void for_each_score(const rules::ScoreTable& table, Use use) {
    const auto [first, varying] = index_of(table);
    const std::int32_t* const cells = table.cells.data() + first;
    switch (varying) {
      case 0:
        return look_up(cells, std::make_index_sequence<0>(), use);
      case 1:
        return look_up(cells, std::make_index_sequence<1>(), use);
      case 2:
        return look_up(cells, std::make_index_sequence<2>(), use);
      case 3:
        return look_up(cells, std::make_index_sequence<3>(), use);
      default:
        return look_up(cells, std::make_index_sequence<rules::most_dimensions>(), use);
    }
  }

 private:
  /// The range of each unit looked at, of its neighbours on both sides too; empty if nothing asked.
  struct Ranges {
    std::vector<std::uint32_t> of;
    bool same = false;  // for all of them
  };

  /// What one dimension of a table adds to the index of a unit's cell.
  struct Column {
    const std::uint32_t* steps = nullptr;
    const std::uint32_t* ranges = nullptr;
  };

  /// The index of a unit's cell: what is the same for all units, and the number of `columns_` to add.
  struct Index {
    std::uint32_t first = 0;
    std::size_t varying = 0;
  };

  const Ranges& ranges(rules::Axis axis);
  Index index_of(const rules::ScoreTable& table);

  template <std::size_t... d, class Use>
  void look_up(const std::int32_t* cells, std::index_sequence<d...>, Use& use) const {
    const std::array<Column, sizeof...(d)> columns = {columns_[d]...};
    for (std::size_t i = 0; i < count_; ++i)
      use(i, cells[(std::size_t{0} + ... + columns[d].steps[columns[d].ranges[i]])]);
  }

  std::span<const rules::Scale, rules::axes> scales_;
  const AxisColumns& values_;
  std::size_t begin_ = 0, count_ = 0;
  std::array<Ranges, rules::axes> ranges_;  // by axis
  std::array<Column, rules::most_dimensions> columns_;
};

}  // namespace dechaff::decide
