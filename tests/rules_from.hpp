#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "dechaff/rules.hpp"

namespace dechaff {

/// A folder of its own for one test, gone with it.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = testing::TempDir() + "dechaff-test-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "cannot make " << name;
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The rules of one pattern file, with nothing that ships beside them. Mistakes in it fail the test.
inline RuleSet rules_from(std::string_view toml) {
  const ScratchFolder folder;
  std::ofstream(folder / "test.toml", std::ios::binary) << toml;
  RuleSources sources;
  sources.shipped = false;
  LoadedRules none = load_rules(sources);
  sources.layers.push_back({"test", folder / "test.toml"});
  LoadedRules loaded = load_rules(sources);
  for (const Error& error : loaded.errors) ADD_FAILURE() << to_string(error);
  return loaded.rules ? *loaded.rules : *none.rules;
}

}  // namespace dechaff
