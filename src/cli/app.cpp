#include "app.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <iostream>

#include "dechaff/io.hpp"

namespace dechaff::cli {

void complain(std::string_view message) { std::cerr << "dechaff: " << message << '\n'; }

bool print(std::string_view text) {
  const auto written = write_all(STDOUT_FILENO, text);
  if (written) return true;
  if (errno == EPIPE) {  // where the signal is ignored, end as it would have ended us
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  complain("(standard output): " + written.error().message);
  return false;
}

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

int run(const Arguments& arguments) {
  if (arguments.empty()) return run_clean(arguments);
  const Arguments rest(arguments.begin() + 1, arguments.end());
  if (arguments.front() == "clean") return run_clean(rest);
  if (arguments.front() == "explain") return run_explain(rest);
  if (arguments.front() == "restore") return run_restore(rest);
  if (arguments.front() == "rules") return run_rules(rest);
  return run_clean(arguments);
}

}  // namespace dechaff::cli
