#pragma once

#include <cstdint>
#include <optional>
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

/// Scores by their words: a hash table in flat arrays, for the look-ups are many and the table is made at
/// each start of the program.
class WordTable {
 public:
  bool empty() const { return scores_.empty(); }

  /// Makes room for so many scores.
  void reserve(std::size_t scores);

  /// Adds to what is there for the same words.
  void add(WordScore score);

  /// The index of the score, for `operator[]`.
  std::optional<std::uint32_t> find(char kind, std::string_view text) const;
  const WordScore& operator[](std::uint32_t index) const { return scores_[index]; }

  friend bool operator==(const WordTable& a, const WordTable& b) { return a.scores_ == b.scores_; }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  std::size_t slot_of(std::uint64_t hash, char kind, std::string_view text) const;
  void spread(std::size_t slots);
  void put(std::uint32_t index);

  std::vector<WordScore> scores_;
  /// A score by the upper half of its hash, which tells nearly all others from it.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t index = none;
  };

  std::vector<Slot> slots_;  // a power of two of them, at most half in use
};

}  // namespace dechaff::rules
