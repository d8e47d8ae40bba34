#include "io/mapped_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "io/descriptor.hpp"

namespace dechaff::io {

std::optional<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor file(open_retrying(path.c_str(), O_RDONLY | O_NONBLOCK));
  struct stat info {};
  if (file.number() < 0 || ::fstat(file.number(), &info) != 0 || !S_ISREG(info.st_mode)) return {};
  const auto size = static_cast<std::size_t>(info.st_size);
  void* const start =
      size == 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (start == MAP_FAILED) return {};
  return MappedFile(start, size);
}

}  // namespace dechaff::io
