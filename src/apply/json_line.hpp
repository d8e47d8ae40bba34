#pragma once

#include <string>
#include <string_view>

#include "base/json.hpp"

namespace dechaff::apply {

/// `value` as JSON in one line, without the line feed. What cannot be seen or would move the cursor of a
/// terminal (controls, spaces but U+0020, bidi marks, default ignorables) is escaped, so that a reader sees
/// what was removed. Strings that are no valid UTF-8 get U+FFFD.
std::string to_json_line(const nlohmann::ordered_json& value);

/// `name` in single quotes for a message: escaped like a JSON string, cut where it is very long.
std::string in_quotes(std::string_view name);

}  // namespace dechaff::apply
