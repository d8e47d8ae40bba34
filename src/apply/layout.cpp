#include "apply/layout.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

#include "text/block.hpp"
#include "text/lines.hpp"
#include "text/words.hpp"

namespace dechaff::apply {

namespace {

/// A text on the way through its lines. Bit i of a number is for byte i of a block.
class Survey {
 public:
  Survey(std::string_view text, const Layout& layout) : text_(text), layout_(layout), words_(text) {}

  LaidOut run() && {
    text::Blocks<text::LineBits> blocks(text_, ' ');
    for (std::size_t at = 0; at < text_.size(); at += text::block_size) {
      const text::LineBits& block = blocks.at(at);
      take_lines(block, at);
      words_.take(block, at);
    }
    out_.words = words_.words();
    if (line_begin_ < text_.size()) take_last_line();
    const bool ends_blank = !blanks_.empty() && blanks_.back().next == text_.size();
    take_blanks();
    if (!ends_blank && !text_.empty()) last_end_ = text_.size() - (text_.ends_with('\n') ? 1 : 0);
    if (last_end_) layout_.end_text(text_, *last_end_, out_.edits);
    return std::move(out_);
  }

 private:
  struct BlankLine {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t next = 0;  // behind its line feed
  };

  void take_lines(const text::LineBits& block, std::size_t at) {
    const std::uint64_t line_feeds = block.line_feeds;
    // A line that has ink is not blank. A carry runs from where a line begins up to its first ink or its end.
    const std::uint64_t between = ~(block.ink | line_feeds);
    const std::uint64_t met = between + (line_feeds << 1 | std::uint64_t{bare_});
    bare_ = met < between || (line_feeds >> (text::block_size - 1)) != 0;
    const std::uint64_t bare = met & line_feeds;
    out_.lines += text::count_bits(line_feeds ^ bare);
    for (std::uint64_t left = bare; left != 0; left &= left - 1) {
      const std::uint64_t before = line_feeds & ((left & -left) - 1);
      if (before != 0) line_begin_ = end_of(at, before);
      take_bare_line(at + static_cast<unsigned>(std::countr_zero(left)));
    }
    if (line_feeds != 0) line_begin_ = end_of(at, line_feeds);
  }

  /// Behind the last of `line_feeds` in the block at `at`.
  static std::size_t end_of(std::size_t at, std::uint64_t line_feeds) {
    return at + text::block_size - static_cast<unsigned>(std::countl_zero(line_feeds));
  }

  void take_last_line() {
    if (bare_)
      take_bare_line(text_.size());
    else
      ++out_.lines;
  }

  /// A line up to `end` that has no ink of ASCII.
  void take_bare_line(std::size_t end) {
    if (!text::is_blank(text_.substr(line_begin_, end - line_begin_))) {
      ++out_.lines;
      return;
    }
    if (!blanks_.empty() && blanks_.back().next != line_begin_) take_blanks();
    blanks_.push_back({line_begin_, end, std::min(end + 1, text_.size())});
  }

  /// Takes out those that go of a run of blank lines.
  void take_blanks() {
    if (blanks_.empty()) return;
    const bool at_edge = blanks_.front().begin == 0 || blanks_.back().next == text_.size();
    if (blanks_.back().next == text_.size() && blanks_.front().begin > 0)
      last_end_ = blanks_.front().begin - 1;
    for (const BlankLine& line : blanks_) {
      if (const auto cause = layout_.remover(&line != blanks_.data(), at_edge)) {
        out_.edits.push_back({line.begin, line.next, {}, *cause});
        out_.removed_by.push_back(*cause);
      } else {
        last_end_ = line.end;
      }
    }
    blanks_.clear();
  }

  std::string_view text_;
  const Layout& layout_;
  text::WordCount words_;
  LaidOut out_;
  std::size_t line_begin_ = 0;
  bool bare_ = true;                     // the line so far has no ink of ASCII
  std::vector<BlankLine> blanks_;        // the last run of them so far
  std::optional<std::size_t> last_end_;  // of the last line that stays
};

}  // namespace

Layout::Layout(const text::Plan& plan, bool is_part)
    : is_part_(is_part),
      collapse_(plan.entry_of(text::StepAction::blank_lines)),
      edges_(plan.entry_of(text::StepAction::edge_lines)),
      newline_(plan.entry_of(text::StepAction::final_newline)) {}

void Layout::end_text(std::string_view text, std::size_t line_end, Edits& edits) const {
  const bool terminated = line_end < text.size();
  if (is_part_) {
    if (!terminated || text.ends_with('\n')) return;
    // It stood between this line and others, which are gone: it goes with them.
    const auto next = std::ranges::find_if(edits, [&](const Edit& edit) { return edit.begin > line_end; });
    if (next != edits.end()) edits.insert(next, {line_end, line_end + 1, "", next->cause});
  } else if (newline_ && !terminated) {
    edits.push_back({line_end, line_end, "\n", *newline_});
  }
}

LaidOut lay_out(std::string_view text, const Layout& layout) { return Survey(text, layout).run(); }

}  // namespace dechaff::apply
