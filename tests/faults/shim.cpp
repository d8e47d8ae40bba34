// A machine that fails: loaded before libc (LD_PRELOAD), it lets one chosen call of the program fail.
//
// DECHAFF_FAULT is KIND:NUMBER:FAULT. The NUMBER-th call of that kind (from 1, counted from main on) fails
// with FAULT: the name of an errno, or "short" for a read or write of one byte. A "+" behind NUMBER lets all
// that follow fail too, as a full disk does. DECHAFF_FAULT_LOG gets the name of the function that failed, and
// at the end of the program how often each kind was called.
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

enum Kind {
  reading,
  writing,
  opening,
  closing,
  syncing,
  naming,
  changing,
  asking,
  mapping,
  memory,
  thread,
  kinds
};

constexpr std::string_view names_of_kinds[kinds] = {"read",   "write", "open", "close",  "fsync", "rename",
                                                    "change", "stat",  "mmap", "malloc", "thread"};

struct Named {
  std::string_view name;
  int number;
};

constexpr int is_short = -1;
constexpr Named faults[] = {{"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},   {"ENOMEM", ENOMEM},
                            {"EMFILE", EMFILE}, {"EAGAIN", EAGAIN}, {"short", is_short}};

struct Plan {
  int kind = kinds;
  long number = 0;
  bool stays = false;
  int fault = 0;
};

Plan plan;
std::atomic<long> calls[kinds];
std::atomic<bool> is_armed = false;

/// No function that is counted here, and no memory.
void log_line(std::string_view text) {
  const char* path = std::getenv("DECHAFF_FAULT_LOG");
  if (path == nullptr) return;
  const long file = ::syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return;
  (void)::syscall(SYS_write, file, text.data(), text.size());
  (void)::syscall(SYS_close, file);
}

void log_calls() {
  char line[400];
  int size = 0;
  for (int kind = 0; kind < kinds; ++kind) {
    size += std::snprintf(line + size, sizeof line - static_cast<std::size_t>(size), "%s=%ld ",
                          names_of_kinds[kind].data(), calls[kind].load());
  }
  log_line({line, static_cast<std::size_t>(size)});
}

void read_plan() {
  const char* text = std::getenv("DECHAFF_FAULT");
  if (text == nullptr) return;
  std::string_view rest = text;
  const std::string_view kind = rest.substr(0, rest.find(':'));
  for (int i = 0; i < kinds; ++i) {
    if (names_of_kinds[i] == kind) plan.kind = i;
  }
  rest.remove_prefix(kind.size() + 1);
  char* end = nullptr;
  plan.number = std::strtol(rest.data(), &end, 10);
  plan.stays = *end == '+';
  const std::string_view fault = rest.substr(rest.find(':') + 1);
  for (const Named& known : faults) {
    if (known.name == fault) plan.fault = known.number;
  }
}

/// Counts a call: the fault it is to meet, or 0.
int met(Kind kind, const char* function) {
  if (!is_armed.load(std::memory_order_relaxed)) return 0;
  const long number = ++calls[kind];
  if (kind != plan.kind || number < plan.number || (number > plan.number && !plan.stays)) return 0;
  if (number == plan.number) {
    log_line(function);
    log_line("\n");
  }
  if (plan.fault != is_short) errno = plan.fault;
  return plan.fault;
}

/// Folders are opened at once: no signal comes between.
int met_by_folder(const char* function) { return plan.fault == EINTR ? 0 : met(opening, function); }

/// The function that this one stands before.
template <class F>
F* next_of(F*, const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

#define NEXT(function) static const auto next = next_of(&function, #function)

int (*program_main)(int, char**, char**) = nullptr;

int armed_main(int argc, char** argv, char** environment) {
  read_plan();
  std::atexit([] {
    is_armed = false;
    log_calls();
  });
  is_armed = true;
  return program_main(argc, argv, environment);
}

}  // namespace

extern "C" {

// Whatever the program's libraries do before main is out of its hands.
int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv, void (*init)(), void (*fini)(),
                      void (*rtld_fini)(), void* stack_end);
int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv, void (*init)(), void (*fini)(),
                      void (*rtld_fini)(), void* stack_end) {
  NEXT(__libc_start_main);
  program_main = main;
  return next(armed_main, argc, argv, init, fini, rtld_fini, stack_end);
}

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept { return met(memory, "malloc") ? nullptr : __libc_malloc(size); }

void* calloc(std::size_t count, std::size_t size) noexcept {
  return met(memory, "calloc") ? nullptr : __libc_calloc(count, size);
}

void* realloc(void* block, std::size_t size) noexcept {
  return met(memory, "realloc") ? nullptr : __libc_realloc(block, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return met(memory, "aligned_alloc") ? nullptr : __libc_memalign(alignment, size);
}

int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  if (met(memory, "posix_memalign")) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}

ssize_t read(int file, void* bytes, std::size_t size) {
  NEXT(read);
  const int fault = met(reading, "read");
  if (fault == is_short) return next(file, bytes, size > 1 ? 1 : size);
  return fault != 0 ? -1 : next(file, bytes, size);
}

ssize_t pread(int file, void* bytes, std::size_t size, off_t offset) {
  NEXT(pread);
  const int fault = met(reading, "pread");
  if (fault == is_short) return next(file, bytes, size > 1 ? 1 : size, offset);
  return fault != 0 ? -1 : next(file, bytes, size, offset);
}

dirent* readdir(DIR* folder) {
  NEXT(readdir);
  const int before = errno;
  const int fault = met(reading, "readdir");
  if (fault != 0 && fault != is_short && fault != EINTR) return nullptr;
  errno = before;  // tells the end of the folder from a fault
  return next(folder);
}

// What goes to standard error is no result, and messages must come through.
ssize_t write(int file, const void* bytes, std::size_t size) {
  NEXT(write);
  const int fault = file == STDERR_FILENO ? 0 : met(writing, "write");
  if (fault == is_short) return next(file, bytes, size > 1 ? 1 : size);
  return fault != 0 ? -1 : next(file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t offset) {
  NEXT(pwrite);
  const int fault = met(writing, "pwrite");
  if (fault == is_short) return next(file, bytes, size > 1 ? 1 : size, offset);
  return fault != 0 ? -1 : next(file, bytes, size, offset);
}

ssize_t writev(int file, const iovec* parts, int count) {
  NEXT(writev);
  const int fault = file == STDERR_FILENO ? 0 : met(writing, "writev");
  if (fault == is_short) return next(file, parts, 1);
  return fault != 0 ? -1 : next(file, parts, count);
}

int open(const char* path, int flags, ...) {
  NEXT(open);
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return met(opening, "open") ? -1 : next(path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
  NEXT(openat);
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  const int fault = (flags & O_DIRECTORY) != 0 ? met_by_folder("openat") : met(opening, "openat");
  return fault != 0 ? -1 : next(folder, path, flags, mode);
}

int mkostemp(char* name, int flags) {
  NEXT(mkostemp);
  return met(opening, "mkostemp") ? -1 : next(name, flags);
}

FILE* fopen(const char* path, const char* mode) {
  NEXT(fopen);
  return met(opening, "fopen") ? nullptr : next(path, mode);
}

FILE* fopen64(const char* path, const char* mode) {
  NEXT(fopen64);
  return met(opening, "fopen64") ? nullptr : next(path, mode);
}

DIR* fdopendir(int file) {
  NEXT(fdopendir);
  return met_by_folder("fdopendir") != 0 ? nullptr : next(file);
}

DIR* opendir(const char* path) {
  NEXT(opendir);
  return met_by_folder("opendir") != 0 ? nullptr : next(path);
}

// The descriptor is gone, whatever the call says (close(2), "Dealing with error returns").
int close(int file) {
  NEXT(close);
  const int fault = met(closing, "close");
  const int done = next(file);
  if (fault == 0) return done;
  errno = fault;
  return -1;
}

int fsync(int file) {
  NEXT(fsync);
  return met(syncing, "fsync") ? -1 : next(file);
}

int fdatasync(int file) {
  NEXT(fdatasync);
  return met(syncing, "fdatasync") ? -1 : next(file);
}

int rename(const char* from, const char* to) noexcept {
  NEXT(rename);
  return met(naming, "rename") ? -1 : next(from, to);
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  NEXT(renameat);
  return met(naming, "renameat") ? -1 : next(from_folder, from, to_folder, to);
}

int link(const char* from, const char* to) noexcept {
  NEXT(link);
  return met(naming, "link") ? -1 : next(from, to);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  NEXT(linkat);
  return met(naming, "linkat") ? -1 : next(from_folder, from, to_folder, to, flags);
}

int mkdir(const char* path, mode_t mode) noexcept {
  NEXT(mkdir);
  return met(changing, "mkdir") ? -1 : next(path, mode);
}

int fchmod(int file, mode_t mode) noexcept {
  NEXT(fchmod);
  return met(changing, "fchmod") ? -1 : next(file, mode);
}

int fchown(int file, uid_t owner, gid_t group) noexcept {
  NEXT(fchown);
  return met(changing, "fchown") ? -1 : next(file, owner, group);
}

int ftruncate(int file, off_t size) noexcept {
  NEXT(ftruncate);
  return met(changing, "ftruncate") ? -1 : next(file, size);
}

int stat(const char* path, struct stat* info) noexcept {
  NEXT(stat);
  return met(asking, "stat") ? -1 : next(path, info);
}

int lstat(const char* path, struct stat* info) noexcept {
  NEXT(lstat);
  return met(asking, "lstat") ? -1 : next(path, info);
}

int fstat(int file, struct stat* info) noexcept {
  NEXT(fstat);
  return met(asking, "fstat") ? -1 : next(file, info);
}

int fstatat(int folder, const char* path, struct stat* info, int flags) noexcept {
  NEXT(fstatat);
  return met(asking, "fstatat") ? -1 : next(folder, path, info, flags);
}

void* mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset) noexcept {
  NEXT(mmap);
  return met(mapping, "mmap") ? MAP_FAILED : next(address, size, protection, flags, file, offset);
}

int pthread_create(pthread_t* made, const pthread_attr_t* attributes, void* (*run)(void*),
                   void* argument) noexcept {
  NEXT(pthread_create);
  return met(thread, "pthread_create") ? EAGAIN : next(made, attributes, run, argument);
}

}  // extern "C"
