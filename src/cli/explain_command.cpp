#include <unistd.h>

#include <cstdlib>

#include "app.hpp"
#include "dechaff/io.hpp"
#include "dechaff/report.hpp"
#include "options.hpp"

namespace dechaff::cli {

namespace {

Colour colour(const std::string& when) {
  if (when == "always") return Colour::on;
  const char* no_color = std::getenv("NO_COLOR");  // no-color.org: set and not empty
  const bool wanted = no_color == nullptr || *no_color == '\0';
  return when == "auto" && wanted && is_terminal(STDOUT_FILENO) ? Colour::on : Colour::off;
}

}  // namespace

int run_explain(const Arguments& arguments) {
  CLI::App app("Shows every line of a text with its verdict, the rules that hit it and why",
               "dechaff explain");
  RuleOptions options;
  std::vector<std::string> paths;
  std::string when = "auto";
  add_clean_options(app, options);
  app.add_option("--color", when, "When to colour: auto (a terminal, NO_COLOR unset), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN")
      ->capture_default_str();
  app.add_option("path", paths, "Files to explain; - or none is standard input")->type_name("PATH");
  if (const auto status = parse(app, arguments)) return *status;
  if (paths.empty()) paths.emplace_back("-");

  const auto cleaner = make_cleaner(options);
  if (!cleaner) return wrong_usage;
  Workspace workspace;
  int status = done;
  for (const std::string& path : paths) {
    const auto bytes = read_input(path);
    if (!bytes) {
      complain(to_string(bytes.error()));
      status = some_failed;
      continue;
    }
    const Cleaned cleaned = cleaner->clean({*bytes, options.url, options.language}, workspace, Detail::lines);
    if (!print(explain(cleaner->rules(), cleaner->profile(), cleaned, colour(when)))) return some_failed;
  }
  return status;
}

}  // namespace dechaff::cli
