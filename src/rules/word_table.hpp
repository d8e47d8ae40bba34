#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/plain_list.hpp"

namespace dechaff::rules {

/// Score of words, by what is asked for: "w" a word, "p" two that follow each other, "f" the first, "l" the
/// last, "=" all words of a line, and then the words with spaces between. A view into what holds it.
struct WordScore {
  std::string_view words;
  std::int32_t score = 0;

  char kind() const { return words.front(); }
  std::string_view text() const { return words.substr(1); }

  friend bool operator==(const WordScore&, const WordScore&) = default;
};

/// Scores by their words: a hash table in flat arrays, for the look-ups are many and the table is taken from
/// an image at each start of the program.
class WordTable {
 public:
  std::size_t size() const { return scores_.size(); }
  bool empty() const { return scores_.empty(); }

  /// Adds to what is there for the same words.
  void add(const WordScore& score);

  /// The index of the score, for `operator[]`.
  std::optional<std::uint32_t> find(char kind, std::string_view text) const;
  /// In the order in which the words were added. The view holds until the next `add`.
  WordScore operator[](std::uint32_t index) const {
    const Placed& one = scores_[index];
    return {{texts_.data() + one.begin, one.size}, one.score};
  }

  friend bool operator==(const WordTable& a, const WordTable& b) {
    return a.texts_ == b.texts_ && a.scores_ == b.scores_;
  }

  /// For what writes and reads images. Makes the table empty where a list is not what `add` would make.
  template <class A>
  friend void fields(A& a, WordTable& table) {
    a(table.texts_, table.scores_, table.slots_);
    if constexpr (requires { a.require(true); }) {
      if (table.holds_together()) return;
      table = {};
      a.require(false);
    }
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  /// A score by the place of its words in `texts_`.
  struct Placed {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::int32_t score = 0;

    friend bool operator==(const Placed&, const Placed&) = default;
  };

  /// A score by the upper half of its hash, which tells nearly all others from it.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t index = none;
  };

  std::size_t slot_of(std::uint64_t hash, char kind, std::string_view text) const;
  void spread(std::size_t slots);
  void put(std::uint32_t index);
  bool holds_together() const;

  PlainList<char> texts_;
  PlainList<Placed> scores_;
  PlainList<Slot> slots_;  // a power of two of them, at most half in use
};

/// Words, each once, as a table that an image lends.
class WordSet {
 public:
  WordSet() = default;
  WordSet(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) insert(word);
  }

  std::size_t size() const { return table_.size(); }
  bool empty() const { return table_.empty(); }
  void insert(std::string_view word) {
    if (!contains(word)) table_.add({kind + std::string(word), 0});
  }
  void insert(WordSet words) {
    if (empty()) {
      *this = std::move(words);
      return;
    }
    for (std::uint32_t i = 0; i < words.size(); ++i) insert(words[i]);
  }
  bool contains(std::string_view word) const { return table_.find(kind, word).has_value(); }
  /// In the order in which they were inserted.
  std::string_view operator[](std::uint32_t index) const { return table_[index].text(); }

  friend bool operator==(const WordSet&, const WordSet&) = default;

  /// For what writes and reads images.
  template <class A>
  friend void fields(A& a, WordSet& set) {
    a(set.table_);
  }

 private:
  static constexpr char kind = 'w';

  WordTable table_;
};

}  // namespace dechaff::rules
