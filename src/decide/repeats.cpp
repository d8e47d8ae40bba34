#include "decide/repeats.hpp"

#include <algorithm>
#include <string_view>

namespace dechaff::decide {

namespace {

/// A line by its comparison form.
struct Keyed {
  std::string_view key;
  std::uint32_t place = 0;
};

// Lines that begin alike stand side by side; so many of them are looked at for one that is near enough.
constexpr std::size_t longest_look = 8;

bool within(std::uint32_t a, std::uint32_t b, std::uint32_t distance) {
  return (a > b ? a - b : b - a) <= distance;
}

/// Whether `longer` begins with `start` and goes on with another word.
bool begins(std::string_view longer, std::string_view start) {
  return longer.size() > start.size() && longer.starts_with(start) &&
         static_cast<unsigned char>(longer[start.size()]) < 0x80 && longer[start.size()] != '-' &&
         longer[start.size()] != '\'' && !(longer[start.size()] >= 'a' && longer[start.size()] <= 'z') &&
         !(longer[start.size()] >= '0' && longer[start.size()] <= '9');
}

/// The first eight bytes, the first of them the weightiest, as texts are ordered.
std::uint64_t first_bytes(std::string_view text) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < sizeof out; ++i)
    out = out << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return out;
}

/// Of equal lines, all but the first or last; each must be near enough to the copy before it.
void add_copies(const rules::Repeat& repeat, const std::vector<Keyed>& keyed,
                std::vector<std::uint32_t>& out) {
  for (std::size_t i = 1; i < keyed.size(); ++i) {
    const Keyed& one = keyed[i - 1];
    const Keyed& two = keyed[i];
    if (one.key != two.key || !within(one.place, two.place, repeat.within)) continue;
    out.push_back(repeat.keep_last ? one.place : two.place);
  }
}

void add_starts(const rules::Repeat& repeat, const std::vector<Keyed>& keyed,
                std::vector<std::uint32_t>& out) {
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    const std::size_t last = std::min(keyed.size(), i + 1 + longest_look);
    for (std::size_t k = i + 1; k < last && keyed[k].key.starts_with(keyed[i].key); ++k) {
      if (!begins(keyed[k].key, keyed[i].key) || !within(keyed[i].place, keyed[k].place, repeat.within))
        continue;
      out.push_back(keyed[i].place);
      break;
    }
  }
}

}  // namespace

std::vector<std::uint32_t> lines_by_key(const text::LineTable& table) {
  struct Started {
    std::uint64_t start = 0;  // as a number, which compares faster than text
    std::uint32_t line = 0;
  };
  std::vector<Started> lines;
  for (std::uint32_t line = 0; line < table.size(); ++line) {
    if (!table.key(line).empty()) lines.push_back({first_bytes(table.key(line)), line});
  }
  std::ranges::sort(lines, [&](const Started& a, const Started& b) {
    if (a.start != b.start) return a.start < b.start;
    const int order = table.key(a.line).compare(table.key(b.line));
    return order != 0 ? order < 0 : a.line < b.line;
  });
  // Lines that begin alike stand in a row, each behind those that it begins with.
  std::vector<std::uint32_t> out;
  std::vector<std::string_view> starts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view key = table.key(lines[i].line);
    while (!starts.empty() && !key.starts_with(starts.back())) starts.pop_back();
    const bool is_start = i + 1 < lines.size() && table.key(lines[i + 1].line).starts_with(key);
    if (is_start || !starts.empty()) out.push_back(lines[i].line);
    if (is_start) starts.push_back(key);
  }
  return out;
}

std::vector<std::uint32_t> repeats(const rules::Repeat& repeat, const text::LineTable& table,
                                   std::span<const std::uint32_t> by_key, const Places& places,
                                   const std::vector<bool>& gone) {
  if (by_key.empty()) return {};
  std::vector<Keyed> keyed;
  keyed.reserve(by_key.size());
  for (const std::uint32_t line : by_key) {
    const std::uint32_t place = places.place[line];
    const bool enough =
        repeat.of == rules::Repeat::Of::start || table.measures(line).words >= repeat.min_words;
    if (enough && place != Places::none && !gone[place]) keyed.push_back({table.key(line), place});
  }
  std::vector<std::uint32_t> out;
  if (repeat.of == rules::Repeat::Of::line) {
    add_copies(repeat, keyed, out);
  } else {
    add_starts(repeat, keyed, out);
    std::erase_if(out,
                  [&](std::uint32_t p) { return table.measures(places.line[p]).words < repeat.min_words; });
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace dechaff::decide
