#pragma once

#include <memory>
#include <string>
#include <string_view>

struct XXH3_state_s;

namespace dechaff::apply {

/// XXH3 in 128 bits over bytes that come piece by piece. Against damage, not against forgers.
class Hasher {
 public:
  Hasher();

  void add(std::string_view bytes);
  void reset();

  /// "xxh3-128:" and 32 hex digits, the most significant first, of all bytes since the last reset.
  std::string text() const;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };
  std::unique_ptr<XXH3_state_s, Free> state_;
};

/// The same for bytes that are all there.
std::string hash_of(std::string_view bytes);

}  // namespace dechaff::apply
