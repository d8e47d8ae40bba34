#include "text/step_edits.hpp"

#include "text/entities.hpp"
#include "text/line_ends.hpp"
#include "text/mojibake.hpp"
#include "text/spaces.hpp"
#include "text/terminal_escapes.hpp"

namespace dechaff::text {

Edits edits_of(const Step& step, std::string_view text) {
  switch (step.action) {
    case StepAction::mojibake:
      return mojibake_edits(text, step.entry);
    case StepAction::entities:
      return entity_edits(text, step.entry);
    case StepAction::terminal_escapes:
      return terminal_escape_edits(text, step.entry);
    case StepAction::line_ends:
      return line_end_edits(text, step.entry);
    case StepAction::soft_line_breaks:
      return soft_line_break_edits(text, step.entry);
    case StepAction::space_runs:
      return space_run_edits(text, step.entry);
    case StepAction::trailing_space:
      return trailing_space_edits(text, step.entry);
    case StepAction::characters:  // all of them run in one pass
    case StepAction::blank_lines:
    case StepAction::edge_lines:
    case StepAction::final_newline:
      break;
  }
  return {};
}

}  // namespace dechaff::text
