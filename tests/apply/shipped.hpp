#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "dechaff/cleaner.hpp"
#include "dechaff/rules.hpp"

namespace dechaff {

/// The packs that ship, from the copy inside the library.
inline const RuleSet& shipped_rules() {
  static const LoadedRules loaded = [] {
    LoadedRules out = load_rules({});
    for (const Error& error : out.errors) ADD_FAILURE() << to_string(error);
    if (!out.rules) {
      RuleSources none;
      none.shipped = false;
      out = load_rules(none);
    }
    return out;
  }();
  return *loaded.rules;
}

/// A cleaner with the shipped packs, made once for each profile and form.
inline const Cleaner& shipped_cleaner(const std::string& profile = "safe", Form form = Form::nfc) {
  static std::map<std::pair<std::string, Form>, Cleaner> made;
  const std::pair key(profile, form);
  if (const auto found = made.find(key); found != made.end()) return found->second;
  CleanOptions options;
  options.profile = profile;
  options.form = form;
  return made.emplace(key, *Cleaner::make(shipped_rules(), options)).first->second;
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The files of a folder of testdata/, sorted.
inline std::vector<std::filesystem::path> test_data(std::string_view folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(DECHAFF_TEST_DATA_DIR) /
                                                               "testdata" / folder)) {
    out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace dechaff
