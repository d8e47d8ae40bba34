#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dechaff::text {

/// One line, seen through a view into the text it was cut from.
struct Line {
  std::string_view text;   ///< without its line feed
  std::size_t offset = 0;  ///< bytes from the start of the text
  bool terminated = true;  ///< whether a line feed follows
};

/// Cuts `text` at LF; the text stage has made line feeds of all other line ends that were to become some.
///
/// - A line feed ends a line and starts none: "a\n" is one line, "" is none.
/// - The lines point into `text`; keep it alive and unchanged while they are used.
std::vector<Line> split_lines(std::string_view text);

template <std::same_as<std::string> S>
std::vector<Line> split_lines(S&& text) = delete;

/// Whether nothing but white space (Unicode's property) stands in `text`, which is valid UTF-8.
bool is_blank(std::string_view text);

}  // namespace dechaff::text
