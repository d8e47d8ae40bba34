#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dechaff/cleaner.hpp"

namespace dechaff::apply {

/// The WHATWG name of the encoding that a text seems to have by its beginning, as decoding finds it.
std::string encoding_of_window(std::string_view bytes);

/// Where to cut a text that is larger than `most` bytes: the size of its first part, at least 1 and at most
/// `most`. Behind the last blank line of the second half of that, else behind its last line feed, else before
/// the last character. `encoding` is a WHATWG name.
std::size_t window_size(std::string_view bytes, std::size_t most, std::string_view encoding);

/// Puts the blank line back that a window ended in and that cleaning took off its end: it stands between two
/// windows of one text, not at its end.
void keep_blank_line(Cleaned& window, std::string_view original);

}  // namespace dechaff::apply
