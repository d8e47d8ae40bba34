#pragma once

#include "clean_command.hpp"
#include "dechaff/cleaner.hpp"

namespace dechaff::cli {

/// Does what `dechaff clean` was asked to do, once the rules are loaded: the exit status.
int run_clean(const CleanCommand& command, const Cleaner& cleaner);

}  // namespace dechaff::cli
