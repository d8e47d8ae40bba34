#pragma once

#include <filesystem>

#include "dechaff/rules.hpp"

namespace dechaff::cli {

struct RuleOptions;

/// The layers in force: shipped packs beside the program (or the copy inside it), system, user, project,
/// command line.
RuleSources rule_sources(const RuleOptions& options);

/// The folder of shipped packs: `../share/dechaff/rules` as seen from the program's own, empty where there is
/// none.
std::filesystem::path shipped_folder();

}  // namespace dechaff::cli
