#pragma once

#include <filesystem>
#include <string>

namespace dechaff::cli {

/// Where clean texts go: into one file, into a folder with a file for each input, or, where both are empty,
/// to standard output.
struct OutputPlace {
  std::filesystem::path file;
  std::filesystem::path folder;
};

/// `output` is a folder where it exists as one or ends in '/', else a file; "" and "-" are standard output.
OutputPlace output_place(const std::string& output);

/// Whether both name one existing file.
bool same_file(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace dechaff::cli
