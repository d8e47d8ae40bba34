#include "rules/word_table.hpp"

#define XXH_INLINE_ALL  // for keys this short a call costs as much as the hash
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <span>

namespace dechaff::rules {

namespace {

constexpr std::size_t fewest_slots = 64;

std::uint64_t hash_of(char kind, std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), static_cast<unsigned char>(kind));
}

}  // namespace

std::size_t WordTable::slot_of(std::uint64_t hash, char kind, std::string_view text) const {
  const std::span<const Slot> slots = slots_.all();
  const std::size_t mask = slots.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const Slot& here = slots[slot];
    if (here.index == none) return slot;
    if (here.tag != static_cast<std::uint32_t>(hash >> 32)) continue;
    const WordScore score = (*this)[here.index];
    if (score.kind() == kind && score.text() == text) return slot;
  }
}

void WordTable::spread(std::size_t slots) {
  slots_ = std::vector<Slot>(slots);
  for (std::uint32_t i = 0; i < scores_.size(); ++i) put(i);
}

void WordTable::put(std::uint32_t index) {
  const WordScore score = (*this)[index];
  const std::uint64_t hash = hash_of(score.kind(), score.text());
  slots_.own()[slot_of(hash, score.kind(), score.text())] = {static_cast<std::uint32_t>(hash >> 32), index};
}

void WordTable::add(const WordScore& score) {
  if (const auto known = find(score.kind(), score.text())) {
    scores_.own()[*known].score += score.score;
    return;
  }
  std::vector<char>& texts = texts_.own();
  scores_.own().push_back({static_cast<std::uint32_t>(texts.size()),
                           static_cast<std::uint32_t>(score.words.size()), score.score});
  texts.insert(texts.end(), score.words.begin(), score.words.end());
  if (2 * scores_.size() > slots_.size())
    spread(std::max(fewest_slots, 2 * slots_.size()));
  else
    put(static_cast<std::uint32_t>(scores_.size() - 1));
}

std::optional<std::uint32_t> WordTable::find(char kind, std::string_view text) const {
  if (scores_.empty()) return {};
  const std::uint32_t index = slots_[slot_of(hash_of(kind, text), kind, text)].index;
  return index == none ? std::nullopt : std::optional(index);
}

bool WordTable::holds_together() const {
  const auto is_text = [&](const Placed& one) {
    return one.size > 0 && one.begin <= texts_.size() && one.size <= texts_.size() - one.begin;
  };
  const auto is_taken = [&](const Slot& slot) { return slot.index != none; };
  const auto is_score = [&](const Slot& slot) { return !is_taken(slot) || slot.index < scores_.size(); };
  if (scores_.empty()) return texts_.empty() && slots_.empty();
  return std::has_single_bit(slots_.size()) && std::ranges::all_of(scores_, is_text) &&
         std::ranges::all_of(slots_, is_score) &&
         !std::ranges::all_of(slots_, is_taken);  // a look-up ends at a free one
}

}  // namespace dechaff::rules
