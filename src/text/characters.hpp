#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/edits.hpp"
#include "text/step.hpp"

namespace dechaff::text {

/// The character tables of a plan, made ready to run in one pass. Const after it is built; shared by threads.
class CharacterPass {
 public:
  CharacterPass() = default;

  /// Takes the steps with `StepAction::characters`; the others are passed over.
  explicit CharacterPass(std::span<const Step> steps);

  const std::vector<Step>& steps() const { return steps_; }

  struct Result {
    Edits edits;
    std::vector<std::uint64_t> hits;  ///< one for each of `steps()`: the characters it acted on
  };

  /// For each character of `text`, which is valid UTF-8, the first step acts that holds it and whose
  /// conditions are met. Deletions side by side by one step are one edit. Linear in `text.size()`, whatever
  /// stands side by side.
  Result run(std::string_view text) const;

 private:
  /// Characters that the same steps hold.
  struct Segment {
    CodeRange chars;
    std::vector<std::size_t> steps;
  };

  /// The steps that hold `c`, by index and in order.
  std::span<const std::size_t> steps_for(char32_t c) const;

  /// First byte at or after `at` of a character that may be in `segments_`, or the end.
  std::size_t find_wanted(std::string_view text, std::size_t at) const;

  std::vector<Step> steps_;
  std::vector<Segment> segments_;                // sorted, disjoint
  std::array<std::uint8_t, 256> wanted_lead_{};  // 1 for the first bytes of characters in `segments_`
  bool wants_printable_ = false;                 // one of these is from ' ' to '~'
};

}  // namespace dechaff::text
