#include "match/rule_index.hpp"

#define XXH_INLINE_ALL  // for keys this short a call costs as much as the hash
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace dechaff::match {

namespace {

constexpr std::size_t fewest_slots = 16;

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

void RuleIndex::reserve(std::size_t pairs) {
  pairs_.own().reserve(pairs);
  spread(std::bit_ceil(std::max(fewest_slots, 2 * pairs)));
}

void RuleIndex::add(std::string_view text, std::uint32_t rule) {
  std::vector<char>& texts = texts_.own();
  pairs_.own().push_back(
      {static_cast<std::uint32_t>(texts.size()), static_cast<std::uint32_t>(text.size()), rule, none});
  texts.insert(texts.end(), text.begin(), text.end());
  if (2 * pairs_.size() > slots_.size())
    spread(std::bit_ceil(std::max(fewest_slots, 4 * pairs_.size())));
  else
    link(static_cast<std::uint32_t>(pairs_.size() - 1));
}

std::uint64_t RuleIndex::hash_of(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

std::size_t RuleIndex::slot_of(std::uint64_t hash, std::string_view text) const {
  const std::span<const Slot> slots = slots_.all();
  const std::span<const Pair> pairs = pairs_.all();
  const std::size_t mask = slots.size() - 1;
  std::size_t slot = hash & mask;
  for (std::size_t seen = 0; seen < mask; ++seen, slot = (slot + 1) & mask) {
    const Slot& here = slots[slot];
    if (here.pair >= pairs.size() || (here.tag == tag_of(hash) && text_of(pairs[here.pair]) == text)) break;
  }
  return slot;
}

void RuleIndex::spread(std::size_t slots) {
  slots_ = std::vector<Slot>(slots);
  std::vector<Pair>& pairs = pairs_.own();
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    pairs[i].next = none;
    link(i);
  }
}

void RuleIndex::link(std::uint32_t pair) {
  std::vector<Pair>& pairs = pairs_.own();
  const std::uint64_t hash = hash_of(text_of(pairs[pair]));
  filter_.add(hash);
  Slot& slot = slots_.own()[slot_of(hash, text_of(pairs[pair]))];
  last_.resize(pairs.size());
  if (slot.pair == none)
    slot = {tag_of(hash), pair};
  else
    pairs[last_[slot.pair]].next = pair;
  last_[slot.pair] = pair;
}

void RuleIndex::arrange() {
  std::vector<Pair> arranged;
  arranged.reserve(pairs_.size());
  for (Slot& slot : slots_.own()) {
    if (slot.pair == none) continue;
    std::uint32_t old = std::exchange(slot.pair, static_cast<std::uint32_t>(arranged.size()));
    for (; old != none; old = pairs_[old].next) {
      arranged.push_back(pairs_[old]);
      arranged.back().next = static_cast<std::uint32_t>(arranged.size());
    }
    arranged.back().next = none;
  }
  pairs_ = std::move(arranged);
  last_ = {};
}

bool RuleIndex::settle(std::uint32_t rules) {
  rules_ = rules;
  return pairs_.empty() || std::has_single_bit(slots_.size());
}

}  // namespace dechaff::match
