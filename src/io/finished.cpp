#include "io/finished.hpp"

#include <sys/stat.h>

#include "apply/hash.hpp"
#include "io/source.hpp"

namespace dechaff::io {

std::optional<FileVersion> version_of(const std::filesystem::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return std::nullopt;
  return FileVersion{info.st_dev, info.st_ino, info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec};
}

bool is_newer(const std::filesystem::path& output, const std::filesystem::path& input) {
  const auto written = version_of(output);
  const auto read = version_of(input);
  return written && read &&
         std::pair(written->seconds, written->nanoseconds) >= std::pair(read->seconds, read->nanoseconds);
}

void FinishedInputs::add(std::string name, std::uint64_t clean_bytes, std::string clean_hash) {
  inputs_.emplace(std::move(name), Clean{clean_bytes, std::move(clean_hash)});
}

bool FinishedInputs::holds_clean(const std::string& name) const {
  const auto [begin, end] = inputs_.equal_range(name);
  if (begin == end) return false;
  auto source = Source::open(name);
  if (!source) return false;
  apply::Hasher hasher;
  std::uint64_t bytes = 0;
  std::string piece;
  for (;;) {
    piece.clear();
    const auto more = source->read(piece, std::size_t{256} << 10U);
    if (!more) return false;
    if (!*more) break;
    hasher.add(piece);
    bytes += piece.size();
  }
  const std::string hash = hasher.text();
  for (auto at = begin; at != end; ++at) {
    if (at->second.bytes == bytes && at->second.hash == hash) return true;
  }
  return false;
}

}  // namespace dechaff::io
