#include "rule_sources.hpp"

#include <cstdlib>

#include "options.hpp"

namespace dechaff::cli {

namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

fs::path from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

/// $XDG_CONFIG_HOME, or ~/.config (XDG Base Directory Specification 0.8); a relative one does not count.
fs::path user_folder() {
  fs::path config = from_environment("XDG_CONFIG_HOME");
  if (!config.is_absolute()) {
    const fs::path home = from_environment("HOME");
    if (home.empty()) return {};
    config = home / ".config";
  }
  return config / "dechaff" / "rules";
}

/// `.dechaff/rules` in the working folder or the nearest above it.
fs::path project_folder() {
  std::error_code error;
  fs::path folder = fs::current_path(error);
  while (!error && !folder.empty()) {
    if (is_folder(folder / ".dechaff" / "rules")) return folder / ".dechaff" / "rules";
    if (folder == folder.root_path()) break;
    folder = folder.parent_path();
  }
  return {};
}

}  // namespace

fs::path shipped_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path folder = program.parent_path().parent_path() / "share" / "dechaff" / "rules";
  return is_folder(folder) ? folder : fs::path();
}

RuleSources rule_sources(const RuleOptions& options) {
  RuleSources sources;
  sources.shipped = !options.no_default_rules;
  sources.shipped_dir = shipped_folder();
  const RuleLayer layers[] = {
      {"system", "/etc/dechaff/rules"}, {"user", user_folder()}, {"project", project_folder()}};
  for (const RuleLayer& layer : layers) {
    if (!layer.path.empty() && is_folder(layer.path)) sources.layers.push_back(layer);
  }
  for (const std::string& path : options.rules) sources.layers.push_back({"command line", path});
  return sources;
}

}  // namespace dechaff::cli
