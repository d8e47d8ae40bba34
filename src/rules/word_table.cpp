#include "rules/word_table.hpp"

#define XXH_INLINE_ALL  // for keys this short a call costs as much as the hash
#include <xxhash.h>

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
    const std::uint32_t index = slots_[slot];
    if (index == none) return slot;
    if (hashes_[index] == hash && scores_[index].kind() == kind && scores_[index].text() == text) return slot;
  }
}

void WordTable::grow() {
  slots_.assign(std::max(fewest_slots, 2 * slots_.size()), none);
  for (std::uint32_t i = 0; i < scores_.size(); ++i)
    slots_[slot_of(hashes_[i], scores_[i].kind(), scores_[i].text())] = i;
}

void WordTable::add(WordScore score) {
  if (2 * (scores_.size() + 1) > slots_.size()) grow();
  const std::uint64_t hash = hash_of(score.kind(), score.text());
  const std::size_t slot = slot_of(hash, score.kind(), score.text());
  if (slots_[slot] != none) {
    scores_[slots_[slot]].score += score.score;
    return;
  }
  slots_[slot] = static_cast<std::uint32_t>(scores_.size());
  scores_.push_back(std::move(score));
  hashes_.push_back(hash);
}

std::optional<std::uint32_t> WordTable::find(char kind, std::string_view text) const {
  if (scores_.empty()) return {};
  const std::uint32_t index = slots_[slot_of(hash_of(kind, text), kind, text)];
  return index == none ? std::nullopt : std::optional(index);
}

}  // namespace dechaff::rules
