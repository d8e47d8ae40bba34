#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dechaff/error.hpp"

namespace dechaff::cli {

/// Where the clean text of each input goes.
struct OutputPlan {
  std::filesystem::path file;  ///< one file for all of them; empty for standard output or a folder
  std::vector<std::filesystem::path> files;  ///< one for each input, in a folder; else empty
};

/// `output` is a folder where it exists as one or ends in '/', else a file. In a folder each input goes to
/// its own path, without a leading '/' and with `..` resolved, so that nothing is written outside; two inputs
/// that would meet in one file, and standard input, which has no path, are errors.
Result<OutputPlan> plan_output(const std::string& output, const std::vector<std::string>& inputs);

/// Whether both name one existing file.
bool same_file(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace dechaff::cli
