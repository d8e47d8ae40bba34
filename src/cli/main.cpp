#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#include "app.hpp"

namespace {

/// Lets the memory that the rules will take come in a huge page: hundreds of small ones are a tenth of what
/// starting costs. The heap goes on one small page before a huge one, which the allocator's own mark is
/// written to: where anything has been touched, small pages it is.
void make_room() {
  constexpr std::size_t page = 4096;
  constexpr std::size_t huge_page = std::size_t{2} << 20;
  constexpr std::size_t size = 2 * huge_page;
  const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0)) + page;
  (void)::sbrk(static_cast<std::intptr_t>((huge_page - end % huge_page) % huge_page));
  void* const room = std::malloc(page + size);
  if (room == nullptr) return;
  void* begin = room;
  std::size_t left = page + size;
  if (std::align(page, size, begin, left) != nullptr) (void)::madvise(begin, size, MADV_HUGEPAGE);
  std::free(room);
}

thread_local bool memory_ran_out = false;

void note_that_memory_ran_out() {
  memory_ran_out = true;
  throw std::bad_alloc();
}

/// Some functions of libraries ask for memory and may not throw. What was thrown is not known in all of them:
/// nobody has caught it when they end the program.
[[noreturn]] void give_up() {
  if (!memory_ran_out) std::abort();
  constexpr std::string_view message = "dechaff: out of memory\n";
  (void)!::write(STDERR_FILENO, message.data(), message.size());
  std::_Exit(dechaff::cli::some_failed);
}

}  // namespace

int main(int argc, char** argv) {
  // Memory that goes back to the system with each table comes back with a page fault for every 4 KiB: a third
  // of what starting costs.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
  make_room();
  std::set_new_handler(note_that_memory_ran_out);
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
