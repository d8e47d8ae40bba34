#pragma once

#include "dechaff/inputs.hpp"

namespace CLI {
class App;
}

namespace dechaff::cli {

/// Defines what names the inputs on `app`. `options` must outlive the parsing.
void add_input_options(CLI::App& app, InputOptions& options);

}  // namespace dechaff::cli
