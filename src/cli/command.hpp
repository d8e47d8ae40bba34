#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "option_doc.hpp"

namespace dechaff::cli {

struct RuleOptions;

/// A command: its options, and what it does once they are parsed. The values are held by `run`.
struct Command {
  std::shared_ptr<CLI::App> app;
  std::function<int()> run;
  RuleOptions* rules = nullptr;  ///< among the values, of a command that reads rules
};

/// How a command comes to be; its name is what is typed for it: "clean", "rules list".
struct CommandEntry {
  std::string_view name;
  Command (*make)();
};

/// All commands in the order of the help texts. The first is the one that needs not be named.
std::span<const CommandEntry> commands();

/// Their definitions.
std::vector<CommandDoc> describe_commands();

/// An App whose options are not for configuration files unless they say so. `name` is what is typed:
/// "dechaff rules list".
std::shared_ptr<CLI::App> make_app(const char* brief, const char* name);

Command clean_command();
Command explain_command();
Command restore_command();
Command rules_list_command();
Command rules_show_command();
Command rules_check_command();
Command rules_test_command();
Command generate_command();
Command help_command();

}  // namespace dechaff::cli
