#pragma once

#include <CLI/CLI.hpp>

#include "dechaff/inputs.hpp"

namespace dechaff::cli {

/// Defines what names the inputs on `app`. `options` must outlive the parsing.
void add_input_options(CLI::App& app, InputOptions& options);

}  // namespace dechaff::cli
