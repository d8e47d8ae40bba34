#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string_view>

#include "dechaff/error.hpp"

namespace dechaff::io {

/// Closes a file descriptor on every way out, unless it is a standard one (0 to 2) or none (-1).
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int number() const { return number_; }

 private:
  int number_;
};

/// open(2), closed on exec, again where a signal came between. -1 with errno where it fails.
int open_retrying(const char* path, int flags, mode_t mode = 0);

/// fsync(2), again where a signal came between. -1 with errno where it fails.
int sync_retrying(int descriptor);

/// close(2). -1 with errno where something that was written is not there; a signal is no reason for that: the
/// descriptor is closed, and what `close` had left to do goes on.
int close_fully(int descriptor);

/// What close(2) would say of the descriptor, which stays open: some file systems tell only then that what
/// was written found no room. For what can be told before the file gets its name.
int flush_like_close(int descriptor);

/// Makes the folder that `path` is to stand in, and those above it, where they are missing.
Result<Done> make_folder_of(const std::filesystem::path& path);

/// ErrorCode::io with what failed and the reason that errno holds.
Error system_error(const std::filesystem::path& path, std::string_view what);

}  // namespace dechaff::io
