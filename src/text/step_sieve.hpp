#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dechaff/form.hpp"
#include "text/code_point_table.hpp"
#include "text/step.hpp"

namespace dechaff::text {

/// Whole lines of a text, with their line feeds: bytes [begin, end).
struct LineRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const LineRange&, const LineRange&) = default;
};

/// Tells the lines on which the steps of a plan or its form may act, by one look at each byte: hardly any
/// line of hardly any text is one. A default one tells none. Threads may share it.
class StepSieve {
 public:
  StepSieve() = default;
  StepSieve(Form form, std::span<const Step> steps);

  /// The lines of `text`, which is valid UTF-8, that are not safe, in their order; those that follow each
  /// other are one range. A line that may be joined with the next one brings it along.
  ///
  /// What one round of the steps makes of the text is what it makes of these ranges, one behind the other or
  /// each alone, in their places. Linear in `text.size()`.
  std::vector<LineRange> find(std::string_view text) const;

 private:
  /// What is known of one character.
  class Verdicts {
   public:
    Verdicts(Form form, std::span<const Step> steps);
    std::uint8_t operator()(char32_t c) const;

   private:
    std::vector<CodeRange> acted_on_;
    bool trailing_space_ = false;
    bool mojibake_ = false;
    std::optional<int> quick_check_;  // ICU's property for the form
  };
  class Scan;

  bool everything_ = false;  // no line is safe
  bool references_ = false;  // steps that are in force
  bool runs_ = false;
  bool trailing_space_ = false;
  bool joins_ = false;
  bool always_joins_ = false;                                 // what joins lines may come out of a table
  std::array<bool, 128> ascii_{};                             // acted on wherever they stand
  std::shared_ptr<const CodePointTable<Verdicts>> verdicts_;  // of characters outside ASCII
};

}  // namespace dechaff::text
