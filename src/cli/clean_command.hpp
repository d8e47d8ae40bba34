#pragma once

#include <string>
#include <vector>

#include "app.hpp"
#include "io/inputs.hpp"
#include "options.hpp"

namespace dechaff::cli {

struct CleanCommand {
  RuleOptions rules;
  io::InputOptions inputs;
  std::vector<std::string> paths;  ///< what the inputs come to
  std::string output;
  std::string chaff;
  std::string stats;
  bool check = false;
  bool diff = false;
  bool quiet = false;
  bool verbose = false;
};

}  // namespace dechaff::cli
