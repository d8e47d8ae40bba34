#include "app.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>

#include "command.hpp"
#include "dechaff/io.hpp"
#include "help.hpp"
#include "io/descriptor.hpp"
#include "options.hpp"
#include "report/visible.hpp"

namespace dechaff::cli {

namespace {

/// A standard stream that is closed would lend its number to the next file opened, and what is meant for the
/// stream would go into that file. So it is opened, in a way that reading from the input and writing to the
/// output still fail.
void fill_standard_streams() {
  const int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1) (void)::open("/dev/null", modes[descriptor]);
  }
}

void say(std::string_view before, std::string_view message) {
  if (is_terminal(STDERR_FILENO))
    std::cerr << before << report::visible(message) << '\n';
  else
    std::cerr << before << message << '\n';  // without memory, which may have run out
}

}  // namespace

void say(std::string_view message) { say("", message); }

void complain(std::string_view message) { say("dechaff: ", message); }

bool print(std::string_view text) {
  const auto written = write_all(STDOUT_FILENO, text);
  if (written) return true;
  if (errno == EPIPE) {  // nobody reads on: end as quietly as other filters do
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  complain("(standard output): " + written.error().message);
  return false;
}

bool print_visible(std::string_view text) {
  if (!is_terminal(STDOUT_FILENO)) return print(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += report::visible(text.substr(at, end - at));
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return print(out);
}

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

int write_output(const std::string& path, std::string_view bytes) {
  if (path.empty() || path == "-") return print(bytes) ? done : some_failed;
  auto file = OutputFile::open(path);
  if (!file) {
    complain(to_string(file.error()));
    return some_failed;
  }
  auto written = file->write(bytes);
  if (written) written = file->commit();
  if (written) return done;
  complain(to_string(written.error()));
  return some_failed;
}

std::shared_ptr<CLI::App> make_app(const char* brief, const char* name) {
  auto app = std::make_shared<CLI::App>(brief, name);
  app->option_defaults()->configurable(false);
  app->set_help_flag("-h,--help", "Say how it is used");
  return app;
}

std::span<const CommandEntry> commands() {
  static constexpr CommandEntry entries[] = {
      {"clean", clean_command},
      {"explain", explain_command},
      {"restore", restore_command},
      {"rules list", rules_list_command},
      {"rules show", rules_show_command},
      {"rules check", rules_check_command},
      {"rules test", rules_test_command},
      {"generate", generate_command},
      {"help", help_command},
  };
  return entries;
}

std::vector<CommandDoc> describe_commands() {
  std::vector<CommandDoc> out;
  for (const CommandEntry& entry : commands()) out.push_back(describe(entry.name, *entry.make().app));
  return out;
}

namespace {

int run_command(const CommandEntry& entry, const Arguments& arguments) {
  const Command command = entry.make();
  const auto parsed = parse(command, arguments);
  const int status = parsed ? *parsed : command.run();
  if (status == wrong_usage || status == some_failed) return status;
  if (io::flush_like_close(STDOUT_FILENO) == 0) return status;
  complain("(standard output): cannot close: " + std::string(std::strerror(errno)));
  return some_failed;
}

/// "list, show, check or test"
std::string names_in_group(std::string_view group) {
  std::vector<std::string_view> names;
  for (const CommandEntry& entry : commands()) {
    if (entry.name.starts_with(std::string(group) + " "))
      names.push_back(entry.name.substr(group.size() + 1));
  }
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += i == 0 ? "" : i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

/// What begins with the name of a group and is none of its commands.
int run_group(const std::string& group, const std::string& word) {
  if (word == "--help" || word == "-h") return print(group_help(group)) ? done : some_failed;
  complain(word.empty() ? group + " needs a command: " + names_in_group(group)
                        : "unknown command '" + group + " " + word + "': " + names_in_group(group));
  std::cerr << group_help(group);
  return wrong_usage;
}

}  // namespace

int run(const Arguments& arguments) {
  fill_standard_streams();
  std::signal(SIGPIPE,
              SIG_IGN);  // nobody may be listening to standard error; `print` looks after standard output
  std::string words;
  for (std::size_t used = 1; used <= std::min<std::size_t>(2, arguments.size()); ++used) {
    words += (used == 1 ? "" : " ") + arguments[used - 1];
    const auto entry = std::ranges::find(commands(), words, &CommandEntry::name);
    if (entry == commands().end()) continue;
    return run_command(*entry,
                       Arguments(arguments.begin() + static_cast<std::ptrdiff_t>(used), arguments.end()));
  }
  if (!arguments.empty() && is_group(arguments.front()))
    return run_group(arguments.front(), arguments.size() > 1 ? arguments[1] : "");
  return run_command(commands().front(), arguments);
}

}  // namespace dechaff::cli
