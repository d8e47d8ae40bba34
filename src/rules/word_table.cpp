#include "rules/word_table.hpp"

#define XXH_INLINE_ALL  // for keys this short a call costs as much as the hash
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <span>
#include <utility>
#include <vector>

namespace dechaff::rules {

namespace {

constexpr std::size_t fewest_slots = 64;

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

std::uint64_t WordTable::hash_of(char kind, std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), static_cast<unsigned char>(kind));
}

std::size_t WordTable::slot_of(const Question& question) const {
  const std::span<const Slot> slots = slots_.all();
  const std::size_t mask = slots.size() - 1;
  std::size_t slot = question.hash & mask;
  for (std::size_t seen = 0; seen < mask; ++seen, slot = (slot + 1) & mask) {
    const Slot& here = slots[slot];
    if (here.index >= entries_.size()) break;
    if (here.tag != tag_of(question.hash)) continue;
    const WordScore score = (*this)[here.index];
    if (score.kind() == question.kind && score.text() == question.text) break;
  }
  return slot;
}

void WordTable::spread(std::size_t slots) {
  const PlainList<Slot> old = std::exchange(slots_, std::vector<Slot>(slots));
  for (const Slot& first : old) {
    if (first.index == none) continue;
    const WordScore score = (*this)[first.index];
    slots_.own()[slot_of({score.kind(), score.text(), hash_of(score.kind(), score.text())})] = first;
  }
}

void WordTable::add(std::uint32_t file, const WordScore& score) {
  const auto added = static_cast<std::uint32_t>(entries_.size());
  if (2 * (entries_.size() + 1) > slots_.size()) spread(std::max(fewest_slots, 2 * slots_.size()));
  const std::uint64_t hash = hash_of(score.kind(), score.text());
  filter_.add(hash);
  std::vector<Entry>& entries = entries_.own();
  Slot& slot = slots_.own()[slot_of({score.kind(), score.text(), hash})];
  std::uint32_t last = none;
  for (std::uint32_t i = slot.index; i != none; i = entries[i].next) {
    last = i;
    if (entries[i].file != file) continue;
    entries[i].score += score.score;
    return;
  }
  if (last == none)
    slot = {tag_of(hash), added};
  else
    entries[last].next = added;
  entries.push_back({placed(texts_, score), file, none});
}

bool WordTable::settle(std::size_t files) {
  files_ = files;
  return slots_.empty() || std::has_single_bit(slots_.size());
}

}  // namespace dechaff::rules
