#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "dechaff/io.hpp"
#include "io/descriptor.hpp"
#include "io/input.hpp"

namespace dechaff {

namespace {

namespace fs = std::filesystem;
using io::open_retrying;
using io::system_error;

mode_t mode_of_new_file(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0) return info.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// Where a chain of symbolic links ends, whether or not a file is there. A chain without an end ends
/// anywhere.
fs::path behind_links(fs::path path) {
  std::error_code error;
  for (int links = 0; links < 40 && fs::is_symlink(path, error); ++links) {
    path = path.parent_path() / fs::read_symlink(path, error);  // an absolute target replaces the folder
  }
  return path;
}

bool is_special(const fs::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
}

void sync_folder(const fs::path& path) {
  const io::Descriptor folder(
      open_retrying(path.parent_path().empty() ? "." : path.parent_path().c_str(), O_RDONLY | O_DIRECTORY));
  if (folder.number() >= 0) ::fsync(folder.number());
}

}  // namespace

Result<std::string> read_input(const std::string& path) {
  auto input = io::Input::open(path);
  if (!input) return input.error();
  constexpr std::size_t piece = 256 * 1024;
  std::string out;
  out.reserve(std::max<std::size_t>(input->size().value_or(0) + 1, piece));
  for (;;) {
    const std::size_t room = out.capacity() - out.size();
    const auto got = input->read(out, room > 0 ? room : piece);
    if (!got) return got.error();
    if (*got == 0) return out;
  }
}

Result<Done> write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return system_error({}, "cannot write");
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return Done{};
}

namespace {

Result<Done> write_named(int descriptor, std::string_view bytes, const fs::path& path) {
  const auto done = write_all(descriptor, bytes);
  if (done) return Done{};
  return Error{ErrorCode::io, {path.string(), 0, 0}, done.error().message};
}

}  // namespace

Result<OutputFile> OutputFile::open(const fs::path& path) {
  OutputFile file;
  const fs::path target = behind_links(path);
  file.path_ = target;
  if (is_special(target)) {
    file.descriptor_ = open_retrying(target.c_str(), O_WRONLY);
    if (file.descriptor_ < 0) return system_error(path, "cannot open for writing");
    return file;
  }
  std::string name = (target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string();
  file.descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (file.descriptor_ < 0) return system_error(path, "cannot create a file beside it");
  file.temporary_ = name;
  if (::fchmod(file.descriptor_, mode_of_new_file(target)) != 0)
    return system_error(path, "cannot set its mode");
  return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<Done> OutputFile::write(std::string_view bytes) { return write_named(descriptor_, bytes, path_); }

Result<Done> OutputFile::close() {
  if (descriptor_ < 0) return Done{};
  if (!temporary_.empty() && ::fsync(descriptor_) != 0)
    return system_error(path_, "cannot write to the disk");
  if (::close(std::exchange(descriptor_, -1)) != 0) return system_error(path_, "cannot close");
  return Done{};
}

Result<Done> OutputFile::commit() {
  if (const auto closed = close(); !closed || temporary_.empty()) return closed;
  if (::rename(temporary_.c_str(), path_.c_str()) != 0)
    return system_error(path_, "cannot put into its place");
  temporary_.clear();
  sync_folder(path_);
  return Done{};
}

Result<AppendingFile> AppendingFile::open(const fs::path& path) {
  AppendingFile file;
  file.path_ = path;
  file.descriptor_ = open_retrying(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file.descriptor_ < 0) return system_error(path, "cannot open for writing");
  return file;
}

AppendingFile::AppendingFile(AppendingFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

AppendingFile::~AppendingFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<Done> AppendingFile::write(std::string_view bytes) { return write_named(descriptor_, bytes, path_); }

Result<Done> AppendingFile::close() {
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
    return system_error(path_, "cannot write to the disk");
  if (::close(std::exchange(descriptor_, -1)) != 0) return system_error(path_, "cannot close");
  return Done{};
}

}  // namespace dechaff
