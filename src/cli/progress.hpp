#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "dechaff/batch.hpp"

namespace dechaff::cli {

/// Shows on standard error how far a run is: on a terminal one line that is written over, elsewhere a plain
/// line now and then.
class ProgressLine {
 public:
  enum class Style { none, terminal, plain };

  /// `total`: bytes of all inputs as they are on disk, where that is known.
  ProgressLine(Style style, std::optional<std::uint64_t> total);

  void show(const Progress& progress);

  /// Takes the line off the terminal, before something else is written there and at the end.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  Style style_;
  std::optional<std::uint64_t> total_;
  Clock::time_point begin_, next_;
  bool shown_ = false;
};

}  // namespace dechaff::cli
