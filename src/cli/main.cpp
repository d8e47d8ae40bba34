#include <exception>

#include "app.hpp"

int main(int argc, char** argv) {
  try {
    return dechaff::cli::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    // Nothing of ours throws: this is memory that has run out, or a library that met what it does not expect.
    dechaff::cli::complain(error.what());
    return dechaff::cli::some_failed;
  }
}
