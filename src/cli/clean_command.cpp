#include "clean_command.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clean_run.hpp"
#include "command.hpp"
#include "dechaff/report.hpp"
#include "format_options.hpp"
#include "help.hpp"
#include "input_options.hpp"

namespace dechaff::cli {

namespace {

void define(CLI::App& app, CleanCommand& command) {
  add_input_options(app, command.inputs);
  add_format_options(app, command.format);
  add_clean_options(app, command.rules);
  add_run_options(app, command);
  app.add_flag("--check", command.check, "Write no text; exit 1 if anything would change")
      ->group(groups::reports);
  app.add_flag("--diff", command.diff, "Write the difference in place of the text")->group(groups::reports);
  app.add_flag("-q,--quiet", command.quiet, "Say nothing but errors")->group(groups::work)->configurable();
  app.add_flag("-v,--verbose", command.verbose, "Say of each document what was done")
      ->group(groups::work)
      ->configurable();
  app.set_version_flag("-V,--version", "see version_details", "Say the version and what it is built from");
  app.footer(footer_of_clean);
}

int clean(CleanCommand& command) {
  if (command.in_place == "true") command.in_place = "";  // as the parser has a flag without a value
  if (command.inputs.paths.empty() && !command.inputs.files_from && is_terminal(STDIN_FILENO) &&
      !command.quiet)
    complain("reading standard input until its end (Ctrl-D)");
  if (const std::string problem = contradiction(command); !problem.empty()) {
    complain(problem);
    return wrong_usage;
  }
  auto cleaner = make_cleaner(command.rules);
  if (!cleaner) return wrong_usage;
  // Taking thousands of rules apart at the end would cost a short run more than its text does; the system is
  // quicker.
  static std::unique_ptr<const Cleaner>& kept = *new std::unique_ptr<const Cleaner>;
  kept = std::make_unique<const Cleaner>(std::move(*cleaner));
  return run_clean(command, *kept);
}

}  // namespace

Command clean_command() {
  auto app = make_app(
      "Takes the chaff out of scraped text: widget errors, share bars, cookie banners, footers", "dechaff");
  const auto command = std::make_shared<CleanCommand>();
  define(*app, *command);
  return {std::move(app), [command] { return clean(*command); }, &command->rules};
}

}  // namespace dechaff::cli
