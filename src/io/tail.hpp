#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace dechaff::io {

/// The most that a codec works on at a time, in bytes: a zstd block (RFC 8878, 3.1.1.2.4).
inline constexpr std::size_t codec_piece = 128 * 1024;

/// Room at the end of a string, for a C library to write to.
class Tail {
 public:
  Tail(std::string& out, std::size_t room) : out_(out), begin_(out.size()) {
    out_.resize(begin_ + std::min(room, codec_piece));
  }
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;

  char* data() { return out_.data() + begin_; }
  std::size_t size() const { return out_.size() - begin_; }

  /// Gives back all but the first `count` bytes.
  void keep(std::size_t count) { out_.resize(begin_ + count); }

 private:
  std::string& out_;
  std::size_t begin_;
};

}  // namespace dechaff::io
