#include "dechaff/inputs.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <memory>
#include <utility>

#include "io/descriptor.hpp"
#include "io/name_list.hpp"

namespace dechaff {

namespace {

namespace fs = std::filesystem;

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

Error path_error(const std::string& path, std::string_view what, int reason) {
  return {ErrorCode::io, {path, 0, 0}, std::string(what) + ": " + std::strerror(reason)};
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

bool is_folder(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

enum class Kind { file, folder, other };

Kind kind_of(const dirent& entry, int folder) {
  if (entry.d_type == DT_REG) return Kind::file;
  if (entry.d_type == DT_DIR) return Kind::folder;
  struct stat info {};
  if (entry.d_type != DT_UNKNOWN ||  // file systems may leave it open
      ::fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return Kind::other;
  return S_ISREG(info.st_mode) ? Kind::file : S_ISDIR(info.st_mode) ? Kind::folder : Kind::other;
}

bool fits(std::string glob, const std::string& path, const std::string& name, bool folder) {
  if (glob.ends_with('/')) {
    if (!folder) return false;
    glob.pop_back();
  }
  const bool whole = glob.find('/') != std::string::npos;
  return ::fnmatch(glob.c_str(), whole ? path_below(path).c_str() : name.c_str(), 0) == 0;
}

}  // namespace

fs::path path_below(const std::string& path) {
  fs::path out;
  for (const fs::path& part : fs::path(path).lexically_normal().relative_path()) {
    if (part != "..") out /= part;
  }
  return out;
}

Result<Inputs> Inputs::open(InputOptions options) {
  const auto usage = [](const char* message) { return Error{ErrorCode::usage, {}, message}; };
  if (options.null_separated && !options.files_from) return usage("-0 says how --files-from ends its names");
  if (options.paths.empty() && !options.files_from) {
    if (options.recursive) return usage("-r needs a folder; the working folder is .");
    options.paths.emplace_back("-");
  }
  std::unique_ptr<io::NameList> list;
  if (options.files_from) {
    if (options.files_from == "-" && std::ranges::find(options.paths, "-") != options.paths.end())
      return usage("standard input can be a text or the list of --files-from, not both");
    using Ends = io::NameList::Ends;
    auto opened =
        io::NameList::open(*options.files_from, options.null_separated ? Ends::null : Ends::newline);
    if (!opened) return opened.error();
    list = std::make_unique<io::NameList>(std::move(*opened));
  }
  return Inputs(std::move(options), std::move(list));
}

Inputs::Inputs(InputOptions options, std::unique_ptr<io::NameList> list)
    : options_(std::move(options)), list_(std::move(list)) {}
Inputs::Inputs(Inputs&&) noexcept = default;
Inputs& Inputs::operator=(Inputs&&) noexcept = default;
Inputs::~Inputs() = default;

Result<std::optional<InputPath>> Inputs::next(int stop) {
  for (;;) {
    if (!levels_.empty()) {
      auto found = next_found();
      if (!found || *found) return found;
      continue;
    }
    auto named = next_named(stop);
    if (!named) return named.error();
    if (!*named) return std::optional<InputPath>();
    const std::string& path = **named;
    if (!is_folder(path)) return std::optional(InputPath{path, path_below(path)});
    if (!options_.recursive)
      return Error{ErrorCode::io, {path, 0, 0}, "is a folder; -r cleans what is in it"};
    if (const auto entered = enter(path, Links::follow); !entered) return entered.error();
  }
}

/// The next file of the folders that are being walked; none where they are done.
Result<std::optional<InputPath>> Inputs::next_found() {
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.entries.empty()) {
      levels_.pop_back();
      continue;
    }
    const Entry entry = std::move(level.entries.back());
    level.entries.pop_back();
    std::string path = joined(level.path, entry.name);
    if (!takes(path, entry)) continue;
    if (!entry.folder) {
      fs::path relative = path_below(path);
      return std::optional(InputPath{std::move(path), std::move(relative)});
    }
    if (const auto entered = enter(path, Links::refuse); !entered) return entered.error();
  }
  return std::optional<InputPath>();
}

Result<std::optional<std::string>> Inputs::next_named(int stop) {
  if (next_path_ < options_.paths.size()) return std::optional(options_.paths[next_path_++]);
  if (!list_) return std::optional<std::string>();
  auto name = list_->next(stop);
  if (name && *name == "-" && options_.files_from == "-")
    return Error{ErrorCode::io, {"-", 0, 0}, "standard input is the list; a file of this name is ./-"};
  return name;
}

Result<Done> Inputs::enter(const std::string& path, Links links) {
  // What was a folder when its name was read may have become a link.
  const int flags = O_RDONLY | O_DIRECTORY | (links == Links::refuse ? O_NOFOLLOW : 0);
  const int descriptor = io::open_retrying(path.c_str(), flags);
  if (descriptor < 0) return path_error(path, "cannot open the folder", errno);
  const Folder folder(::fdopendir(descriptor));
  if (!folder) {
    const int reason = errno;
    ::close(descriptor);
    return path_error(path, "cannot read the folder", reason);
  }
  if (links == Links::refuse && is_passed_over(descriptor)) return Done{};
  Level level{path, {}};
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(folder.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    const Kind kind = kind_of(*entry, descriptor);
    if (kind != Kind::other) level.entries.push_back({std::string(name), kind == Kind::folder});
  }
  if (errno != 0) return path_error(path, "cannot read the folder", errno);
  std::ranges::sort(level.entries, std::greater(), &Entry::name);
  levels_.push_back(std::move(level));
  return Done{};
}

bool Inputs::is_passed_over(int folder) const {
  struct stat found {
  }, other{};
  return !options_.passed_over.empty() && ::stat(options_.passed_over.c_str(), &other) == 0 &&
         ::fstat(folder, &found) == 0 && found.st_dev == other.st_dev && found.st_ino == other.st_ino;
}

bool Inputs::takes(const std::string& path, const Entry& entry) const {
  const auto fitting = [&](const std::string& glob) { return fits(glob, path, entry.name, entry.folder); };
  if (std::ranges::any_of(options_.exclude, fitting)) return false;
  return entry.folder || options_.include.empty() || std::ranges::any_of(options_.include, fitting);
}

}  // namespace dechaff
