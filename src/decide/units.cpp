#include "decide/units.hpp"

#include <algorithm>

#include "text/eight_bytes.hpp"

namespace dechaff::decide {

namespace {

// Programs that print pages for terminals and mail wrap at 72 to 80 columns.
constexpr std::size_t widest_page = 82;
constexpr std::size_t long_line = 60;
constexpr std::size_t least_long_lines = 6;

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

/// The column that the lines of a wrapped document end before, or 0 if it is none.
std::size_t page_width(const text::LineTable& table, const Places& places) {
  std::size_t all = 0, narrow = 0, width = 0;
  for (const std::uint32_t line : places.line) {
    const std::string_view text = table.line(line).text;
    if (text.size() <= long_line) continue;
    const std::size_t columns = text::count_chars(text);
    if (columns <= long_line) continue;
    ++all;
    if (columns > widest_page) continue;
    ++narrow;
    width = std::max(width, columns);
  }
  return all >= least_long_lines && 10 * narrow >= 9 * all ? width : 0;
}

/// Whether `line` goes on with what `before` could not hold.
bool goes_on(std::string_view before, std::string_view line, bool joined, std::size_t width) {
  if (text::list_marker_size(line) > 0) return false;
  const std::size_t columns = text::count_chars(before);
  const std::size_t indent = indent_of(line);
  const std::string_view words = line.substr(indent);
  const std::size_t first_word = text::count_chars(words.substr(0, words.find_first_of(" \t")));
  if (columns + 1 + first_word + 1 < width || 5 * columns < 3 * width) return false;
  const std::size_t above = indent_of(before);
  const bool hangs = !joined && text::list_marker_size(before) > 0 && indent > above && indent <= above + 4;
  return indent == above || hangs;
}

}  // namespace

std::vector<Unit> units_of(const text::LineTable& table, const Places& places) {
  std::vector<Unit> out;
  const std::size_t width = page_width(table, places);
  for (std::uint32_t p = 0; p < places.size(); ++p) {
    if (width > 0 && p > 0 && !places.first_of_block(p) &&
        goes_on(table.line(places.line[p - 1]).text, table.line(places.line[p]).text, out.back().count > 1,
                width)) {
      ++out.back().count;
    } else {
      out.push_back({p, 1});
    }
  }
  return out;
}

}  // namespace dechaff::decide
