#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/lines.hpp"
#include "text/measures.hpp"

namespace dechaff::text {

/// The lines of one normalised text with their comparison forms and measures, each in an array of its own:
/// what all matching and deciding looks at. Views into the text it was made from, which must outlive it
/// unchanged.
class LineTable {
 public:
  enum class Folds {
    all,
    none  ///< nobody asks for `folded` and `key`
  };

  explicit LineTable(std::string_view text, Folds folds = Folds::all);
  // The text of a temporary would be gone.
  template <std::same_as<std::string> S>  // NOLINTNEXTLINE(bugprone-forwarding-reference-overload)
  explicit LineTable(S&& text, Folds folds = Folds::all) = delete;

  std::uint32_t size() const { return static_cast<std::uint32_t>(lines_.size()); }
  std::string_view text() const { return text_; }

  const Line& line(std::uint32_t i) const { return lines_[i]; }
  const Measures& measures(std::uint32_t i) const { return measures_[i]; }
  bool blank(std::uint32_t i) const { return measures_[i].chars == 0; }

  /// The first line of the same bytes, of which all is true that depends on nothing but the line; `i` itself
  /// where none before it was found.
  std::uint32_t first_like(std::uint32_t i) const { return first_like_[i]; }

  /// Folded, with the punctuation at its edges (to be joined with other lines).
  std::string_view folded(std::uint32_t i) const { return text_of(folds_[i]); }
  /// Folded, edges stripped: what phrases and patterns on a line are compared with.
  std::string_view key(std::uint32_t i) const { return text_of(keys_[i]); }

 private:
  /// A range of `folded_`.
  struct Range {
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  std::string_view text_of(Range range) const { return {folded_.data() + range.begin, range.size}; }

  std::string_view text_;
  std::vector<Line> lines_;
  std::vector<std::uint32_t> first_like_;
  std::vector<Measures> measures_;
  std::string folded_;
  std::vector<Range> folds_;
  std::vector<Range> keys_;
};

}  // namespace dechaff::text
