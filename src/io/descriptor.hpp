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

/// ErrorCode::io with what failed and the reason that errno holds.
Error system_error(const std::filesystem::path& path, std::string_view what);

}  // namespace dechaff::io
