#pragma once

#include <span>

#include "base/embedded.hpp"

namespace dechaff::rules {

/// The shipped rule files, sorted by name, for a program that is run without its data folder.
std::span<const EmbeddedFile> embedded_rules();

}  // namespace dechaff::rules
