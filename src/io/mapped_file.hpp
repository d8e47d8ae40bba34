#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace dechaff::io {

/// The bytes of a regular file, read as they are first looked at. It must not become shorter meanwhile.
class MappedFile {
 public:
  /// Nothing where it cannot be read, is none, or is empty.
  static std::optional<MappedFile> open(const std::filesystem::path& path);

  /// As long as the file, or one that it was moved to, lives.
  std::string_view bytes() const {
    return {static_cast<const char*>(start_.get()), start_.get_deleter().size};
  }

 private:
  struct Unmap {
    std::size_t size = 0;
    void operator()(void* start) const { ::munmap(start, size); }
  };

  explicit MappedFile(void* start, std::size_t size) : start_(start, Unmap{size}) {}

  std::unique_ptr<void, Unmap> start_;
};

}  // namespace dechaff::io
