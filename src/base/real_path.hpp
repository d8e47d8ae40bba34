#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <new>
#include <optional>

namespace dechaff {

// std::filesystem takes memory that has run out for a path that is not there, or ends the program over it.

/// The path that a function of the C library has made room for; nothing where it found none. Throws
/// std::bad_alloc where that is because memory has run out.
inline std::optional<std::filesystem::path> taken_path(char* found) {
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };
  const std::unique_ptr<char, Free> owner(found);
  if (found != nullptr) return std::filesystem::path(found);
  if (errno == ENOMEM) throw std::bad_alloc();
  return std::nullopt;
}

/// The path with all links and dots resolved; nothing where it leads nowhere. Throws std::bad_alloc.
inline std::optional<std::filesystem::path> real_path(const std::filesystem::path& path) {
  return taken_path(::realpath(path.c_str(), nullptr));
}

/// The folder that relative paths start from; nothing where there is none any more. Throws std::bad_alloc.
inline std::optional<std::filesystem::path> current_folder() {
  return taken_path(::getcwd(nullptr, 0));  // as long as it takes, as the C libraries of Linux and BSD do it
}

}  // namespace dechaff
