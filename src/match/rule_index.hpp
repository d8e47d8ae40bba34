#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

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

  /// Calls `use` with the rules of `text`, in the order in which they were added.
  template <class Use>
  void for_each(std::string_view text, Use use) const {
    if (pairs_.empty()) return;
    for (std::uint32_t i = slots_[slot_of(text)]; i != none; i = pairs_[i].next) use(pairs_[i].rule);
  }

  /// Whether a look-up finds none but rules below `rules`, and comes to an end.
  bool holds_together(std::uint32_t rules) const;

  /// For what writes and reads images.
  template <class A>
  friend void fields(A& a, RuleIndex& index) {
    a(index.texts_, index.pairs_, index.slots_);
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  struct Pair {
    std::uint32_t begin = 0;  // of its text in `texts_`
    std::uint32_t size = 0;
    std::uint32_t rule = 0;
    std::uint32_t next = none;  // of the same text
  };

  std::string_view text_of(const Pair& pair) const { return {texts_.data() + pair.begin, pair.size}; }
  /// The slot that holds the text, or the empty one where it would be.
  std::size_t slot_of(std::string_view text) const;
  void spread(std::size_t slots);
  void link(std::uint32_t pair);

  PlainList<char> texts_;
  PlainList<Pair> pairs_;
  std::vector<std::uint32_t> last_;  // of the same text, for the first pair of it; while it is filled
  PlainList<std::uint32_t> slots_;   // the first pair of a text; a power of two of them, at most half in use
};

}  // namespace dechaff::match
