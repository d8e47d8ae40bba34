#include "rule_sources.hpp"

#include "config_places.hpp"
#include "options.hpp"

namespace dechaff::cli {

namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
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
      {"system", "/etc/dechaff/rules"},
      {"user", user_config("rules")},
      {"project", nearest_above(fs::path(".dechaff") / "rules", fs::file_type::directory)}};
  for (const RuleLayer& layer : layers) {
    if (!layer.path.empty() && is_folder(layer.path)) sources.layers.push_back(layer);
  }
  for (const std::string& path : options.rules) sources.layers.push_back({"command line", path});
  return sources;
}

}  // namespace dechaff::cli
