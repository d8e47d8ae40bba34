#include "output_paths.hpp"

namespace dechaff::cli {

namespace fs = std::filesystem;

OutputPlace output_place(const std::string& output) {
  std::error_code error;
  if (output.empty() || output == "-") return {};
  if (output.ends_with('/') || fs::is_directory(output, error)) return {{}, output};
  return {output, {}};
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error && fs::is_regular_file(a, error);
}

}  // namespace dechaff::cli
