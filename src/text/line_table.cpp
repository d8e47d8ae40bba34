#include "text/line_table.hpp"

#include "text/fold.hpp"

namespace dechaff::text {

LineTable::LineTable(std::string_view text, Folds folds) : text_(text), lines_(split_lines(text)) {
  measures_.reserve(lines_.size());
  for (const Line& line : lines_) measures_.push_back(measure(line.text));
  if (folds == Folds::none) return;
  folds_.reserve(lines_.size());
  keys_.reserve(lines_.size());
  folded_.reserve(text.size() + text.size() / 8);
  for (const Line& line : lines_) {
    const std::size_t begin = folded_.size();
    fold_into(folded_, line.text);
    const std::string_view folded = std::string_view(folded_).substr(begin);
    const std::string_view key = strip_edges(folded);
    folds_.push_back({begin, folded.size()});
    keys_.push_back(
        {key.empty() ? begin : begin + static_cast<std::size_t>(key.data() - folded.data()), key.size()});
  }
}

std::string_view LineTable::folded(std::uint32_t i) const {
  return std::string_view(folded_).substr(folds_[i].begin, folds_[i].size);
}

std::string_view LineTable::key(std::uint32_t i) const {
  return std::string_view(folded_).substr(keys_[i].begin, keys_[i].size);
}

}  // namespace dechaff::text
