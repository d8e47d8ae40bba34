#include "rules/word_table.hpp"

#define XXH_INLINE_ALL  // for keys this short a call costs as much as the hash
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace dechaff::rules {

namespace {

constexpr std::size_t fewest_slots = 64;

std::uint64_t hash_of(char kind, std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), static_cast<unsigned char>(kind));
}

}  // namespace

std::size_t WordTable::slot_of(std::uint64_t hash, char kind, std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const Slot& here = slots_[slot];
    if (here.index == none) return slot;
    if (here.tag != static_cast<std::uint32_t>(hash >> 32)) continue;
    if (scores_[here.index].kind() == kind && scores_[here.index].text() == text) return slot;
  }
}

void WordTable::reserve(std::size_t scores) {
  scores_.reserve(scores);
  spread(std::bit_ceil(2 * scores));
}

void WordTable::spread(std::size_t slots) {
  slots_.assign(std::max(fewest_slots, slots), {});
  for (std::uint32_t i = 0; i < scores_.size(); ++i) put(i);
}

void WordTable::put(std::uint32_t index) {
  const WordScore& score = scores_[index];
  const std::uint64_t hash = hash_of(score.kind(), score.text());
  slots_[slot_of(hash, score.kind(), score.text())] = {static_cast<std::uint32_t>(hash >> 32), index};
}

void WordTable::add(WordScore score) {
  if (const auto known = find(score.kind(), score.text())) {
    scores_[*known].score += score.score;
    return;
  }
  scores_.push_back(std::move(score));
  if (2 * scores_.size() > slots_.size())
    spread(2 * slots_.size());
  else
    put(static_cast<std::uint32_t>(scores_.size() - 1));
}

std::optional<std::uint32_t> WordTable::find(char kind, std::string_view text) const {
  if (scores_.empty()) return {};
  const std::uint32_t index = slots_[slot_of(hash_of(kind, text), kind, text)].index;
  return index == none ? std::nullopt : std::optional(index);
}

}  // namespace dechaff::rules
