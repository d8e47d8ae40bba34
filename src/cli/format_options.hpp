#pragma once

#include "clean_command.hpp"
#include "dechaff/batch.hpp"

namespace CLI {
class App;
}

namespace dechaff::cli {

/// Options that say how documents stand in an input. `format` must outlive the parsing.
void add_format_options(CLI::App& app, FormatOptions& format);

/// Options that say where a run writes and how it works. `command` must outlive the parsing.
void add_run_options(CLI::App& app, CleanCommand& command);

}  // namespace dechaff::cli
