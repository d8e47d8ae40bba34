#include "config_places.hpp"

#include <cstdlib>

#include "base/real_path.hpp"

namespace dechaff::cli {

namespace fs = std::filesystem;

namespace {

fs::path from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

}  // namespace

fs::path user_config(const fs::path& name) {
  fs::path config = from_environment("XDG_CONFIG_HOME");
  if (!config.is_absolute()) {
    const fs::path home = from_environment("HOME");
    if (home.empty()) return {};
    config = home / ".config";
  }
  return config / "dechaff" / name;
}

bool may_be(const fs::path& path, fs::file_type type) {
  std::error_code error;
  const fs::file_type found = fs::status(path, error).type();
  return found == type || (found == fs::file_type::none && error != std::errc::permission_denied);
}

fs::path nearest_above(const fs::path& name, fs::file_type type) {
  fs::path folder = current_folder().value_or(fs::path());
  while (!folder.empty()) {
    if (may_be(folder / name, type)) return folder / name;
    if (folder == folder.root_path()) break;
    folder = folder.parent_path();
  }
  return {};
}

}  // namespace dechaff::cli
