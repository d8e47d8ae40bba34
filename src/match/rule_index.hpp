#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash_filter.hpp"
#include "base/plain_list.hpp"

namespace dechaff::match {

/// From texts to the rules that ask for them. A hash table in flat arrays, because there are thousands of
/// texts, taken from an image at each start of the program, and a look-up for each line. Const once it is
/// filled.
class RuleIndex {
 public:
  /// Makes room for so many pairs.
  void reserve(std::size_t pairs);

  void add(std::string_view text, std::uint32_t rule);

  /// Puts the pairs of each text side by side: a look-up then reads on in the cache. None are added behind
  /// it.
  void arrange();

  /// Calls `use` with the rules of `text`, in the order in which they were added.
  template <class Use>
  void for_each(std::string_view text, Use use) const {
    const std::uint64_t hash = hash_of(text);
    if (!filter_.may_hold(hash) || slots_.empty()) return;
    const std::span<const Pair> pairs = pairs_.all();
    for (std::uint32_t i = slots_[slot_of(hash, text)].pair; i < pairs.size();) {
      const Pair& pair = pairs.data()[i];
      if (pair.rule < rules_) use(pair.rule);
      if (pair.next <= i) return;  // as none does that was added
      i = pair.next;
    }
  }

  /// For what writes and reads images; what was read must be settled.
  template <class A>
  friend void fields(A& a, RuleIndex& index) {
    a(index.texts_, index.pairs_, index.slots_, index.filter_);
  }

  /// Makes what was read ready, for rules below `rules`. False where it is no index. What leads nowhere is
  /// seen when it is looked up: few of the pairs ever are, and to look at all takes longer than a short text.
  bool settle(std::uint32_t rules);

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  struct Pair {
    std::uint32_t begin = 0;  // of its text in `texts_`
    std::uint32_t size = 0;
    std::uint32_t rule = 0;
    std::uint32_t next = none;  // of the same text
  };

  /// The first pair of a text, by the upper half of its hash, which tells nearly all others from it.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t pair = none;
  };

  /// Empty where it would be outside of all texts.
  std::string_view text_of(const Pair& pair) const {
    const std::span<const char> texts = texts_.all();
    const bool is_inside = std::uint64_t{pair.begin} + pair.size <= texts.size();
    return is_inside ? std::string_view(texts.data() + pair.begin, pair.size) : std::string_view();
  }
  static std::uint64_t hash_of(std::string_view text);
  /// The slot that holds the text, or the empty one where it would be.
  std::size_t slot_of(std::uint64_t hash, std::string_view text) const;
  void spread(std::size_t slots);
  void link(std::uint32_t pair);

  std::uint32_t rules_ = none;  // there are so many
  PlainList<char> texts_;
  PlainList<Pair> pairs_;
  std::vector<std::uint32_t> last_;  // of the same text, for the first pair of it; while it is filled
  PlainList<Slot> slots_;            // a power of two of them, at most half in use
  HashFilter filter_;
};

}  // namespace dechaff::match
