#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/line_table.hpp"

namespace dechaff::decide {

/// Where the lines that are left stand. Blank lines have no place of their own; places count the others from
/// 0.
struct Places {
  std::vector<std::uint32_t> line;   ///< place → line of the table
  std::vector<std::uint32_t> place;  ///< line of the table → place; `none` for blank and dropped lines
  std::vector<std::uint32_t> block_begin;  ///< place → place of the first line of its block
  std::vector<std::uint32_t> block_lines;  ///< place → lines of its block

  static constexpr std::uint32_t none = 0xFFFFFFFF;

  std::uint32_t size() const { return static_cast<std::uint32_t>(line.size()); }
  bool first_of_block(std::uint32_t p) const { return block_begin[p] == p; }
  bool last_of_block(std::uint32_t p) const { return p + 1 == size() || block_begin[p + 1] == p + 1; }
};

/// `alive`: sorted lines of `table`, blank ones among them.
Places places_of(const text::LineTable& table, std::span<const std::uint32_t> alive);

}  // namespace dechaff::decide
