#include "rules/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "io/descriptor.hpp"
#include "rules/embedded.hpp"

namespace dechaff::rules {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view shipped = "shipped";
constexpr std::string_view embedded_prefix = "(built in)/";

Error unreadable(const fs::path& path, const std::string& why) {
  return {ErrorCode::bad_rule, {path.string(), 0, 0}, "cannot read this pattern file: " + why};
}

Result<SourceFile> read_file(const fs::path& path, const std::string& layer) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return unreadable(path, error.message());
  if (size > max_file_bytes) return unreadable(path, "it is larger than 8 MiB");
  const io::Descriptor in(io::open_retrying(path.c_str(), O_RDONLY));
  std::string content(size, '\0');
  std::size_t got = 0;
  while (in.number() >= 0 && got < content.size()) {
    const ssize_t more = ::read(in.number(), content.data() + got, content.size() - got);
    if (more == 0) return unreadable(path, "it became shorter meanwhile");
    if (more > 0) got += static_cast<std::size_t>(more);
    if (more < 0 && errno != EINTR) return unreadable(path, std::generic_category().message(errno));
  }
  if (in.number() < 0) return unreadable(path, std::generic_category().message(errno));
  return SourceFile{path.string(), layer, std::move(content), false};
}

bool is_pattern_file(const fs::path& path) {
  return path.extension() == ".toml" || path.extension() == ".txt" || path.extension() == ".scores";
}

void gather(const RuleLayer& layer, std::vector<SourceFile>& files, Errors& errors) {
  std::error_code error;
  std::vector<fs::path> paths{layer.path};
  if (fs::is_directory(layer.path, error)) {
    paths.clear();
    for (fs::directory_iterator it(layer.path, error), end; !error && it != end; it.increment(error)) {
      if (is_pattern_file(it->path())) paths.push_back(it->path());
    }
    if (error) errors.push_back(unreadable(layer.path, error.message()));
    std::ranges::sort(paths);
  }
  for (const fs::path& path : paths) {
    auto file = read_file(path, layer.name);
    if (file) {
      files.push_back(std::move(*file));
    } else {
      errors.push_back(file.error());
    }
  }
}

SourceFile embedded_file(const EmbeddedFile& file) {
  return {std::string(embedded_prefix) + std::string(file.name), std::string(shipped),
          std::string(file.content), true};
}

}  // namespace

bool is_as_built(const SourceFile& file) {
  const std::string name = fs::path(file.name).filename().string();
  return std::ranges::any_of(embedded_rules(), [&](const EmbeddedFile& built) {
    return built.name == name && built.content == file.content;
  });
}

std::vector<SourceFile> gather_files(const RuleSources& sources, Errors& errors) {
  std::vector<SourceFile> files;
  if (sources.shipped && sources.shipped_dir.empty()) {
    for (const EmbeddedFile& file : embedded_rules()) files.push_back(embedded_file(file));
  } else if (sources.shipped) {
    gather({std::string(shipped), sources.shipped_dir}, files, errors);
  }
  for (const RuleLayer& layer : sources.layers) gather(layer, files, errors);
  return files;
}

Result<SourceFile> included_file(const SourceFile& file, const std::string& name) {
  const fs::path wanted = fs::path(name).lexically_normal();
  const bool outside = wanted.is_absolute() || wanted.empty() || *wanted.begin() == "..";
  if (outside || !is_pattern_file(wanted)) {
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
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(fs::path(file.name).parent_path() / ".", error);
  const fs::path target = fs::weakly_canonical(folder / wanted, error);
  const fs::path relative = target.lexically_relative(folder);
  if (error || relative.empty() || *relative.begin() == "..") {
    return Error{ErrorCode::bad_rule, {}, "'" + name + "' leads out of the folder of this file"};
  }
  return read_file(fs::path(file.name).parent_path() / wanted, file.layer);
}

}  // namespace dechaff::rules
