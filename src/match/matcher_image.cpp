#include <algorithm>
#include <utility>

#include "base/image_stream.hpp"
#include "match/matcher.hpp"

namespace dechaff::match {

namespace {

using Numbers = PlainList<std::uint32_t>;

/// Lists of rules, one behind the other.
struct RuleLists {
  Numbers rules;
  Numbers ends;

  void add(const std::vector<std::uint32_t>& list) {
    rules.own().insert(rules.own().end(), list.begin(), list.end());
    ends.own().push_back(static_cast<std::uint32_t>(rules.size()));
  }

  std::vector<std::uint32_t> operator[](std::size_t i) const {
    return {rules.begin() + (i == 0 ? 0 : ends[i - 1]), rules.begin() + ends[i]};
  }

  /// Whether none is empty, and all hold rules below `most`.
  bool holds_together(std::size_t most) const {
    const auto is_rule = [&](std::uint32_t rule) { return rule < most; };
    const bool any_empty = std::adjacent_find(ends.begin(), ends.end(), std::greater_equal{}) != ends.end() ||
                           (!ends.empty() && ends[0] == 0);
    return !any_empty && (ends.empty() ? 0 : ends[ends.size() - 1]) == rules.size() &&
           std::ranges::all_of(rules, is_rule);
  }
};

template <class A>
void fields(A& a, RuleLists& lists) {
  a(lists.rules, lists.ends);
}

/// What is asked of the rules of one list, bit by bit.
using Flags = PlainList<std::uint8_t>;
constexpr std::uint8_t needs_literal = 1, needs_start = 2;               // Matcher::Probe
constexpr std::uint8_t asks_start = 1, needs_word = 2, tells_early = 4;  // Matcher::BlockRules

std::uint8_t flag(bool holds, std::uint8_t bit) { return holds ? bit : std::uint8_t{0}; }

std::vector<std::uint32_t> vector_of(const Numbers& numbers) { return {numbers.begin(), numbers.end()}; }

bool are_below(const Numbers& numbers, std::size_t most) {
  return std::ranges::all_of(numbers, [&](std::uint32_t number) { return number < most; });
}

}  // namespace

std::string Matcher::image() const {
  ImageWriter writer;
  for (const LineRules* those : {&folded_, &raw_}) {
    RuleLists probes;
    Flags flags;
    for (const Probe& probe : those->probes) {
      probes.add(probe.rules);
      flags.own().push_back(flag(probe.needs_literal, needs_literal) | flag(probe.needs_start, needs_start));
    }
    Numbers bare;
    for (const Bare& one : those->bare) bare.own().push_back(one.rule);
    writer(probes, flags, those->phrases, those->starts, those->literals, Numbers(those->always), bare);
  }
  RuleLists blocks;
  Flags flags;
  for (const BlockRules& those : block_rules_) {
    blocks.add(those.rules);
    flags.own().push_back(flag(those.starts.tells(), asks_start) | flag(those.needs_word, needs_word) |
                          flag(those.tells_early, tells_early));
  }
  writer(blocks, flags, Numbers(wordless_block_rules_));
  return writer.take();
}

/// False, and nothing done, where it is not of these rules.
bool Matcher::take_image(std::string_view image) {
  if (image.empty()) return false;
  const auto rules = static_cast<std::uint32_t>(compiled_.rules.size());
  ImageReader reader(image);
  LineRules lines[2];
  for (LineRules& those : lines) {
    RuleLists probes;
    Flags flags;
    Numbers always, bare;
    reader(probes, flags, those.phrases, those.starts, those.literals, always, bare);
    const auto size = static_cast<std::uint32_t>(probes.ends.size());
    if (!reader.good() || !probes.holds_together(rules) || flags.size() != size ||
        !those.phrases.settle(rules) || !those.starts.settle(size) || !are_below(always, size) ||
        !are_below(bare, rules))
      return false;
    those.probes.reserve(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      Probe probe;
      probe.rules = probes[i];
      const std::optional<rules::Pattern>& pattern = compiled_.rules[probe.rules.front()].pattern;
      if (!pattern) return false;
      probe.pattern = &*pattern;
      probe.needs_literal = (flags[i] & needs_literal) != 0;
      probe.needs_start = (flags[i] & needs_start) != 0;
      those.probes.push_back(std::move(probe));
    }
    those.always = vector_of(always);
    for (const std::uint32_t rule : bare) those.bare.push_back(this->bare(rule, Prefilter::on));
  }
  RuleLists blocks;
  Flags flags;
  Numbers wordless;
  reader(blocks, flags, wordless);
  const auto size = static_cast<std::uint32_t>(blocks.ends.size());
  if (!reader.good() || !blocks.holds_together(rules) || flags.size() != size || !are_below(wordless, size))
    return false;
  std::vector<BlockRules> block_rules(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    BlockRules& those = block_rules[i];
    those.rules = blocks[i];
    const rules::Rule& rule = compiled_.rules[those.rules.front()];
    const auto has_pattern = [&](std::uint32_t one) { return compiled_.rules[one].pattern.has_value(); };
    if (flags[i] != 0 && (!rule.sieve || !std::ranges::all_of(those.rules, has_pattern))) return false;
    if ((flags[i] & asks_start) != 0) those.starts = Starts(rule.sieve->starts);
    those.needs_word = (flags[i] & needs_word) != 0;
    those.tells_early = (flags[i] & tells_early) != 0;
  }
  const auto folded_probes = static_cast<std::uint32_t>(lines[0].probes.size());
  const auto raw_probes = static_cast<std::uint32_t>(lines[1].probes.size());
  if (!lines[0].literals.settle(folded_probes + size) || !lines[1].literals.settle(raw_probes)) return false;
  folded_ = std::move(lines[0]);
  raw_ = std::move(lines[1]);
  block_rules_ = std::move(block_rules);
  wordless_block_rules_ = vector_of(wordless);
  return true;
}

}  // namespace dechaff::match
