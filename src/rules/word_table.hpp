#pragma once

#include <bitset>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace dechaff::rules {

/// Score of words, by what is asked for: "w" a word, "p" two that follow each other, "f" the first, "l" the
/// last, "=" all words of a line, and then the words with spaces between.
struct WordScore {
  std::string words;
  std::int32_t score = 0;

  char kind() const { return words.front(); }
  std::string_view text() const { return std::string_view(words).substr(1); }

  friend bool operator==(const WordScore&, const WordScore&) = default;
};

/// What all score files say of words, so that one look-up tells: a hash table in flat arrays, for the
/// look-ups are many and the table is made at each start of the program.
class WordTable {
 public:
  /// Of function words, which no file scores but all count.
  static constexpr std::uint32_t no_file = std::numeric_limits<std::uint32_t>::max();

  /// What one file says of some words.
  struct Entry {
    WordScore score;
    std::uint32_t file = 0;  ///< by the order of files
    std::uint32_t next = 0;  ///< what another file says of the same words; the last names itself

    friend bool operator==(const Entry&, const Entry&) = default;
  };

  /// Makes room for so many entries more.
  void reserve(std::size_t entries);

  /// Adds to what the file is known to say of the same words.
  void add(std::uint32_t file, WordScore score);
  void add_function_word(std::string_view word) { add(no_file, {"w" + std::string(word), 0}); }

  /// Calls `use` with the index of each entry for these words.
  template <class Use>
  void for_each(char kind, std::string_view text, Use use) const {
    const std::uint64_t hash = hash_of(kind, text);
    if (!may_hold(hash)) return;
    std::uint32_t index = slots_[slot_of(hash, kind, text)].index;
    if (index == none) return;
    for (;; index = entries_[index].next) {
      use(index);
      if (entries_[index].next == index) return;
    }
  }

  const Entry& operator[](std::uint32_t index) const { return entries_[index]; }

  friend bool operator==(const WordTable& a, const WordTable& b) { return a.entries_ == b.entries_; }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  static std::uint64_t hash_of(char kind, std::string_view text);

  /// The slot that holds the words, or the empty one where they would be.
  std::size_t slot_of(std::uint64_t hash, char kind, std::string_view text) const;
  void spread(std::size_t slots);

  /// Whether words of this hash may be there. Most are not, and this much of the table is always in the cache.
  bool may_hold(std::uint64_t hash) const { return filter_[filter_bit(hash)]; }
  static std::size_t filter_bit(std::uint64_t hash) { return hash >> (64 - filter_bits); }

  static constexpr int filter_bits = 16;

  std::vector<Entry> entries_;
  /// The first entry of some words, by the upper half of their hash, which tells nearly all others from them.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t index = none;
  };

  std::vector<Slot> slots_;  // a power of two of them, at most half in use
  std::bitset<std::size_t{1} << filter_bits> filter_;
};

}  // namespace dechaff::rules
