#pragma once

#include <string_view>

namespace dechaff {

/// A file of the sources as it was when they were built. The views last for ever.
struct EmbeddedFile {
  std::string_view name;  // without its folder: "widgets.toml"
  std::string_view content;
};

}  // namespace dechaff
