#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app.hpp"
#include "command.hpp"
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

struct ExplainCommand {
  RuleOptions rules;
  std::vector<std::string> paths;
  std::string when = "auto";
};

int explain(ExplainCommand& command) {
  if (command.paths.empty()) command.paths.emplace_back("-");
  const auto cleaner = make_cleaner(command.rules);
  if (!cleaner) return wrong_usage;
  Workspace workspace;
  int status = done;
  for (const std::string& path : command.paths) {
    const auto bytes = read_input(path);
    if (!bytes) {
      complain(to_string(bytes.error()));
      status = some_failed;
      continue;
    }
    const Cleaned cleaned =
        cleaner->clean({*bytes, command.rules.url, command.rules.language}, workspace, Detail::lines);
    if (!print(dechaff::explain(cleaner->rules(), cleaner->profile(), cleaned, colour(command.when))))
      return some_failed;
  }
  return status;
}

}  // namespace

Command explain_command() {
  auto app = make_app("Shows every line of a text with its verdict, the rules that hit it and why",
                      "dechaff explain");
  const auto command = std::make_shared<ExplainCommand>();
  add_clean_options(*app, command->rules);
  app->add_option("--color", command->when, "When to colour; auto is on a terminal, with NO_COLOR unset")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("auto|always|never")
      ->capture_default_str()
      ->group(groups::reports);
  app->add_option("path", command->paths, "Files to explain; - or none is standard input")->type_name("PATH");
  return {std::move(app), [command] { return explain(*command); }, &command->rules};
}

}  // namespace dechaff::cli
