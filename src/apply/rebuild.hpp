#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "apply/ledger_line.hpp"

namespace dechaff::apply {

/// An original in the making, from its clean text and the changes in their order. Views the clean text.
class Rebuild {
 public:
  Rebuild(const BeginLine& begin, std::string_view clean)
      : bytes_(begin.bytes), hash_(begin.hash), clean_(clean) {}

  /// False where the change does not fit the clean text. The reader lets only changes in order pass.
  bool undo(const ChangeLine& change);

  /// The original, or nothing where what came out is another text.
  std::optional<std::string> finish();

 private:
  void keep(std::size_t size);

  std::uint64_t bytes_;
  std::string hash_;
  std::string_view clean_;
  std::size_t at_ = 0;  // in the clean text
  std::string out_;
};

}  // namespace dechaff::apply
