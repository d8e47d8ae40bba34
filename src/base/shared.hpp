#pragma once

#include <memory>
#include <utility>

namespace dechaff {

/// A value that never changes and that many have in common. Copies share it; the default one costs nothing.
template <class T>
class Shared {
 public:
  Shared() = default;
  Shared(T value) : value_(std::make_shared<const T>(std::move(value))) {}

  const T& operator*() const {
    static const T none;
    return value_ ? *value_ : none;
  }
  const T* operator->() const { return &**this; }
  operator const T&() const { return **this; }

  /// Whether it is the very same, not one that is like it.
  bool is(const Shared& other) const { return value_ == other.value_; }

 private:
  std::shared_ptr<const T> value_;
};

}  // namespace dechaff
