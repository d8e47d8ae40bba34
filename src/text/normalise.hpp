#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/edits.hpp"
#include "dechaff/form.hpp"
#include "text/characters.hpp"
#include "text/step.hpp"
#include "text/step_sieve.hpp"

namespace dechaff::text {

/// The steps in force, in the order they run, and the form. Const after it is built; shared by threads.
class Plan {
 public:
  Plan() = default;
  Plan(Form form, EntryIndex form_cause, std::vector<Step> steps);

  Form form() const { return form_; }
  EntryIndex form_cause() const { return form_cause_; }
  std::span<const Step> steps() const { return steps_; }

  /// All steps with `StepAction::characters`, which run at the place of the first of them.
  const CharacterPass& characters() const { return characters_; }

  /// Tells the lines that the steps and the form may act on.
  const StepSieve& sieve() const { return sieve_; }

  /// The entry of the first step with this action, if one is in force.
  std::optional<EntryIndex> entry_of(StepAction action) const;

 private:
  Form form_ = Form::none;
  EntryIndex form_cause_ = 0;
  std::vector<Step> steps_;
  CharacterPass characters_;
  StepSieve sieve_;
};

/// How often a step acted: characters of a table, otherwise edits.
struct StepCount {
  EntryIndex entry = 0;
  std::uint64_t hits = 0;

  friend bool operator==(const StepCount&, const StepCount&) = default;
};

struct Normalised {
  std::string text;
  Changes changes;                ///< from the text that went in
  std::vector<StepCount> counts;  ///< of the steps that acted, in their order, the form last
};

/// Runs the steps of `plan` in their order (the character tables in one pass), then the form; then all of
/// them again on the lines that changed, until nothing does, so that `normalise(normalise(x)) ==
/// normalise(x)`. Lines that the sieve of the plan does not tell are not looked at again. Layout actions are
/// left to the end of the whole way (`apply`). A table that only counts counts in the first round.
///
/// - `text` is valid UTF-8, and so is the result.
/// - Every step works line by line, so that the result for a line does not depend on other lines, but for
/// those that
///   make or join lines: `line_ends`, `soft_line_breaks`, `entities` (`&#10;`) and tables that make line
///   feeds.
/// - Linear in `text.size()` for each round; text that needs nothing takes one round. Where each round makes
///   work for one more (escapes nested thousands of layers deep, or tables that undo each other), the rounds
///   end when they have read 256 MiB and 256 times the text.
Normalised normalise(std::string text, const Plan& plan);

}  // namespace dechaff::text
