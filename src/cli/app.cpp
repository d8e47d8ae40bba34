#include "app.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <iostream>

#include "dechaff/io.hpp"

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

}  // namespace

void complain(std::string_view message) { std::cerr << "dechaff: " << message << '\n'; }

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

int write_output(const std::string& output, std::string_view bytes) {
  if (output.empty() || output == "-") return print(bytes) ? done : some_failed;
  auto file = OutputFile::open(output);
  if (!file) {
    complain(to_string(file.error()));
    return some_failed;
  }
  for (const auto& step : {file->write(bytes), file->commit()}) {
    if (step) continue;
    complain(to_string(step.error()));
    return some_failed;
  }
  return done;
}

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

int run(const Arguments& arguments) {
  fill_standard_streams();
  std::signal(SIGPIPE,
              SIG_IGN);  // nobody may be listening to standard error; `print` looks after standard output
  if (arguments.empty()) return run_clean(arguments);
  const Arguments rest(arguments.begin() + 1, arguments.end());
  if (arguments.front() == "clean") return run_clean(rest);
  if (arguments.front() == "explain") return run_explain(rest);
  if (arguments.front() == "restore") return run_restore(rest);
  if (arguments.front() == "rules") return run_rules(rest);
  return run_clean(arguments);
}

}  // namespace dechaff::cli
