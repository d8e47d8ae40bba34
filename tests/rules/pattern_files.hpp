#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/rules.hpp"
#include "rules_from.hpp"

namespace dechaff {

/// Writes `content` to `name` below the folder, making the folders on the way.
inline std::filesystem::path put(const ScratchFolder& folder, std::string_view name,
                                 std::string_view content) {
  const std::filesystem::path path = folder / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

/// Loads the layers alone, without what ships.
inline LoadedRules load_layers(std::vector<RuleLayer> layers) {
  RuleSources sources;
  sources.shipped = false;
  sources.layers = std::move(layers);
  return load_rules(sources);
}

/// The messages of all errors, with paths from the folder on.
inline std::vector<std::string> messages(const LoadedRules& loaded, const ScratchFolder& folder) {
  const std::string root = folder.path().string() + "/";
  std::vector<std::string> out;
  for (const Error& error : loaded.errors) {
    std::string text = to_string(error);
    for (std::size_t at; (at = text.find(root)) != text.npos;) text.erase(at, root.size());
    out.push_back(std::move(text));
  }
  return out;
}

}  // namespace dechaff
