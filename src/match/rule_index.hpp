#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace dechaff::match {

/// From texts to the rules that ask for them. A hash table in two flat arrays, because there are thousands of
/// texts at each start of the program and a look-up for each line. Const once it is filled.
class RuleIndex {
 public:
  /// Makes room for so many pairs.
  void reserve(std::size_t pairs);

  /// `text` is a view that outlives the index.
  void add(std::string_view text, std::uint32_t rule);

  /// Calls `use` with the rules of `text`, in the order in which they were added.
  template <class Use>
  void for_each(std::string_view text, Use use) const {
    if (pairs_.empty()) return;
    for (std::uint32_t i = slots_[slot_of(text)]; i != none; i = pairs_[i].next) use(pairs_[i].rule);
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  struct Pair {
    std::string_view text;
    std::uint32_t rule = 0;
    std::uint32_t next = none;  // of the same text
    std::uint32_t last = none;  // of the same text; for the first of them
  };

  /// The slot that holds the text, or the empty one where it would be.
  std::size_t slot_of(std::string_view text) const;
  void spread(std::size_t slots);
  void link(std::uint32_t pair);

  std::vector<Pair> pairs_;
  std::vector<std::uint32_t> slots_;  // the first pair of a text; a power of two of them, at most half in use
};

}  // namespace dechaff::match
