#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/edits.hpp"
#include "text/normalise.hpp"

namespace dechaff::apply {

/// What the layout steps of a plan do: which blank lines go, and how a text ends.
class Layout {
 public:
  explicit Layout(const text::Plan& plan, bool is_part = false);

  bool takes_blank_lines() const { return collapse_ || edges_; }

  /// The step by which a blank line goes, if it does: by whether another one stands before it, and whether
  /// the run of them is at the start or the end of the text.
  std::optional<EntryIndex> remover(bool after_blank, bool at_edge) const {
    if (after_blank && collapse_) return collapse_;
    return at_edge ? edges_ : std::nullopt;
  }

  /// Sees to the line feed behind the last line of `text` that stays, which ends at `line_end`, its line feed
  /// not counted. `edits` take out other lines, or nothing.
  void end_text(std::string_view text, std::size_t line_end, Edits& edits) const;

 private:
  bool is_part_ = false;  // Input::is_part
  std::optional<EntryIndex> collapse_, edges_, newline_;
};

/// What the layout steps make of a text in which no rule acts.
struct LaidOut {
  Edits edits;                         ///< one for each line that goes, and for the end of the text
  std::vector<EntryIndex> removed_by;  ///< for each line that goes, the step
  std::uint64_t lines = 0;             ///< that are not blank
  std::uint64_t words = 0;             ///< text::count_words
};

/// Lays out `text`, which is valid UTF-8. Linear.
LaidOut lay_out(std::string_view text, const Layout& layout);

}  // namespace dechaff::apply
