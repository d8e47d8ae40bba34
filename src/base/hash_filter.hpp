#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/plain_list.hpp"

namespace dechaff {

/// Says of most hashes that they are not among those added, in eight kilobytes that stay in the cache, where
/// the table that knows does not: a Bloom filter of one hash (Bloom 1970). For some thousand hashes, of which
/// the upper bits are spent on it.
class HashFilter {
 public:
  void add(std::uint64_t hash) {
    if (bits_.empty()) bits_ = std::vector<std::uint64_t>(words);
    bits_.own()[bit_of(hash) / 64] |= std::uint64_t{1} << (bit_of(hash) % 64);
  }

  /// False only of what was not added.
  bool may_hold(std::uint64_t hash) const {
    return !bits_.empty() && (bits_.data()[bit_of(hash) / 64] >> (bit_of(hash) % 64) & 1) != 0;
  }

  /// For what writes and reads images.
  template <class A>
  friend void fields(A& a, HashFilter& filter) {
    a(filter.bits_);
    if constexpr (requires { a.require(true); })
      a.require(filter.bits_.empty() || filter.bits_.size() == words);
  }

 private:
  static constexpr std::size_t words = 1024;

  static std::size_t bit_of(std::uint64_t hash) { return hash >> 48; }

  PlainList<std::uint64_t> bits_;
};

}  // namespace dechaff
