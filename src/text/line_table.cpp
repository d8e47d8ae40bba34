#include "text/line_table.hpp"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "text/fold.hpp"

namespace dechaff::text {

namespace {

// Lines made to have like hashes would ask for ever longer looks.
constexpr std::size_t longest_look = 32;

/// By line, the first one of the same bytes.
std::vector<std::uint32_t> first_lines_like(const std::vector<Line>& lines) {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t line = none;
  };
  std::vector<Slot> slots(std::bit_ceil(2 * lines.size() + 1));  // found by the hash of a line
  std::vector<std::uint32_t> out(lines.size());
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines[i].text;
    const std::uint64_t hash = XXH3_64bits(text.data(), text.size());
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    out[i] = i;
    for (std::size_t look = 0; look < longest_look; ++look) {
      Slot& slot = slots[(hash + look) & (slots.size() - 1)];
      if (slot.line == none) slot = {tag, i};
      if (slot.tag != tag || lines[slot.line].text != text) continue;
      out[i] = slot.line;
      break;
    }
  }
  return out;
}

}  // namespace

LineTable::LineTable(std::string_view text, Folds folds)
    : text_(text), lines_(split_lines(text)), first_like_(first_lines_like(lines_)) {
  measures_.reserve(lines_.size());
  for (std::uint32_t i = 0; i < size(); ++i)
    measures_.push_back(first_like_[i] < i ? measures_[first_like_[i]] : measure(lines_[i].text));
  if (folds == Folds::none) return;
  folds_.reserve(lines_.size());
  keys_.reserve(lines_.size());
  folded_.reserve(text.size() + text.size() / 8);
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (const std::uint32_t first = first_like_[i]; first < i) {
      folds_.push_back(folds_[first]);
      keys_.push_back(keys_[first]);
      continue;
    }
    const std::size_t begin = folded_.size();
    fold_into(folded_, lines_[i].text);
    const std::string_view folded = std::string_view(folded_).substr(begin);
    const std::string_view key = strip_edges(folded);
    folds_.push_back({begin, folded.size()});
    keys_.push_back(
        {key.empty() ? begin : begin + static_cast<std::size_t>(key.data() - folded.data()), key.size()});
  }
}

}  // namespace dechaff::text
