#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/error.hpp"
#include "rules/pattern.hpp"

namespace dechaff::io {

/// What stands between the texts of one input: a NUL, or a line that a pattern matches whole. Owned by one
/// thread.
class Separator {
 public:
  /// Nothing for an empty pattern; an error with PCRE2's reason for one that it refuses. "\0" is NUL.
  static Result<std::optional<Separator>> make(const std::string& pattern);

  /// One text, and the separator behind it with its line end; empty behind the last.
  struct Part {
    std::string_view text, separator;
  };

  /// Cuts `bytes`: all texts and separators, one after another, are `bytes`. Behind a separator at the end
  /// stands no further text.
  std::vector<Part> split(std::string_view bytes);

  /// Behind the last separator that ends in `bytes` and begins at or behind `from`'s line; 0 for none.
  std::size_t end_of_last(std::string_view bytes, std::size_t from);

  std::uint64_t count(std::string_view bytes);

 private:
  Separator() = default;
  bool is_separator(std::string_view line);

  std::shared_ptr<const rules::Pattern> pattern_;  // null: NUL
  rules::Scratch scratch_;
};

}  // namespace dechaff::io
