#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/change.hpp"
#include "text/char_class.hpp"

namespace dechaff::text {

/// What a step does. All but `characters` are algorithms of their own; `characters` is a table.
enum class StepAction {
  mojibake,          ///< UTF-8 that was read as windows-1252, where that is certain
  entities,          ///< HTML character references that end in ';', in lines without '<'
  terminal_escapes,  ///< ECMA-48 control sequences and strings
  line_ends,         ///< CR LF and CR to LF
  soft_line_breaks,  ///< a word divided by a soft hyphen at a line end is joined again
  characters,        ///< characters by table, with conditions on what stands beside them
  space_runs,        ///< runs of spaces inside a line to one, but not in indented, tabbed or columned lines
  trailing_space,    ///< white space at line ends
  blank_lines,       ///< layout, after the rules: runs of blank lines to one
  edge_lines,        ///< layout: blank lines at the start and the end
  final_newline,     ///< layout: a text that is not empty ends in exactly one line feed
};

/// "mojibake" → StepAction::mojibake, "terminal-escapes" → …; nothing for other names.
std::optional<StepAction> step_action_named(std::string_view name);

/// What a table step looks for and what beside it must hold. A neighbour is the nearest character of the same
/// line that the step's `chars` do not hold; an empty list asks nothing.
struct CharacterTable {
  std::vector<CodeRange> chars;
  std::string to;                       ///< what stands in their place; empty deletes
  std::vector<std::string> to_each;     ///< unless empty, instead: one text for each of `chars`
  std::vector<CharClass> after;         ///< the neighbour before is in one of these
  std::vector<CharClass> before;        ///< the neighbour behind is in one of these
  std::vector<CharClass> unless_after;  ///< … is in none of these
  std::vector<CharClass> unless_before;
  std::vector<CharClass> unless_near;  ///< none within 32 characters on either side in the line is in these
  char32_t to_first = 0;               ///< unless 0, instead of `to`: for the first; the others follow it
  bool count_only = false;             ///< leave the text as it is, count

  bool holds(char32_t c) const;

  /// What stands in the place of `c`, which the table holds.
  std::string result_of(char32_t c) const;

  /// Whether it makes characters that it would change again, and so might never come to an end.
  bool feeds_itself() const;
};

struct Step {
  EntryIndex entry = 0;
  StepAction action = StepAction::characters;
  CharacterTable table;  ///< read for StepAction::characters only
};

}  // namespace dechaff::text
