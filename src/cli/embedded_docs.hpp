#pragma once

#include <span>

#include "base/embedded.hpp"

namespace dechaff::cli {

/// The files of docs/, sorted by name: what `dechaff help TOPIC` shows.
std::span<const EmbeddedFile> embedded_docs();

}  // namespace dechaff::cli
