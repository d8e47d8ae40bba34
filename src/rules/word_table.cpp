#include "rules/word_table.hpp"

#define XXH_INLINE_ALL  // for keys this short a call costs as much as the hash
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace dechaff::rules {

namespace {

constexpr std::size_t fewest_slots = 64;

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

std::uint64_t WordTable::hash_of(char kind, std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), static_cast<unsigned char>(kind));
}

std::size_t WordTable::slot_of(std::uint64_t hash, char kind, std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const Slot& here = slots_[slot];
    if (here.index == none) return slot;
    if (here.tag != tag_of(hash)) continue;
    const WordScore& score = entries_[here.index].score;
    if (score.kind() == kind && score.text() == text) return slot;
  }
}

void WordTable::reserve(std::size_t entries) {
  entries_.reserve(entries_.size() + entries);
  const std::size_t slots = std::bit_ceil(2 * (entries_.size() + entries));
  if (slots > slots_.size()) spread(slots);
}

void WordTable::spread(std::size_t slots) {
  std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(std::max(fewest_slots, slots)));
  for (const Slot& first : old) {
    if (first.index == none) continue;
    const WordScore& score = entries_[first.index].score;
    slots_[slot_of(hash_of(score.kind(), score.text()), score.kind(), score.text())] = first;
  }
}

void WordTable::add(std::uint32_t file, WordScore score) {
  if (2 * (entries_.size() + 1) > slots_.size()) spread(2 * slots_.size());
  const std::uint64_t hash = hash_of(score.kind(), score.text());
  Slot& slot = slots_[slot_of(hash, score.kind(), score.text())];
  filter_.set(filter_bit(hash));
  const auto added = static_cast<std::uint32_t>(entries_.size());
  if (slot.index == none) {
    slot = {tag_of(hash), added};
  } else {
    std::uint32_t last = slot.index;
    while (entries_[last].file != file && entries_[last].next != last) last = entries_[last].next;
    if (entries_[last].file == file) {
      entries_[last].score.score += score.score;
      return;
    }
    entries_[last].next = added;
  }
  entries_.push_back({std::move(score), file, added});
}

}  // namespace dechaff::rules
