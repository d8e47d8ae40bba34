#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dechaff::text {

/// How many letters and marks beyond ASCII `text` (valid UTF-8, decoded on a guess) holds; nothing where it
/// does not look like what people write: at least 4 characters beyond ASCII, hardly any that no text holds
/// (unassigned, private, controls, U+FFFD), 9 of 10 of them letters, marks or usual punctuation where it is
/// used so, and words that do not mix scripts or turn to capitals half-way.
std::optional<std::size_t> plausible_letters(std::string_view text);

/// Whether 5 of 6 letters beyond ASCII are ones that some language of western Europe uses together. What
/// other languages wrote in other encodings mixes them when read as windows-1252: "Vèera veèer pøijela".
bool is_western(std::string_view text);

}  // namespace dechaff::text
