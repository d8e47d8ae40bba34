#include "format_options.hpp"

#include <CLI/CLI.hpp>
#include <string>

#include "options.hpp"

namespace dechaff::cli {

namespace {

/// A number of bytes, at least 1, that may have a unit: 1000, 64k, 256M, 1G, powers of 1024.
CLI::Validator size_with_unit() {
  const auto to_bytes = [](std::string& value) -> std::string {
    const std::string given = value;
    try {
      if (CLI::AsSizeValue(false)(value).empty() && value != "0") return {};
    } catch (const CLI::ValidationError&) {
    }
    return "'" + given + "' must be a size of at least one byte, such as 500000, 64M or 1G";
  };
  return {to_bytes, ""};
}

}  // namespace

void add_format_options(CLI::App& app, FormatOptions& format) {
  const auto to_format = [&format](const std::string& name) {
    const auto known = format_named(name);
    if (!known)
      throw CLI::ValidationError("--format", "'" + name + "' must be one of auto, text, jsonl, warc");
    format.format = *known;
  };
  app.add_option_function<std::string>("-f,--format", to_format,
                                       "How documents stand in an input\n"
                                       "auto, the default, tells by its name, else by how it begins.")
      ->type_name("auto|text|jsonl|warc")
      ->group(groups::format)
      ->configurable();
  app.add_option("--field", format.field,
                 "The string of a JSON record to clean: a key, or a JSON Pointer (/a/b)")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(groups::format)
      ->configurable();
  app.add_option("--url-field", format.url_field, "Where a JSON record has its address")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(groups::rare)
      ->configurable();
  app.add_option("--language-field", format.language_field, "Where a JSON record has its language")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(groups::rare)
      ->configurable();
  app.add_option("--meta", format.meta_field,
                 "Write into each JSON record, under this key, what was done to it")
      ->type_name("KEY")
      ->group(groups::output)
      ->configurable();
  app.add_option("--separator", format.separator,
                 "Lines that this pattern matches whole stand between the texts of one input")
      ->type_name("PATTERN")
      ->group(groups::format)
      ->configurable();
  const auto null_data = [&format](std::int64_t) { format.separator = std::string(1, '\0'); };
  app.add_flag_function("-z,--null-data", null_data, "The texts of one input end in NUL")
      ->group(groups::format);
  app.add_option("--max-document", format.max_document,
                 "A larger document is cleaned in parts, cut at blank lines (default: 256M)")
      ->type_name("SIZE")
      ->transform(size_with_unit())
      ->group(groups::rare)
      ->configurable();
}

void add_run_options(CLI::App& app, CleanCommand& command) {
  app.add_option("-o,--output", command.output,
                 "A file, or a folder (existing, or named with / at the end) for several inputs")
      ->type_name("PATH")
      ->group(groups::output);
  app.add_flag("-i,--in-place", command.in_place,
               "Replace each input by its clean form\n"
               "With a suffix, as in -i.bak, the original is kept under its name with that ending. What is "
               "clean is not "
               "touched.")
      ->type_name("SUFFIX")
      ->group(groups::output);
  app.add_option("--chaff", command.chaff, "Write the ledger (JSON Lines) that `dechaff restore` reads")
      ->type_name("FILE")
      ->group(groups::output);
  app.add_flag("--resume", command.resume, "Pass over inputs that an earlier run has finished")
      ->group(groups::output);
  app.add_option("--stats", command.stats, "Write counts by rule and step (JSON); - is standard error")
      ->type_name("FILE")
      ->group(groups::reports);
  app.add_option("-j,--jobs", command.jobs,
                 "How many to work on at the same time (default: 0, one for each processor)")
      ->type_name("N")
      ->check(CLI::Range(0U, 1024U))
      ->group(groups::work)
      ->configurable();
  app.add_flag("--progress", command.progress,
               "Say now and then how far it is, where standard error is no terminal")
      ->group(groups::work)
      ->configurable();
}

}  // namespace dechaff::cli
