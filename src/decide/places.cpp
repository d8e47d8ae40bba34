#include "decide/places.hpp"

namespace dechaff::decide {

Places places_of(const text::LineTable& table, std::span<const std::uint32_t> alive) {
  Places out;
  out.place.assign(table.size(), Places::none);
  out.line.reserve(alive.size());
  bool fresh_block = true;
  for (const std::uint32_t line : alive) {
    if (table.blank(line)) {
      fresh_block = true;
      continue;
    }
    const std::uint32_t place = out.size();
    out.place[line] = place;
    out.line.push_back(line);
    out.block_begin.push_back(fresh_block ? place : out.block_begin.back());
    fresh_block = false;
  }
  out.block_lines.resize(out.size());
  for (std::uint32_t begin = 0, end = 0; begin < out.size(); begin = end) {
    while (end < out.size() && out.block_begin[end] == begin) ++end;
    for (std::uint32_t p = begin; p < end; ++p) out.block_lines[p] = end - begin;
  }
  return out;
}

}  // namespace dechaff::decide
