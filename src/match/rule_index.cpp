#include "match/rule_index.hpp"

#define XXH_INLINE_ALL  // for keys this short a call costs as much as the hash
#include <xxhash.h>

#include <algorithm>
#include <bit>

namespace dechaff::match {

namespace {

constexpr std::size_t fewest_slots = 16;

}  // namespace

void RuleIndex::reserve(std::size_t pairs) {
  pairs_.reserve(pairs);
  spread(std::bit_ceil(std::max(fewest_slots, 2 * pairs)));
}

void RuleIndex::add(std::string_view text, std::uint32_t rule) {
  pairs_.push_back({text, rule, none, none});
  if (2 * pairs_.size() > slots_.size())
    spread(std::bit_ceil(std::max(fewest_slots, 4 * pairs_.size())));
  else
    link(static_cast<std::uint32_t>(pairs_.size() - 1));
}

std::size_t RuleIndex::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = XXH3_64bits(text.data(), text.size()) & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == none || pairs_[slots_[slot]].text == text) return slot;
  }
}

void RuleIndex::spread(std::size_t slots) {
  slots_.assign(slots, none);
  for (std::uint32_t i = 0; i < pairs_.size(); ++i) {
    pairs_[i].next = pairs_[i].last = none;
    link(i);
  }
}

void RuleIndex::link(std::uint32_t pair) {
  const std::size_t slot = slot_of(pairs_[pair].text);
  if (slots_[slot] == none) slots_[slot] = pair;
  Pair& first = pairs_[slots_[slot]];
  if (first.last != none) pairs_[first.last].next = pair;
  first.last = pair;
}

}  // namespace dechaff::match
