#include <malloc.h>

#include <exception>

#include "app.hpp"

int main(int argc, char** argv) {
  // Memory that goes back to the system with each table comes back with a page fault for every 4 KiB: a third
  // of what starting costs.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
  try {
    return dechaff::cli::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    // Nothing of ours throws: this is memory that has run out, or a library that met what it does not expect.
    dechaff::cli::complain(error.what());
    return dechaff::cli::some_failed;
  }
}
