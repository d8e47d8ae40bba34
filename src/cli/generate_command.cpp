#include <CLI/CLI.hpp>
#include <algorithm>

#include "app.hpp"
#include "command.hpp"
#include "generate.hpp"
#include "options.hpp"

namespace dechaff::cli {

std::vector<std::string> group_words(const std::vector<CommandDoc>& commands) {
  std::vector<std::string> out;
  for (const CommandDoc& command : commands) {
    const std::size_t space = command.name.find(' ');
    if (space == std::string::npos) continue;
    const std::string word = command.name.substr(0, space);
    if (std::ranges::find(out, word) == out.end()) out.push_back(word);
  }
  return out;
}

std::string shell_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

namespace {

struct GenerateCommand {
  std::string what;
  std::string output;
};

int generate(const GenerateCommand& command) {
  if (command.what.empty()) {
    complain("say what: dechaff generate man, bash, zsh or fish");
    return wrong_usage;
  }
  const auto commands = describe_commands();
  const auto make = command.what == "man"    ? man_page
                    : command.what == "bash" ? bash_completion
                    : command.what == "zsh"  ? zsh_completion
                                             : fish_completion;
  return write_output(command.output, make(commands));
}

}  // namespace

Command generate_command() {
  auto app = make_app("Writes the manual page, or the completions of a shell", "dechaff generate");
  const auto command = std::make_shared<GenerateCommand>();
  app->add_option("-o,--output", command->output, "Write to this file in place of standard output")
      ->type_name("FILE");
  app->add_option("what", command->what, "What to write: man, bash, zsh or fish")
      ->check(CLI::IsMember({"man", "bash", "zsh", "fish"}))
      ->type_name("man|bash|zsh|fish");
  return {std::move(app), [command] { return generate(*command); }};
}

}  // namespace dechaff::cli
