#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace dechaff::rules {

/// What a pattern may cost for one subject (PCRE2's units: backtracking points, nested frames, KiB). PCRE2
/// counts anew for each place where a match may start; the budget is shared out among these.
inline constexpr std::uint32_t match_budget = 4'000'000;
inline constexpr std::uint32_t match_limit = 200'000;  ///< for one start
inline constexpr std::uint32_t depth_limit = 2'000;
inline constexpr std::uint32_t heap_limit_kib = 4'096;
inline constexpr std::size_t max_pattern_bytes = 4'096;

/// A longer text is searched through windows of this many bytes, each half over the next, unless a match can
/// begin at one place only. It makes the cost of the worst pattern linear in the text; what begins in a
/// window may be missed where it needs to see more than half a window to be found.
inline constexpr std::size_t search_window = 4'096;

enum class Outcome { no_match, match, limit };

struct MatchDataDelete {
  void operator()(void* data) const;
};
struct MatchContextDelete {
  void operator()(void* context) const;
};
struct JitStackDelete {
  void operator()(void* stack) const;
};

/// Memory for matching. Owned by one worker, used for any number of patterns; the last match is read from it.
class Scratch {
 public:
  Scratch();

  /// Byte range of capture `group` of the last match; begin == end == npos where the group took no part.
  struct Span {
    std::size_t begin = std::string_view::npos;
    std::size_t end = std::string_view::npos;
  };
  Span capture(std::uint32_t group) const;

 private:
  friend class Pattern;
  void limit_matching(std::uint32_t limit);

  std::uint32_t limit_ = 0;  // of `context_`
  std::unique_ptr<void, JitStackDelete> stack_;
  std::unique_ptr<void, MatchContextDelete> context_;
  std::unique_ptr<void, MatchContextDelete> short_context_;  // for the interpreter
  std::unique_ptr<void, MatchDataDelete> data_;
};

/// What is wrong with a pattern: `offset` in bytes into it.
struct PatternError {
  std::size_t offset = 0;
  std::string message;
};

/// A compiled PCRE2 pattern (UTF, UCP, `$` at the very end only, `\C` and callouts refused). Const and shared
/// by threads; the machine code is made once, when some searches have shown that it pays.
class Pattern {
 public:
  /// Null, with `error` set, where PCRE2 refuses it.
  static std::unique_ptr<Pattern> compile(std::string_view source, PatternError& error);

  /// A pattern that is known to compile, and not to call itself in circles: it is compiled when first used.
  /// Were it refused after all, every search would end as if it had reached its limits, which is reported.
  static Pattern proven(std::string source);
  /// The same; `source` is lent by what outlives the pattern and its copies.
  static Pattern proven_lent(std::string_view source);

  /// Finds the first match in `subject[from, …)`. `subject` is valid UTF-8.
  Outcome search(std::string_view subject, std::size_t from, Scratch& scratch) const;

  /// False if no text that begins with `start`, which is not empty, can match; of a pattern that may match
  /// behind the start of a text, true. (PCRE2's hard partial matching says whether it looked at the end.)
  bool may_go_on(std::string_view start, Scratch& scratch) const;

  /// As long as the pattern, or a copy of it, lives.
  std::string_view source() const;

  std::uint32_t captures() const;
  /// What it takes in bytes when compiled; 0 for a proven one.
  std::size_t memory() const;
  /// The number of a named group, or 0.
  std::uint32_t group_named(const std::string& name) const;
  bool matches_empty() const;

 private:
  struct Code;
  Outcome find(std::string_view subject, std::size_t from, std::uint32_t options, Scratch& scratch) const;
  Outcome search_windows(std::string_view subject, std::size_t from, Scratch& scratch) const;
  explicit Pattern(std::shared_ptr<const Code> code) : code_(std::move(code)) {}

  std::shared_ptr<const Code> code_;
  bool may_call_in_circles_ = false;
};

}  // namespace dechaff::rules
