#include "clean_command.hpp"

#include <unistd.h>

#include "clean_run.hpp"
#include "dechaff/report.hpp"
#include "format_options.hpp"

namespace dechaff::cli {

namespace {

constexpr const char* footer = R"(
Commands:
  dechaff [clean] [OPTIONS] [PATH...]    clean text; standard input where no path is given
  dechaff explain PATH                   every line with its verdict, rule and evidence
  dechaff restore --chaff LEDGER [CLEAN] the original back, byte for byte
  dechaff rules list | show | check | test

Exit status: 0 done; 1 --check found changes; 2 wrong usage or a wrong rule file;
3 some inputs failed or the output could not be written.)";

void define(CLI::App& app, CleanCommand& command) {
  app.add_flag("-r,--recursive", command.inputs.recursive, "Take what folders hold");
  app.add_option("--files-from", command.inputs.files_from, "Take further paths from this file, a line each; - is standard input")->type_name("FILE");
  app.add_flag("-0,--null", command.inputs.null_separated, "Paths of --files-from end in NUL");
  app.add_option("--include", command.inputs.include, "Of what folders hold, take files whose name fits; repeatable")->type_name("GLOB")->allow_extra_args(false);
  app.add_option("--exclude", command.inputs.exclude, "Leave out what fits; repeatable")->type_name("GLOB")->allow_extra_args(false);
  add_format_options(app, command.format);
  add_clean_options(app, command.rules);
  add_run_options(app, command);
  app.add_flag("--check", command.check, "Write no text; exit 1 if anything would change");
  app.add_flag("--diff", command.diff, "Write the difference in place of the text");
  app.add_flag("-q,--quiet", command.quiet, "Say nothing but errors");
  app.add_flag("-v,--verbose", command.verbose, "Say of each document what was done");
  app.add_option("path", command.inputs.paths, "Files to clean; - or none is standard input")->type_name("PATH");
  app.set_version_flag("-V,--version", "see version_details");
  app.footer(footer);
}

}  // namespace

int run_clean(const Arguments& arguments) {
  CLI::App app("Takes the chaff out of scraped text: widget errors, share bars, cookie banners, footers",
               "dechaff");
  CleanCommand command;
  define(app, command);
  if (const auto status = parse(app, arguments)) return *status;
  if (command.in_place == "true") command.in_place = "";  // as the parser has a flag without a value
  if (command.inputs.paths.empty() && !command.inputs.files_from && is_terminal(STDIN_FILENO) &&
      !command.quiet)
    complain("reading standard input until its end (Ctrl-D)");
  if (const std::string problem = contradiction(command); !problem.empty()) {
    complain(problem);
    return wrong_usage;
  }
  const auto cleaner = make_cleaner(command.rules);
  if (!cleaner) return wrong_usage;
  return run_clean(command, *cleaner);
}

}  // namespace dechaff::cli
