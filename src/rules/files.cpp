#include "rules/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>
#include <system_error>

#include "base/real_path.hpp"
#include "io/descriptor.hpp"
#include "rules/embedded.hpp"

namespace dechaff::rules {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view shipped = "shipped";
constexpr std::string_view embedded_prefix = "(built in)/";
constexpr std::string_view extensions[] = {".toml", ".txt", ".scores"};

Error unreadable(const fs::path& path, const std::string& why) {
  return {ErrorCode::bad_rule, {path.string(), 0, 0}, "cannot read this pattern file: " + why};
}

/// The file of this name and these bytes that the library was built with; null where there is none.
const EmbeddedFile* built_file(std::string_view wanted, std::string_view bytes, const Image& image) {
  if (const EmbeddedFile* known = image.built_file(wanted, bytes)) return known;
  for (const EmbeddedFile& file : embedded_rules()) {
    if (file.name == wanted) return file.content == bytes ? &file : nullptr;
  }
  return nullptr;
}

/// `buffer` has room for a file, and then for the next one.
Result<SourceFile> read_file(const fs::path& path, const std::string& layer, const Image& image,
                             std::string& buffer) {
  const auto failed = [&](int reason) { return unreadable(path, std::generic_category().message(reason)); };
  const io::Descriptor in(io::open_retrying(path.c_str(), O_RDONLY | O_NONBLOCK));
  struct stat info {};
  if (in.number() < 0 || ::fstat(in.number(), &info) != 0) return failed(errno);
  if (!S_ISREG(info.st_mode)) return failed(S_ISDIR(info.st_mode) ? EISDIR : ENOTSUP);
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size > max_file_bytes) return unreadable(path, "it is larger than 8 MiB");
  if (buffer.size() < size) buffer.resize(size);
  for (std::size_t got = 0; got < size;) {
    const ssize_t more = ::read(in.number(), buffer.data() + got, size - got);
    if (more == 0) return unreadable(path, "it became shorter meanwhile");
    if (more > 0) got += static_cast<std::size_t>(more);
    if (more < 0 && errno != EINTR) return failed(errno);
  }
  const std::string_view content = std::string_view(buffer).substr(0, size);
  const std::string_view name = path.native();
  const std::string_view in_folder = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
  SourceFile file{std::string(name), layer, {}, built_file(in_folder, content, image), {}};
  if (!file.is_as_built()) file.bytes = content;
  if (info.st_ino != 0)  // some file systems of user space have no numbers
    file.identity = std::to_string(info.st_dev) + ':' + std::to_string(info.st_ino);
  return file;
}

bool is_pattern_file(std::string_view name) {
  // What begins with a dot and has no other is a hidden file without an extension.
  return std::ranges::any_of(extensions, [&](std::string_view extension) {
    return name.ends_with(extension) && name.size() > extension.size() &&
           name[name.size() - extension.size() - 1] != '/';
  });
}

/// The pattern files of a folder, sorted. (std::filesystem's iterator ends the program where memory runs
/// out.)
Result<std::vector<fs::path>> pattern_files_in(const fs::path& folder) {
  struct Close {
    void operator()(DIR* open) const { ::closedir(open); }
  };
  const std::unique_ptr<DIR, Close> open(::opendir(folder.c_str()));
  if (!open && errno == ENOMEM) throw std::bad_alloc();
  if (!open) return unreadable(folder, std::generic_category().message(errno));
  std::vector<std::string> names;
  for (errno = 0; const dirent* entry = ::readdir(open.get()); errno = 0) {
    if (is_pattern_file(entry->d_name)) names.emplace_back(entry->d_name);
  }
  if (errno != 0) return unreadable(folder, std::generic_category().message(errno));
  std::ranges::sort(names);
  std::vector<fs::path> out;
  for (const std::string& name : names) out.push_back(folder / name);
  return out;
}

void gather(const RuleLayer& layer, const Image& image, std::vector<SourceFile>& files, Errors& errors) {
  std::string buffer;
  std::error_code error;
  std::vector<fs::path> paths{layer.path};
  if (fs::is_directory(layer.path, error)) {
    auto inside = pattern_files_in(layer.path);
    if (!inside) {
      errors.push_back(inside.error());
      return;
    }
    paths = std::move(*inside);
  }
  for (const fs::path& path : paths) {
    auto file = read_file(path, layer.name, image, buffer);
    if (file) {
      files.push_back(std::move(*file));
    } else {
      errors.push_back(file.error());
    }
  }
}

SourceFile embedded_file(const EmbeddedFile& file) {
  return {std::string(embedded_prefix) + std::string(file.name), std::string(shipped), {}, &file, {}};
}

}  // namespace

std::vector<SourceFile> gather_files(const RuleSources& sources, Errors& errors, const Image& image) {
  std::vector<SourceFile> files;
  if (sources.shipped && sources.shipped_dir.empty()) {
    for (const EmbeddedFile& file : embedded_rules()) files.push_back(embedded_file(file));
  } else if (sources.shipped) {
    gather({std::string(shipped), sources.shipped_dir}, image, files, errors);
  }
  for (const RuleLayer& layer : sources.layers) gather(layer, image, files, errors);
  return files;
}

Result<SourceFile> included_file(const SourceFile& file, const std::string& name) {
  const fs::path wanted = fs::path(name).lexically_normal();
  const bool outside = wanted.is_absolute() || wanted.empty() || *wanted.begin() == "..";
  if (outside || !is_pattern_file(wanted.native())) {
    return Error{ErrorCode::bad_rule,
                 {},
                 "'" + name + "' must be a .toml, .txt or .scores file below the folder of this file"};
  }
  if (file.name.starts_with(embedded_prefix)) {
    for (const EmbeddedFile& other : embedded_rules()) {
      if (other.name == wanted.string()) return embedded_file(other);
    }
    return Error{ErrorCode::bad_rule, {}, "there is no built-in file '" + name + "'"};
  }
  // A link inside the folder could lead out of it.
  const fs::path here = fs::path(file.name).parent_path();
  const auto folder = real_path(here / ".");
  const auto target = real_path(here / wanted);
  const fs::path relative = folder && target ? target->lexically_relative(*folder) : wanted;
  if (relative.empty() || *relative.begin() == "..")
    return Error{ErrorCode::bad_rule, {}, "'" + name + "' leads out of the folder of this file"};
  std::string buffer;
  return read_file(here / wanted, file.layer, Image(), buffer);
}

}  // namespace dechaff::rules
