#include "text/step_sieve.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <bit>
#include <string>

#include "text/block.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

// Verdicts; all numbers up to the highest combining class, 240, are that of a character on which no step
// acts.
constexpr std::uint8_t highest_class = 240;
constexpr std::uint8_t acts = 254;
constexpr std::uint8_t may_be_mojibake = 253;  // where the next one can be the trail of a sequence
constexpr std::uint8_t space = 252;            // acted on at a line end

constexpr std::string_view soft_hyphen = "\u00AD";

std::optional<int> quick_check_of(Form form) {
  switch (form) {
    case Form::nfc:
      return UCHAR_NFC_QUICK_CHECK;
    case Form::nfd:
      return UCHAR_NFD_QUICK_CHECK;
    case Form::nfkc:
      return UCHAR_NFKC_QUICK_CHECK;
    case Form::nfkd:
      return UCHAR_NFKD_QUICK_CHECK;
    case Form::none:
      break;
  }
  return std::nullopt;
}

bool has_step(std::span<const Step> steps, StepAction action) {
  return std::ranges::find(steps, action, &Step::action) != steps.end();
}

/// Whether `table` may make a character by which lines are joined, or the start of a reference to one.
bool may_make_joints(const CharacterTable& table) {
  const auto is_joint = [](std::string_view text) {
    return text.find('&') != text.npos || text.find(soft_hyphen) != text.npos;
  };
  if (table.to_first != 0) return true;
  return is_joint(table.to) || std::ranges::any_of(table.to_each, is_joint);
}

/// Whether `table` acts on what every text is full of.
bool acts_on_plain_text(const CharacterTable& table) {
  return std::ranges::any_of(table.chars, [](const CodeRange& range) {
    const bool printable = range.first <= U'~' && range.last >= U' ';
    return printable || range.holds(U'\t') || range.holds(U'\n');
  });
}

/// Whether a character reference may begin with the '&' at `at`: what it may be made of, and then ';'.
bool may_be_reference(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 32;
  const std::string_view body = text.substr(at + 1, longest + 1);
  const auto end = std::ranges::find_if_not(body, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '#';
  });
  return end != body.end() && *end == ';';
}

bool ends_line(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == '\n' || text[at] == '\r';
}

/// Whether the character that begins at `at` can be the second one of UTF-8 read as windows-1252: these begin
/// with one of five bytes.
bool may_be_trail(std::string_view text, std::size_t at) {
  return at < text.size() &&
         std::string_view("\xC2\xC5\xC6\xCB\xE2").find(text[at]) != std::string_view::npos;
}

}  // namespace

StepSieve::Verdicts::Verdicts(Form form, std::span<const Step> steps)
    : trailing_space_(has_step(steps, StepAction::trailing_space)),
      mojibake_(has_step(steps, StepAction::mojibake)),
      quick_check_(quick_check_of(form)) {
  for (const Step& step : steps) {
    if (step.action == StepAction::characters)
      acted_on_.insert(acted_on_.end(), step.table.chars.begin(), step.table.chars.end());
  }
  if (has_step(steps, StepAction::soft_line_breaks)) acted_on_.push_back({0xAD, 0xAD});
  if (has_step(steps, StepAction::terminal_escapes)) acted_on_.push_back({0x9B, 0x9B});
}

std::uint8_t StepSieve::Verdicts::operator()(char32_t c) const {
  const auto u = static_cast<UChar32>(c);
  if (std::ranges::any_of(acted_on_, [&](const CodeRange& range) { return range.holds(c); })) return acts;
  // Nothing but a combining class is asked of text all of whose characters are in the form (UAX #15, 9).
  if (quick_check_) {
    if (u_getIntPropertyValue(u, static_cast<UProperty>(*quick_check_)) != UNORM_YES) return acts;
    if (const std::uint8_t combining_class = u_getCombiningClass(u); combining_class > 0)
      return combining_class <= highest_class ? combining_class : acts;
  }
  if (trailing_space_ && u_isUWhiteSpace(u) != 0) return space;
  if (mojibake_ && c >= 0xC2 && c <= 0xF4) return may_be_mojibake;
  return 0;
}

/// One text, on the way from its start to its end.
class StepSieve::Scan {
 public:
  Scan(const StepSieve& sieve, std::string_view text) : sieve_(sieve), text_(text), blocks_(text, '\n') {}

  std::vector<LineRange> run() && {
    while (block_ < text_.size()) {
      take_block(blocks_.at(block_));
      const std::size_t next = block_ + block_size;
      // What is told already is passed over.
      block_ = done_ < next ? next : done_ - done_ % block_size;
    }
    return std::move(out_);
  }

 private:
  void take_block(const StepBits& block) {
    const std::uint64_t line_feeds = block.line_feeds;
    const std::uint64_t spaces = block.spaces;
    std::uint64_t left = block.others | (spaces & spaces_acted_on(line_feeds, spaces));
    left &= bits_from(done_);
    while (left != 0) {
      const std::size_t at = block_ + static_cast<unsigned>(std::countr_zero(left));
      if (may_act(at, line_feeds)) {
        tell_line(line_begin(at, line_feeds), at);
        left &= bits_from(done_);
      } else {
        left &= left - 1;
      }
    }
    space_before_ = spaces >> (block_size - 1);
    if (done_ >= block_ + block_size) {
      line_begin_ = done_;
      space_before_ = 0;
    } else if (line_feeds != 0) {
      line_begin_ = block_ + block_size - static_cast<unsigned>(std::countl_zero(line_feeds));
    }
  }

  /// Those of the block that are for bytes from `at` on.
  std::uint64_t bits_from(std::size_t at) const {
    if (at <= block_) return ~std::uint64_t{0};
    return at < block_ + block_size ? ~std::uint64_t{0} << (at - block_) : 0;
  }

  /// The first of two spaces inside a line, and the last one before a line end.
  std::uint64_t spaces_acted_on(std::uint64_t line_feeds, std::uint64_t spaces) const {
    const std::size_t end = block_ + block_size;
    const auto behind = [&](std::uint64_t bits, bool next) {
      return bits >> 1 | std::uint64_t{next} << (block_size - 1);
    };
    const bool at_line_begin = line_begin_ == block_;
    const std::uint64_t begins =
        ~(spaces << 1 | space_before_ | line_feeds << 1 | std::uint64_t{at_line_begin});
    const std::uint64_t runs = begins & behind(spaces, end < text_.size() && text_[end] == ' ');
    const std::uint64_t trailing = behind(line_feeds, end >= text_.size() || text_[end] == '\n');
    return (sieve_.runs_ ? runs : 0) | (sieve_.trailing_space_ ? trailing : 0);
  }

  /// Tells the line of the byte `at`, which begins at `begin`.
  void tell_line(std::size_t begin, std::size_t at) {
    done_ = line_end(at);
    const bool joins = sieve_.joins_ && may_join(text_.substr(begin, done_ - begin));
    const LineRange told{begin, joins ? line_end(done_) : done_};
    if (!out_.empty() && told.begin <= out_.back().end) {
      out_.back().end = told.end;
    } else {
      out_.push_back(told);
    }
  }

  /// Whether `line` may come to end in a soft hyphen.
  bool may_join(std::string_view line) const {
    return sieve_.always_joins_ || line.find(soft_hyphen) != line.npos || line.find('&') != line.npos;
  }

  /// End of the line of the byte `at`, with its line feed.
  std::size_t line_end(std::size_t at) const {
    const std::size_t line_feed = text_.find('\n', at);
    return line_feed == text_.npos ? text_.size() : line_feed + 1;
  }

  bool may_act(std::size_t at, std::uint64_t line_feeds) {
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte >= 0x80) return may_act_on_character(at);
    switch (byte) {
      case '&':
        return sieve_.references_ && may_be_reference(text_, at);
      case '\t':
        return sieve_.trailing_space_ && ends_line(text_, at + 1);
      case ' ':
        return ends_line(text_, at + 1) || !is_indented(at, line_feeds);
      default:
        return sieve_.ascii_[byte];
    }
  }

  bool may_act_on_character(std::size_t at) {
    const std::uint8_t verdict = (*sieve_.verdicts_)[char_at(text_, at)];
    if (verdict == 0) return false;
    const std::size_t end = at + char_size(text_, at);
    if (verdict == may_be_mojibake) return may_be_trail(text_, end);
    if (verdict == space) return ends_line(text_, end);
    if (verdict == acts || (at == mark_end_ && verdict < mark_class_)) return true;
    mark_end_ = end;
    mark_class_ = verdict;
    return false;
  }

  /// Whether the line of the byte `at`, which is in the block, begins with so many spaces that it keeps them.
  bool is_indented(std::size_t at, std::uint64_t line_feeds) const {
    constexpr std::string_view indent = "    ";
    return text_.substr(line_begin(at, line_feeds)).starts_with(indent);
  }

  std::size_t line_begin(std::size_t at, std::uint64_t line_feeds) const {
    const std::uint64_t before = line_feeds & ((std::uint64_t{1} << (at - block_)) - 1);
    return before == 0 ? line_begin_ : block_ + block_size - static_cast<unsigned>(std::countl_zero(before));
  }

  const StepSieve& sieve_;
  std::string_view text_;
  Blocks<StepBits> blocks_;
  std::vector<LineRange> out_;
  std::size_t block_ = 0;           // where the bytes start that are looked at together
  std::size_t done_ = 0;            // end of the last line that is told
  std::size_t line_begin_ = 0;      // of the line that the block starts in, or of one behind those told
  std::uint64_t space_before_ = 0;  // 1 where a space stands before the block
  std::size_t mark_end_ = 0;        // end of the last mark that was looked at
  std::uint8_t mark_class_ = 0;
};

StepSieve::StepSieve(Form form, std::span<const Step> steps)
    : references_(has_step(steps, StepAction::entities)),
      runs_(has_step(steps, StepAction::space_runs)),
      trailing_space_(has_step(steps, StepAction::trailing_space)),
      joins_(has_step(steps, StepAction::soft_line_breaks)),
      verdicts_(std::make_shared<const CodePointTable<Verdicts>>(Verdicts(form, steps))) {
  ascii_['\r'] = trailing_space_ || has_step(steps, StepAction::line_ends);
  ascii_['\x1B'] = has_step(steps, StepAction::terminal_escapes);
  for (const Step& step : steps) {
    if (step.action != StepAction::characters) continue;
    everything_ |= acts_on_plain_text(step.table);
    always_joins_ |= may_make_joints(step.table);
    for (std::size_t c = 0; c < ascii_.size(); ++c) ascii_[c] |= step.table.holds(static_cast<char32_t>(c));
  }
}

std::vector<LineRange> StepSieve::find(std::string_view text) const {
  if (text.empty() || !verdicts_) return {};
  if (everything_) return {{0, text.size()}};
  return Scan(*this, text).run();
}

}  // namespace dechaff::text
