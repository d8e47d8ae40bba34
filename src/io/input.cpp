#include "io/input.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace dechaff::io {

namespace {

constexpr std::size_t pipe_size = 64 << 10;  // that a pipe can hold (pipe(7), "Pipe capacity")

}  // namespace

Input::Input(Descriptor file, std::string name, int stop)
    : file_(std::move(file)), name_(std::move(name)), stop_(stop) {}

Result<Input> Input::open(const std::string& path, int stop) {
  const bool standard = path == "-";
  Input input(Descriptor(standard ? STDIN_FILENO : open_retrying(path.c_str(), O_RDONLY)),
              standard ? "(standard input)" : path, stop);
  const int file = input.file_.number();
  if (file < 0) return system_error(input.name_, "cannot open");
  struct stat info {};
  if (::fstat(file, &info) != 0) return system_error(input.name_, "cannot read");
  if (S_ISDIR(info.st_mode)) {
    errno = EISDIR;
    return system_error(input.name_, "cannot read");
  }
  if (S_ISREG(info.st_mode)) {
    input.size_ = static_cast<std::uint64_t>(info.st_size);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  return input;
}

std::size_t Input::likely() const {
  if (!size_ || *size_ <= got_) return pipe_size;  // its size may be unknown, or it has grown
  return static_cast<std::size_t>(std::min<std::uint64_t>(*size_ - got_, SIZE_MAX - 1)) + 1;
}

Result<std::size_t> Input::read(std::string& out, std::size_t most) {
  assert(most > 0);
  const std::size_t before = out.size();
  most = std::min(most, likely());
  while (!stopped_) {
    // poll() passes over a descriptor of -1. It also waits for what was opened not to block.
    pollfd waiting[] = {{file_.number(), POLLIN, 0}, {stop_, POLLIN, 0}};
    if (::poll(waiting, std::size(waiting), -1) < 0) {
      if (errno == EINTR) continue;
      return system_error(name_, "cannot read");
    }
    stopped_ = waiting[1].revents != 0;
    if (stopped_) break;
    out.resize(before + most);
    const ssize_t got = ::read(file_.number(), out.data() + before, most);
    out.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    got_ += static_cast<std::uint64_t>(std::max<ssize_t>(got, 0));
    if (got >= 0) return out.size() - before;
    if (errno != EINTR && errno != EAGAIN) return system_error(name_, "cannot read");
  }
  return std::size_t{0};
}

}  // namespace dechaff::io
