#include "interrupt.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace dechaff::cli {

namespace {

constexpr std::array<int, 3> signals = {SIGINT, SIGTERM, SIGHUP};

// A signal handler reaches nothing but globals.
int ends[2] = {-1, -1};
volatile std::sig_atomic_t came = 0;

extern "C" void on_signal(int number) {
  const int kept = errno;
  came = number;
  (void)!::write(ends[1], "", 1);
  errno = kept;
}

}  // namespace

Interrupt::Interrupt() {
  came = 0;
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return;
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // the second one ends the program
  for (const int number : signals) {
    struct sigaction now {};
    // What is ignored stays so, as under nohup.
    if (::sigaction(number, nullptr, &now) == 0 && now.sa_handler != SIG_IGN)
      ::sigaction(number, &action, nullptr);
  }
}

Interrupt::~Interrupt() {
  struct sigaction now {};
  for (const int number : signals) {
    if (::sigaction(number, nullptr, &now) == 0 && now.sa_handler == on_signal) std::signal(number, SIG_DFL);
  }
  for (int& end : ends) {
    if (end >= 0) ::close(end);
    end = -1;
  }
}

int Interrupt::descriptor() const { return ends[0]; }

void Interrupt::pass_on() const {
  if (came == 0) return;
  std::signal(came, SIG_DFL);
  std::raise(came);
}

}  // namespace dechaff::cli
