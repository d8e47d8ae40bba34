#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash_filter.hpp"
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

/// A score by the place of its words in a list of texts.
struct PlacedScore {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
  std::int32_t score = 0;

  friend bool operator==(const PlacedScore&, const PlacedScore&) = default;
};

/// The score with its words. Words that would lie outside of all texts, which only an image can say, are "?",
/// which nobody asks for.
inline WordScore scored(std::span<const char> texts, const PlacedScore& one) {
  const bool is_inside = one.size > 0 && std::uint64_t{one.begin} + one.size <= texts.size();
  return {is_inside ? std::string_view(texts.data() + one.begin, one.size) : "?", one.score};
}

/// Puts the words behind all texts.
inline PlacedScore placed(PlainList<char>& texts, const WordScore& score) {
  std::vector<char>& all = texts.own();
  const PlacedScore out{static_cast<std::uint32_t>(all.size()),
                        static_cast<std::uint32_t>(score.words.size()), score.score};
  all.insert(all.end(), score.words.begin(), score.words.end());
  return out;
}

/// Scores of words, one behind the other.
class WordList {
 public:
  std::size_t size() const { return scores_.size(); }

  void add(const WordScore& score) { scores_.own().push_back(placed(texts_, score)); }

  /// The view holds until the next `add`.
  WordScore operator[](std::size_t i) const { return scored(texts_.all(), scores_[i]); }

  friend bool operator==(const WordList& a, const WordList& b) {
    return a.texts_ == b.texts_ && a.scores_ == b.scores_;
  }

  /// For what writes and reads images.
  template <class A>
  friend void fields(A& a, WordList& list) {
    a(list.texts_, list.scores_);
  }

 private:
  PlainList<char> texts_;
  PlainList<PlacedScore> scores_;
};

/// What all score files say of words, so that one look-up tells: a hash table in flat arrays, for the
/// look-ups are many and the table is taken from an image at each start of the program.
class WordTable {
 public:
  /// Of function words, which no file scores but all count.
  static constexpr std::uint32_t no_file = std::numeric_limits<std::uint32_t>::max();

  std::size_t size() const { return entries_.size(); }

  /// Adds to what the file, by the order of files, is known to say of the same words.
  void add(std::uint32_t file, const WordScore& score);
  void add_function_word(std::string_view word) { add(no_file, {"w" + std::string(word), 0}); }

  /// Some words on their way into the table.
  struct Question {
    char kind = 'w';
    std::string_view text;
    std::uint64_t hash = 0;
  };

  /// Calls `ask` with the question for these words, if the table may hold them. To put many questions before
  /// the first is answered lets their slots come into the cache side by side.
  template <class Ask>
  void question(char kind, std::string_view text, Ask ask) const {
    const std::uint64_t hash = hash_of(kind, text);
    if (!filter_.may_hold(hash) || slots_.empty()) return;
    __builtin_prefetch(slots_.data() + (hash & (slots_.size() - 1)));
    ask(Question{kind, text, hash});
  }

  /// Calls `use` with the index of what each file says of these words.
  template <class Use>
  void answer(const Question& question, Use use) const {
    const std::span<const Entry> entries = entries_.all();
    for (std::uint32_t i = slots_[slot_of(question)].index; i < entries.size();) {
      const Entry& entry = entries.data()[i];
      if (entry.file < files_ || entry.file == no_file) use(i);
      if (entry.next <= i) return;  // as none does that was added
      i = entry.next;
    }
  }

  WordScore operator[](std::uint32_t index) const { return scored(texts_.all(), entries_[index]); }
  std::uint32_t file_of(std::uint32_t index) const { return entries_[index].file; }

  friend bool operator==(const WordTable& a, const WordTable& b) {
    return a.texts_ == b.texts_ && a.entries_ == b.entries_;
  }

  /// For what writes and reads images; what was read must be settled.
  template <class A>
  friend void fields(A& a, WordTable& table) {
    a(table.texts_, table.entries_, table.slots_, table.filter_);
  }

  /// Makes what was read ready, for so many files. False where it is no table. What leads nowhere is seen
  /// when it is looked up: few of the words ever are.
  bool settle(std::size_t files);

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  /// What a file says of some words.
  struct Entry : PlacedScore {
    std::uint32_t file = 0;
    std::uint32_t next = none;  ///< what another file says of the same words

    friend bool operator==(const Entry&, const Entry&) = default;
  };

  /// The first score of some words, by the upper half of their hash, which tells nearly all others from them.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t index = none;
  };

  static std::uint64_t hash_of(char kind, std::string_view text);

  /// The slot that holds the words, or the empty one where they would be.
  std::size_t slot_of(const Question& question) const;
  void spread(std::size_t slots);

  std::size_t files_ = no_file;  // there are so many
  PlainList<char> texts_;
  PlainList<Entry> entries_;
  PlainList<Slot> slots_;  // a power of two of them, at most half in use
  HashFilter filter_;
};

}  // namespace dechaff::rules
