#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "match/first_bytes.hpp"
#include "match/hit.hpp"
#include "match/rule_index.hpp"
#include "rules/rule.hpp"
#include "text/line_table.hpp"

namespace dechaff::match {

/// Memory and findings of one document's matching. Owned by one worker, used for any number of documents.
struct Scratch {
  rules::Scratch pcre;
  std::string folded_run, raw_run;
  std::vector<std::size_t> folded_ends, raw_ends;
  std::vector<LimitHit> limits;  ///< added to, never cleared here
};

/// The lines of a block are joined up to this length, in bytes: no chaff is longer, and it bounds what a line
/// can cost.
inline constexpr std::size_t longest_joined = 16 * 1024;

/// What was found in runs of lines, and in which blocks, so that a later look need not look at the same
/// blocks again.
struct BlockHits {
  /// A run of lines between blank ones.
  struct Block {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t lines = 0;

    friend bool operator==(const Block&, const Block&) = default;
  };

  Hits hits;                  ///< sorted
  std::vector<Block> blocks;  ///< sorted
};

enum class Prefilter {
  on,
  off,  ///< every pattern on every line: the measure that the prefilter is held against
};

/// Finds where the texts of rules stand. Const after it is built; shared by threads. Rules without text
/// (measures and repeats) are not its business, unless exceptions say what text they leave alone.
class Matcher {
 public:
  explicit Matcher(const rules::Compiled& compiled, Prefilter prefilter = Prefilter::on);

  /// Hits of all rules of scope line, span and section whose entry is in force (`on`, by EntryIndex), sorted.
  /// A hit of a line depends on nothing but the line.
  Hits match_lines(const text::LineTable& table, const std::vector<bool>& on, Scratch& scratch) const;

  /// Hits of all rules of scope block in the lines `alive` (sorted indices into the table, blank lines among
  /// them); the runs of one rule do not overlap, the longest at the first possible line wins. `before` is
  /// what was found while `alive` held those lines and more, or empty: lines go, they do not come.
  BlockHits match_blocks(const text::LineTable& table, std::span<const std::uint32_t> alive,
                         const std::vector<bool>& on, const BlockHits& before, Scratch& scratch) const;

 private:
  /// Rules by what a text must begin with for them to hit it.
  struct Candidates {
    RuleIndex by_prefix;                      // of 1 to longest_prefix bytes
    std::vector<std::uint32_t> by_byte[256];  // of these prefixes, the first
    std::vector<std::uint32_t> anywhere;      // that may begin inside the text, or in any way

    /// Calls `use` with each rule that `text`, which is not empty, may be hit by.
    template <class Use>
    void for_text(std::string_view text, Use use) const {
      for (std::size_t size = 1; size <= std::min(text.size(), longest_prefix); ++size) {
        by_prefix.for_each(text.substr(0, size), use);
      }
    }
  };

  void add_pattern(std::uint32_t rule, Candidates& candidates, Prefilter prefilter);
  /// Whether the rule's pattern, which it has, matches.
  bool finds(std::uint32_t rule, std::uint32_t line, std::string_view subject, Scratch& scratch) const;
  /// Whether the rule's pattern, if it has one, matches and no exception does.
  bool hits(std::uint32_t rule, std::uint32_t line, std::string_view subject, Scratch& scratch) const;
  bool admits(std::uint32_t rule, std::uint32_t line, std::string_view subject, Scratch& scratch) const;
  void match_block(const text::LineTable& table, std::span<const std::uint32_t> block,
                   const std::vector<bool>& on, Scratch& scratch, Hits& out) const;
  std::size_t longest_run(std::span<const std::uint32_t> block, std::uint32_t rule, Scratch& scratch) const;

  const rules::Compiled& compiled_;
  std::deque<std::string> prefixes_;  // those that the rules do not hold themselves
  RuleIndex folded_phrases_, raw_phrases_;
  Candidates folded_, raw_, blocks_;
  std::vector<std::uint32_t> block_rules_;
};

}  // namespace dechaff::match
