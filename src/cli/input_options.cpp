#include "input_options.hpp"

#include <CLI/CLI.hpp>

#include "options.hpp"

namespace dechaff::cli {

void add_input_options(CLI::App& app, InputOptions& options) {
  app.add_flag("-r,--recursive", options.recursive,
               "Clean what folders hold\n"
               "Sorted by name, hidden files too; links and special files found there are passed over.")
      ->group(groups::input);
  app.add_option(
         "--include", options.include,
         "Of what folders hold, only files that fit the glob; repeatable\n"
         "A glob with a / in it is held against the whole path, others against the name; * stands for "
         "/ too.")
      ->type_name("GLOB")
      ->allow_extra_args(false)
      ->group(groups::input);
  app.add_option("--exclude", options.exclude,
                 "Leave out files and folders that fit the glob; repeatable\n"
                 "As with --include; it is stronger, and a glob with a / at its end is about folders only.")
      ->type_name("GLOB")
      ->allow_extra_args(false)
      ->group(groups::input);
  app.add_option("--files-from", options.files_from,
                 "Further paths, one a line; - is standard input\n"
                 "A line is a path with all its characters, white space too; empty lines are passed over.")
      ->type_name("FILE")
      ->group(groups::input);
  app.add_flag("-0,--null", options.null_separated,
               "Paths of --files-from end in NUL, as find -print0 has it")
      ->group(groups::input);
  app.add_option("path", options.paths,
                 "Files to clean, or folders with -r; - or none is standard input\n"
                 "A symbolic link that is named is followed.")
      ->type_name("PATH");
}

}  // namespace dechaff::cli
