#pragma once

#include <optional>
#include <string>

#include "app.hpp"
#include "dechaff/batch.hpp"
#include "dechaff/inputs.hpp"
#include "options.hpp"

namespace dechaff::cli {

struct CleanCommand {
  RuleOptions rules;
  InputOptions inputs;
  FormatOptions format;
  std::string output;
  std::string chaff;
  std::string stats;
  std::optional<std::string> in_place;  ///< the suffix of the backup, or empty
  bool resume = false;
  unsigned jobs = 0;  ///< 0: one for each processor
  bool progress = false;
  bool check = false;
  bool diff = false;
  bool quiet = false;
  bool verbose = false;
};

}  // namespace dechaff::cli
