#include "text/lines.hpp"

#include <algorithm>

#include "text/char_kind.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const bool terminated = end != std::string_view::npos;
    lines.push_back({text.substr(at, terminated ? end - at : end), at, terminated});
    at = terminated ? end + 1 : text.size();
  }
  return lines;
}

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += char_size(text, at)) {
    if (char_kind(char_at(text, at)) != CharKind::space) return false;
  }
  return true;
}

}  // namespace dechaff::text
