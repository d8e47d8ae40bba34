#pragma once

#include <span>
#include <string_view>

namespace dechaff::rules {

/// A shipped rule file as it stood in rules/ when the library was built. The views last for ever.
struct EmbeddedFile {
  std::string_view name;  // without its folder: "widgets.toml"
  std::string_view content;
};

/// The shipped rule files, sorted by name, for a program that is run without its data folder.
std::span<const EmbeddedFile> embedded_rules();

}  // namespace dechaff::rules
