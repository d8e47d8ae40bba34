#pragma once

#include <bitset>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/hit.hpp"
#include "match/literal_scanner.hpp"
#include "match/prefixes.hpp"
#include "match/rule_index.hpp"
#include "rules/rule.hpp"
#include "text/line_table.hpp"

namespace dechaff::match {

/// Marks on numbers, all of them wiped at once.
class Marks {
 public:
  /// Wipes the marks of the numbers below `size`.
  void wipe(std::size_t size) {
    if (marks_.size() < size) marks_.resize(size);
    ++now_;
  }
  bool has(std::uint32_t number) const { return marks_[number] == now_; }
  void set(std::uint32_t number) { marks_[number] = now_; }

 private:
  std::vector<std::uint64_t> marks_;
  std::uint64_t now_ = 0;
};

/// Memory and findings of one document's matching. Owned by one worker, used for any number of documents.
struct Scratch {
  rules::Scratch pcre;
  Marks marks;
  std::string run;                    // the lines of a block, joined
  std::vector<std::size_t> run_ends;  // of each line in it
  std::vector<LimitHit> limits;       ///< added to, never cleared here
};

/// The lines of a block are joined up to this length, in bytes: no chaff is longer, and it bounds what a line
/// can cost.
inline constexpr std::size_t longest_joined = 16 << 10;

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

  /// What was found at a line by rules of scope block, and what was looked at for it.
  struct Run {
    std::uint32_t lines = 0;  ///< looked at
    std::uint32_t last = 0;   ///< of these
    std::uint32_t count = 0;  ///< lines that the rules hit
    bool to_end = false;      ///< no line of the block followed

    /// Whether `rest`, the lines of a block from this one on, begins with what was looked at.
    bool holds_for(std::span<const std::uint32_t> rest) const {
      return lines > 0 && lines <= rest.size() && rest[lines - 1] == last &&
             (!to_end || lines == rest.size());
    }
  };

  Hits hits;                                    ///< sorted
  std::vector<Block> blocks;                    ///< sorted
  std::unordered_map<std::uint64_t, Run> runs;  ///< by the rules and the line; of many, some
};

/// What was found in single lines of a text.
struct LineHits {
  /// A line that holds a word which rules of scope block need.
  struct BlockWord {
    std::uint32_t line = 0;
    std::uint32_t rules = 0;
  };

  Hits hits;                     ///< sorted
  std::vector<BlockWord> words;  ///< sorted by line, each once; for `Matcher::match_blocks`
};

enum class Prefilter {
  on,
  off,  ///< every pattern on every line: the measure that the prefilter is held against
};

/// Finds where the texts of rules stand. Const after it is built; shared by threads. Rules without text
/// (measures and repeats) are not its business, unless exceptions say what text they leave alone.
///
/// What it costs hardly grows with the rules: phrases are looked up, and a pattern is searched for only where
/// its sieve lets a line through. Rules with the same pattern search once.
class Matcher {
 public:
  explicit Matcher(const rules::Compiled& compiled, Prefilter prefilter = Prefilter::on);

  /// What an image holds of it (rules::Compiled::matcher), for a program that starts often.
  std::string image() const;

  /// Hits of all rules of scope line, span and section whose entry is in force (`on`, by EntryIndex), sorted.
  /// A hit of a line depends on nothing but the line, whose measures are what the rule asks for.
  LineHits match_lines(const text::LineTable& table, const std::vector<bool>& on, Scratch& scratch) const;

  /// Hits of all rules of scope block in the lines `alive` (sorted indices into the table, blank lines among
  /// them); the runs of one rule do not overlap, the longest at the first possible line wins. `lines` is what
  /// `match_lines` found in the same table with the same rules. `before` is what was found while `alive` held
  /// those lines and more, or empty: lines go, they do not come.
  BlockHits match_blocks(const text::LineTable& table, std::span<const std::uint32_t> alive,
                         const std::vector<bool>& on, const LineHits& lines, BlockHits before,
                         Scratch& scratch) const;

 private:
  /// A pattern and the rules that ask for it with the same exceptions.
  struct Probe {
    const rules::Pattern* pattern = nullptr;
    std::vector<std::uint32_t> rules;
    bool needs_literal = false;  // before a start tells anything
    bool needs_start = false;    // before a literal does
  };

  /// A rule without text but its exceptions, and the starts of these.
  struct Bare {
    std::uint32_t rule = 0;
    std::vector<Starts> starts;
  };

  /// The rules whose texts are held against lines of one kind: folded, or as they are.
  struct LineRules {
    std::vector<Probe> probes;
    RuleIndex phrases;                  // → rule
    RuleIndex starts;                   // → probe
    LiteralScanner literals;            // → probe, or behind all of these, index of block_rules_
    std::vector<std::uint32_t> always;  // probes that every line may be hit by
    std::vector<Bare> bare;             // rules without text but their exceptions
  };

  /// A line as rules of one kind look at it.
  struct Subject {
    std::uint32_t line = 0;
    std::string_view text;
    std::string_view around;  // with the punctuation at its edges, in which literals are looked for
    const text::Measures& measures;
  };

  /// Rules of scope block that hit the same runs, and what tells these.
  struct BlockRules {
    std::vector<std::uint32_t> rules;
    Starts starts;
    bool needs_word = false;
    bool tells_early = false;  // the pattern says of a run's start that no run goes on like that
  };

  using Literals = std::vector<LiteralScanner::Literal>;

  const rules::Sieve& sieve_for(const rules::Rule& rule, Prefilter prefilter);
  void add_line_rules(LineRules& out, Literals& literals, bool raw, Prefilter prefilter);
  Bare bare(std::uint32_t rule, Prefilter prefilter) const;
  void add_block_rules(Literals& words, Prefilter prefilter);
  bool take_image(std::string_view image);

  /// Whether none of the rule's exceptions matches. `starts`: `Bare::starts`, if they are known.
  bool admits(std::uint32_t rule, std::uint32_t line, std::string_view subject, Scratch& scratch,
              std::span<const Starts> starts = {}) const;
  /// Holds the rules of one kind against a line.
  void hold(const LineRules& rules, const Subject& subject, const std::vector<bool>& on, Scratch& scratch,
            LineHits& out) const;
  void match_line(const text::LineTable& table, std::uint32_t line, const std::vector<bool>& on,
                  Scratch& scratch, LineHits& out) const;
  void match_block(const text::LineTable& table, std::span<const std::uint32_t> block,
                   const std::vector<bool>& on, const LineHits& lines, Scratch& scratch,
                   BlockHits& out) const;
  /// `words`: the lines of the block, by their index in it, that hold a word which the rules need; sorted.
  void match_runs(const text::LineTable& table, std::span<const std::uint32_t> block, std::uint32_t index,
                  std::span<const std::uint32_t> words, const std::vector<bool>& on, Scratch& scratch,
                  BlockHits& out) const;
  std::size_t longest_run(std::span<const std::uint32_t> block, std::uint32_t rule, std::size_t least,
                          Scratch& scratch) const;

  const rules::Compiled& compiled_;
  std::deque<rules::Sieve> sieves_;  // those that the rules do not hold themselves
  LineRules folded_, raw_;
  std::vector<BlockRules> block_rules_;
  std::vector<std::uint32_t> wordless_block_rules_;  // indices of block_rules_
};

}  // namespace dechaff::match
