#pragma once

#include <cstddef>
#include <string_view>

namespace dechaff::fuzz {

/// Reads choices from bytes; zeros where they are used up.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }
  std::size_t below(std::size_t count) {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte % count;
  }

  /// What has not been used.
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace dechaff::fuzz
