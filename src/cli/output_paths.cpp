#include "output_paths.hpp"

#include <map>

#include "io/inputs.hpp"

namespace dechaff::cli {

namespace {

namespace fs = std::filesystem;

}  // namespace

Result<OutputPlan> plan_output(const std::string& output, const std::vector<std::string>& inputs) {
  OutputPlan plan;
  std::error_code error;
  const bool folder = output.ends_with('/') || fs::is_directory(output, error);
  if (!folder) {
    if (output != "-") plan.file = output;
    return plan;
  }
  std::map<fs::path, std::string> taken;
  for (const std::string& input : inputs) {
    if (input == "-")
      return Error{
          ErrorCode::usage, {}, "standard input has no name in the folder " + output + "; give -o a file"};
    const fs::path path = fs::path(output) / io::path_below(input);
    const auto [at, fresh] = taken.emplace(path, input);
    if (!fresh)
      return Error{
          ErrorCode::usage, {}, at->second + " and " + input + " would both become " + path.string()};
    plan.files.push_back(path);
  }
  return plan;
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error && fs::is_regular_file(a, error);
}

}  // namespace dechaff::cli
