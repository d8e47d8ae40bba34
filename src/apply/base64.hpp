#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dechaff::apply {

/// `bytes` in base64 (RFC 4648, section 4), padded, in one line.
std::string to_base64(std::string_view bytes);

/// The bytes that `to_base64` wrote as `text`; nothing for any text it never writes: white space, missing
/// padding, other alphabets, bits left over.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace dechaff::apply
