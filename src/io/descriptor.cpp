#include "io/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace dechaff::io {

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ > STDERR_FILENO) ::close(number_);
}

int open_retrying(const char* path, int flags, mode_t mode) {
  int descriptor = -1;
  do {
    descriptor = ::open(path, flags | O_CLOEXEC, mode);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

int sync_retrying(int descriptor) {
  int done = -1;
  do {
    done = ::fsync(descriptor);
  } while (done != 0 && errno == EINTR);
  return done;
}

int close_fully(int descriptor) { return ::close(descriptor) == 0 || errno == EINTR ? 0 : -1; }

int flush_like_close(int descriptor) {
  const int twin = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  return twin < 0 ? -1 : close_fully(twin);
}

Result<Done> make_folder_of(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (!error || path.parent_path().empty()) return Done{};
  return Error{ErrorCode::io, {path.string(), 0, 0}, "cannot make its folder: " + error.message()};
}

Error system_error(const std::filesystem::path& path, std::string_view what) {
  const int code = errno;
  return {ErrorCode::io, {path.string(), 0, 0}, std::string(what) + ": " + std::strerror(code)};
}

}  // namespace dechaff::io
