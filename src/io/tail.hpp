#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace dechaff::io {

/// Room at the end of a string, for a C library to write to. What is left unused goes with it.
///
///     for (Tail tail(out, most); tail.open();) tail.advance(write(tail.data(), tail.size()));
class Tail {
 public:
  /// For `most` bytes at the most.
  explicit Tail(std::string& out, std::size_t most = std::string::npos)
      : out_(out), used_(out.size()), end_(used_ + std::min(most, out.max_size() - used_)) {}
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;
  ~Tail() { out_.resize(used_); }

  /// Whether there is room, made where it was used up: little at first, as a string fills what it gets with
  /// zeros.
  bool open() {
    if (size() > 0) return true;
    out_.resize(used_ + std::min(end_ - used_, next_));
    next_ = std::min(2 * next_, most_at_once);
    return size() > 0;
  }

  char* data() { return out_.data() + used_; }
  std::size_t size() const { return out_.size() - used_; }
  void advance(std::size_t count) { used_ += count; }

 private:
  static constexpr std::size_t most_at_once = 128 << 10;

  std::string& out_;
  std::size_t used_;
  std::size_t end_;
  std::size_t next_ = 4 << 10;
};

}  // namespace dechaff::io
