#pragma once

#include <string>

#include "clean_command.hpp"
#include "dechaff/cleaner.hpp"

namespace dechaff::cli {

/// Options that contradict each other or name one file twice: what is wrong and how to mend it; empty where
/// nothing is.
std::string contradiction(const CleanCommand& command);

/// Does what `dechaff clean` was asked to do, once the rules are loaded: the exit status.
int run_clean(const CleanCommand& command, const Cleaner& cleaner);

}  // namespace dechaff::cli
