#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dechaff/error.hpp"

namespace dechaff::cli {

/// What the program's exit status says (docs/cli.md).
enum Status : int {
  done = 0,
  would_change = 1,  ///< `--check` found changes, `rules check` or `rules test` has findings
  wrong_usage = 2,   ///< a wrong flag or rule file; nothing was written
  some_failed = 3,   ///< an input could not be read, or an output not written
};

/// The arguments behind the program's name, or behind the command's.
using Arguments = std::vector<std::string>;

/// Runs the program: finds the command and hands it its arguments. All printing of errors ends here or in the
/// commands.
int run(const Arguments& arguments);

/// A line on standard error. On a terminal, what would steer it is shown escaped.
void say(std::string_view message);

/// "dechaff: …" on standard error.
void complain(std::string_view message);

/// Writes to standard output. False where that fails, which has been said; a closed pipe ends the program
/// quietly.
bool print(std::string_view text);

/// Prints lines that quote what others wrote, such as rules: on a terminal, what would steer it is shown
/// escaped.
bool print_visible(std::string_view text);

/// Writes a result to the file, or to standard output where it is empty or "-": the status to end with. What
/// failed has been said.
int write_output(const std::string& path, std::string_view bytes);

/// Whether the descriptor is a terminal.
bool is_terminal(int descriptor);

}  // namespace dechaff::cli
