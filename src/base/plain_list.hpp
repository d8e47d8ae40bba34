#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace dechaff {

/// Numbers, or plain structs of them, one behind the other: its own, or lent by what outlives the list and
/// its copies, such as a file that is mapped into memory. What is lent costs nothing to take.
template <class T>
requires std::is_trivially_copyable_v<T>
class PlainList {
 public:
  using value_type = T;
  using size_type = std::size_t;
  using const_reference = const T&;
  using const_iterator = const T*;

  PlainList() = default;
  PlainList(std::initializer_list<T> values) : own_(values) {}
  PlainList(std::vector<T> values) : own_(std::move(values)) {}
  static PlainList lent(std::span<const T> values) {
    PlainList out;
    out.lent_ = values;
    return out;
  }

  std::span<const T> all() const { return lent_.empty() ? std::span<const T>(own_) : lent_; }
  const T* data() const { return all().data(); }
  std::size_t size() const { return all().size(); }
  bool empty() const { return all().empty(); }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size(); }
  const T& operator[](std::size_t i) const { return data()[i]; }

  /// The values as its own, to change them.
  std::vector<T>& own() {
    if (!lent_.empty()) own_.assign(lent_.begin(), lent_.end());
    lent_ = {};
    return own_;
  }

  friend bool operator==(const PlainList& a, const PlainList& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  std::vector<T> own_;
  std::span<const T> lent_;  // in place of `own_`, unless empty
};

}  // namespace dechaff
