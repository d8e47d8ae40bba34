#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/plain_list.hpp"

namespace dechaff {

/// Many short texts, one behind the other in two pieces of memory, its own or lent (PlainList): there are ten
/// thousands of them at each start of the program, and memory for each alone would be most of what that
/// takes. 4 GiB at most.
class TextList {
 public:
  class Iterator;
  using value_type = std::string_view;
  using size_type = std::size_t;
  using const_reference = std::string_view;
  using const_iterator = Iterator;

  class Iterator {
   public:
    using value_type = std::string_view;
    using reference = std::string_view;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::random_access_iterator_tag;

    Iterator() = default;
    Iterator(const TextList& list, difference_type at) : list_(&list), at_(at) {}

    reference operator*() const { return (*list_)[static_cast<std::size_t>(at_)]; }
    reference operator[](difference_type n) const { return *(*this + n); }

    Iterator& operator+=(difference_type n) {
      at_ += n;
      return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this -= 1; }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    Iterator operator--(int) {
      const Iterator before = *this;
      --*this;
      return before;
    }

    friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
    friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
    friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.at_ - b.at_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
    friend std::strong_ordering operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }

   private:
    const TextList* list_ = nullptr;
    difference_type at_ = 0;
  };

  TextList() = default;
  TextList(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) push_back(text);
  }
  explicit TextList(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) push_back(text);
  }

  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }

  std::string_view operator[](std::size_t i) const {
    const std::uint32_t* const ends = ends_.data();
    const std::uint32_t begin = i == 0 ? 0 : ends[i - 1];
    return {bytes_.data() + begin, ends[i] - begin};
  }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, static_cast<std::ptrdiff_t>(size())}; }

  void push_back(std::string_view text) {
    std::vector<char>& bytes = bytes_.own();
    bytes.insert(bytes.end(), text.begin(), text.end());
    ends_.own().push_back(static_cast<std::uint32_t>(bytes.size()));
  }

  friend bool operator==(const TextList&, const TextList&) = default;

  /// The texts as they lie in memory, for what writes and reads images. False, and nothing done, where
  /// `ends` are not those of texts in `bytes`.
  const PlainList<char>& bytes() const { return bytes_; }
  const PlainList<std::uint32_t>& ends() const { return ends_; }
  bool assign(PlainList<char> bytes, PlainList<std::uint32_t> ends) {
    const bool sorted = std::is_sorted(ends.begin(), ends.end());
    if (!sorted || (ends.empty() ? 0 : ends[ends.size() - 1]) != bytes.size()) return false;
    bytes_ = std::move(bytes);
    ends_ = std::move(ends);
    return true;
  }

 private:
  PlainList<char> bytes_;
  PlainList<std::uint32_t> ends_;  // of each text
};

}  // namespace dechaff
