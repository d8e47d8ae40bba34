#include <malloc.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#include "app.hpp"

namespace {

/// Some destructors of libraries ask for memory.
[[noreturn]] void give_up() {
  try {
    if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
  } catch (const std::bad_alloc&) {
    constexpr std::string_view message = "dechaff: out of memory\n";
    (void)!::write(STDERR_FILENO, message.data(), message.size());
    std::_Exit(dechaff::cli::some_failed);
  } catch (...) {
  }
  std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  // Memory that goes back to the system with each table comes back with a page fault for every 4 KiB: a third
  // of what starting costs.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
  std::set_terminate(give_up);
  try {
    return dechaff::cli::run({argv + 1, argv + argc});
  } catch (const std::bad_alloc&) {
    dechaff::cli::complain("out of memory");
    return dechaff::cli::some_failed;
  } catch (const std::system_error& error) {
    dechaff::cli::complain(std::string("the system has no room for a thread (-j 1 needs none): ") +
                           error.what());
    return dechaff::cli::some_failed;
  } catch (const std::exception& error) {
    // Nothing of ours throws: this is a library that met what it does not expect.
    dechaff::cli::complain(error.what());
    return dechaff::cli::some_failed;
  }
}
