#pragma once

#include <array>
#include <cstdint>
#include <span>
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

  /// Turns to the units from `begin` on, at most `at_once` of them.
  void look_at(std::size_t begin, std::size_t count);

  /// The score of each of these units, valid until the next call. The axes that the table asks for are filled
  /// in by now, and stay.
  std::span<const std::int32_t> scores_of(const rules::ScoreTable& table);

 private:
  std::span<const std::uint32_t> ranges(rules::Axis axis);

  std::span<const rules::Scale, rules::axes> scales_;
  const AxisColumns& values_;
  std::size_t begin_ = 0, count_ = 0;
  /// By axis the range of each unit looked at, of its neighbours on both sides too; empty if nothing asked.
  std::array<std::vector<std::uint32_t>, rules::axes> ranges_;
  std::vector<std::uint32_t> cells_;
  std::vector<std::int32_t> scores_;
};

}  // namespace dechaff::decide
