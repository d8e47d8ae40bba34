#pragma once

#include <string_view>

namespace dechaff {

/// A file of the sources as it was when they were built. The views last for ever.
struct EmbeddedFile {
  std::string_view name;  // without its folder: "widgets.toml"
  std::string_view content;
  std::string_view digest;  // SHA-256 of the content, in hexadecimal digits
};

}  // namespace dechaff
