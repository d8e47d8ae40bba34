#pragma once

#include <string>
#include <vector>

#include "app.hpp"
#include "options.hpp"

namespace dechaff::cli {

struct CleanCommand {
  RuleOptions rules;
  std::vector<std::string> paths;
  std::string output;
  std::string chaff;
  std::string stats;
  bool check = false;
  bool diff = false;
  bool quiet = false;
  bool verbose = false;
};

}  // namespace dechaff::cli
