#pragma once

#include <cstdint>
#include <optional>

namespace dechaff::text {

/// The character that windows-1252 has at `byte` (https://encoding.spec.whatwg.org/#windows-1252: the five
/// holes are C1 controls).
char32_t windows_1252_char(std::uint8_t byte);

/// The byte for `c` in windows-1252, or, for the C1 controls that it has no place for, in ISO-8859-1, which
/// much software takes for the same.
std::optional<std::uint8_t> windows_1252_byte(char32_t c);

}  // namespace dechaff::text
