#pragma once

#include <filesystem>

namespace dechaff::cli {

/// `name` in $XDG_CONFIG_HOME/dechaff, or in ~/.config/dechaff (XDG Base Directory Specification 0.8); a
/// relative variable does not count. Empty where there is neither.
std::filesystem::path user_config(const std::filesystem::path& name);

/// Whether the path is of this type, as far as can be told: what cannot be looked at may be, and reading it
/// says what is wrong with it; what may not be looked at is as good as not there.
bool may_be(const std::filesystem::path& path, std::filesystem::file_type type);

/// `name` in the working folder or the nearest above it where it is a file or folder of this type; empty
/// where there is none.
std::filesystem::path nearest_above(const std::filesystem::path& name, std::filesystem::file_type type);

}  // namespace dechaff::cli
