#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
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

mode_t mode_of_new_file() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// Extended attributes, access control lists among them. Those that cannot be read or set here are no reason
/// not to write the file.
void copy_attributes(const fs::path& from, int to) {
  const ssize_t size = ::listxattr(from.c_str(), nullptr, 0);
  if (size <= 0) return;
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t listed = ::listxattr(from.c_str(), names.data(), names.size());
  if (listed <= 0) return;
  names.resize(static_cast<std::size_t>(listed));
  for (std::size_t at = 0; at < names.size(); at = names.find('\0', at) + 1) {
    const char* name = names.c_str() + at;
    const ssize_t length = ::getxattr(from.c_str(), name, nullptr, 0);
    if (length < 0) continue;
    std::string value(static_cast<std::size_t>(length), '\0');
    const ssize_t got = ::getxattr(from.c_str(), name, value.data(), value.size());
    if (got >= 0) (void)::fsetxattr(to, name, value.data(), static_cast<std::size_t>(got), 0);
  }
}

/// Owner before mode, for a change of owner takes bits of the mode away.
Result<Done> take_over(const fs::path& from, const struct stat& info, int to) {
  if (::fchown(to, info.st_uid, info.st_gid) != 0) (void)!::fchown(to, static_cast<uid_t>(-1), info.st_gid);
  copy_attributes(from, to);
  if (::fchmod(to, info.st_mode & 07777) != 0) return system_error(from, "cannot set its mode");
  return Done{};
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

/// A name for what is to come into the place of `path`. It stays below the 255 bytes that a name may have.
fs::path beside(const fs::path& path, const std::string& ending) {
  return path.parent_path() / ("." + path.filename().string().substr(0, 200) + ".dechaff-" + ending);
}

/// Brings the names in the folder of `path` to the disk. A folder that may not be read, or a file system that
/// knows no such thing, is no reason to call a file unwritten.
Result<Done> sync_folder(const fs::path& path) {
  const io::Descriptor folder(
      open_retrying(path.parent_path().empty() ? "." : path.parent_path().c_str(), O_RDONLY | O_DIRECTORY));
  if (folder.number() >= 0 && io::sync_retrying(folder.number()) != 0 && (errno == EIO || errno == ENOSPC))
    return system_error(path, "cannot write its folder to the disk");
  return Done{};
}

}  // namespace

Result<std::string> read_input(const std::string& path) {
  auto input = io::Input::open(path);
  if (!input) return input.error();
  constexpr std::size_t piece = 256 << 10;
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
    if (wrote < 0 && errno == EAGAIN) {  // whoever opened it asked not to wait; there is nothing else to do
      pollfd room{descriptor, POLLOUT, 0};
      (void)::poll(&room, 1, -1);
      continue;
    }
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
  struct stat info {};
  file.replaces_ = ::stat(target.c_str(), &info) == 0;
  // Not to know what is there is not to know that nothing is.
  if (!file.replaces_ && errno != ENOENT) return system_error(path, "cannot look at it");
  if (file.replaces_ && !S_ISREG(info.st_mode)) {
    file.descriptor_ = open_retrying(target.c_str(), O_WRONLY);
    if (file.descriptor_ < 0) return system_error(path, "cannot open for writing");
    return file;
  }
  const fs::path folder = target.parent_path().empty() ? "." : target.parent_path();
  file.kind_ = Kind::nameless;
  // Without /proc it could not be given a name later.
  if (::access("/proc/self/fd", X_OK) == 0)
    file.descriptor_ = open_retrying(folder.c_str(), O_WRONLY | O_TMPFILE, 0600);
  if (file.descriptor_ < 0) {
    file.kind_ = Kind::temporary;
    std::string name = beside(target, "XXXXXX").string();
    file.descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (file.descriptor_ < 0) return system_error(path, "cannot create a file beside it");
    file.temporary_ = name;
  }
  if (file.replaces_) {
    if (const auto taken = take_over(target, info, file.descriptor_); !taken) return taken.error();
  } else if (::fchmod(file.descriptor_, mode_of_new_file()) != 0) {
    return system_error(path, "cannot set its mode");
  }
  return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      kind_(other.kind_),
      replaces_(other.replaces_),
      synced_(other.synced_),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<Done> OutputFile::write(std::string_view bytes) { return write_named(descriptor_, bytes, path_); }

Result<Done> OutputFile::sync() {
  if (kind_ == Kind::special || synced_) return Done{};
  if (io::sync_retrying(descriptor_) != 0) return system_error(path_, "cannot write to the disk");
  synced_ = true;
  return Done{};
}

namespace {

/// Gives the open file a name; false where that is taken or cannot be.
bool link_open(int descriptor, const fs::path& path) {
  const std::string self = "/proc/self/fd/" + std::to_string(descriptor);
  return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

/// Whether the process that made the file under this name is gone: it would hold a lock.
bool is_abandoned(const fs::path& path) {
  const io::Descriptor file(open_retrying(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  return file.number() >= 0 && ::flock(file.number(), LOCK_EX | LOCK_NB) == 0;
}

}  // namespace

/// Linking does not replace, renaming does. So what replaces a file first gets a name beside it; one that a
/// process left that was killed between the two is used again.
Result<Done> OutputFile::give_name() {
  if (!replaces_ && link_open(descriptor_, path_)) return Done{};
  (void)::flock(descriptor_, LOCK_EX | LOCK_NB);
  for (unsigned attempt = 0; attempt < 100; ++attempt) {
    fs::path candidate = beside(path_, std::to_string(attempt));
    bool linked = link_open(descriptor_, candidate);
    if (!linked && errno != EEXIST) break;
    if (!linked && is_abandoned(candidate))
      linked = ::unlink(candidate.c_str()) == 0 && link_open(descriptor_, candidate);
    if (!linked) continue;
    temporary_ = std::move(candidate);
    return Done{};
  }
  return system_error(path_, "cannot put into its place");
}

namespace {

/// Brings `path` under the name `backup` as well, in place of what had it.
Result<Done> keep_under(const fs::path& path, const fs::path& backup) {
  if (::link(path.c_str(), backup.c_str()) == 0) return Done{};
  const fs::path step = beside(backup, std::to_string(::getpid()));
  (void)::unlink(step.c_str());
  if (::link(path.c_str(), step.c_str()) != 0) {
    std::error_code error;  // a file system without links
    if (!fs::copy_file(path, step, error)) return system_error(backup, "cannot keep the original");
  }
  if (::rename(step.c_str(), backup.c_str()) == 0) return Done{};
  const Error error = system_error(backup, "cannot keep the original");
  (void)::unlink(step.c_str());
  return error;
}

}  // namespace

Result<Done> OutputFile::commit(const fs::path& backup) {
  // What was there would be gone if the machine stopped before its successor is on the disk.
  if (replaces_) {
    if (const auto synced = sync(); !synced) return synced;
  }
  if (kind_ == Kind::nameless ? io::flush_like_close(descriptor_) != 0
                              : io::close_fully(std::exchange(descriptor_, -1)) != 0)
    return system_error(path_, "cannot close");
  if (kind_ == Kind::special) return Done{};
  if (!backup.empty() && replaces_) {
    if (const auto kept = keep_under(path_, backup); !kept) return kept;
  }
  if (kind_ == Kind::nameless) {
    if (const auto named = give_name(); !named) return named;
  }
  if (!temporary_.empty() && ::rename(temporary_.c_str(), path_.c_str()) != 0)
    return system_error(path_, "cannot put into its place");
  temporary_.clear();
  return replaces_ ? sync_folder(path_) : Done{};
}

Result<AppendingFile> AppendingFile::open(const fs::path& path, Existing existing) {
  AppendingFile file;
  file.path_ = path;
  const int flags = existing == Existing::emptied ? O_TRUNC : O_APPEND;
  file.descriptor_ = open_retrying(path.c_str(), O_WRONLY | O_CREAT | flags, 0666);
  if (file.descriptor_ < 0) return system_error(path, "cannot open for writing");
  return file;
}

AppendingFile::AppendingFile(AppendingFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_synced_(other.name_synced_),
      path_(std::move(other.path_)) {}

AppendingFile::~AppendingFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<Done> AppendingFile::write(std::string_view bytes) { return write_named(descriptor_, bytes, path_); }

Result<Done> AppendingFile::sync() {
  // EINVAL and EROFS: pipes and devices have no disk.
  if (io::sync_retrying(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
    return system_error(path_, "cannot write to the disk");
  if (std::exchange(name_synced_, true)) return Done{};
  return sync_folder(path_);
}

Result<Done> AppendingFile::move_to(const fs::path& path) {
  if (::rename(path_.c_str(), path.c_str()) != 0) return system_error(path, "cannot put into its place");
  path_ = path;
  return sync_folder(path_);
}

Result<Done> AppendingFile::close() {
  if (const auto synced = sync(); !synced) return synced;
  if (io::close_fully(std::exchange(descriptor_, -1)) != 0) return system_error(path_, "cannot close");
  return Done{};
}

}  // namespace dechaff
