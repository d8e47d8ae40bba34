#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dechaff::io {

/// The keys, or indices in decimal, that lead from a record to a value.
using JsonPath = std::vector<std::string>;

/// The path that `name` stands for: a JSON Pointer (RFC 6901) where it begins with '/', otherwise one key.
/// Nothing where the pointer has a '~' that belongs to no '~0' or '~1'.
std::optional<JsonPath> json_path(std::string_view name);

}  // namespace dechaff::io
