#pragma once

namespace dechaff::cli {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP asks the program to stop in its own time; the second
/// ends it as ever. One at a time.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  /// Can be read from once a signal came.
  int descriptor() const;

  /// Ends the program by the signal that came, so that its parent sees what ended it; returns if none did.
  void pass_on() const;
};

}  // namespace dechaff::cli
