#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_list.hpp"
#include "match/syntax.hpp"

namespace dechaff::match {

/// Prefixes are cut to this length, in bytes.
inline constexpr std::size_t longest_prefix = 4;

/// Prefixes of 1 to `longest_prefix` bytes, one of which a text must begin with for `pattern`, which PCRE2
/// takes, to match in it; sorted, none the start of another. Empty where that cannot be told. Right by
/// construction: whatever is not understood may be anything, and so may what a pattern begins with that can
/// match nothing, or behind the start of the text.
std::vector<std::string> prefixes(std::string_view pattern);
std::vector<std::string> prefixes(const Syntax& syntax);

/// Tells texts that begin with one of some prefixes from all others.
class Starts {
 public:
  /// Tells nothing.
  Starts() = default;
  /// `prefixes` are as `prefixes` makes them; of others it tells nothing.
  explicit Starts(const TextList& prefixes);

  bool tells() const { return !starts_.empty(); }
  /// False only of a text that begins with none of them.
  bool may_begin(std::string_view text) const;
  /// The same of a text that goes on behind what is known of it.
  bool may_begin_so(std::string_view start) const;

 private:
  /// The bytes of a prefix, the first one the weightiest, and how many there are.
  struct Start {
    std::uint32_t bytes = 0;
    std::uint32_t size = 0;
  };

  std::vector<Start> starts_;  // sorted
  std::bitset<256> first_bytes_;
};

}  // namespace dechaff::match
