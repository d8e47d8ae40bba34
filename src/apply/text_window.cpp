#include "apply/text_window.hpp"

#include <algorithm>

#include "text/decode.hpp"

namespace dechaff::apply {

namespace {

// What the encoding is told by; ICU's detector reads no further than that either.
constexpr std::size_t looked_at = std::size_t{64} << 10U;

/// Bytes of a line feed in `encoding`.
std::string_view line_feed_in(std::string_view encoding) {
  using namespace std::string_view_literals;
  if (encoding == "utf-16le") return "\n\0"sv;
  if (encoding == "utf-16be") return "\0\n"sv;
  if (encoding == "utf-32le") return "\n\0\0\0"sv;
  if (encoding == "utf-32be") return "\0\0\0\n"sv;
  return "\n"sv;
}

bool ends_in_blank_line(std::string_view bytes, std::string_view encoding) {
  const std::string_view feed = line_feed_in(encoding);
  std::string carriage_return(feed);
  carriage_return[feed.find('\n')] = '\r';
  if (!bytes.ends_with(feed)) return false;
  bytes.remove_suffix(feed.size());
  if (bytes.ends_with(carriage_return)) bytes.remove_suffix(feed.size());
  return bytes.ends_with(feed);
}

/// The last place in [least, bytes.size()) behind an aligned `wanted`; 0 for none.
std::size_t last_behind(std::string_view bytes, std::string_view wanted, std::size_t unit,
                        std::size_t least) {
  for (std::size_t at = bytes.rfind(wanted); at != bytes.npos && at + wanted.size() >= least;
       at = at == 0 ? bytes.npos : bytes.rfind(wanted, at - 1)) {
    if (at % unit == 0) return at + wanted.size();
  }
  return 0;
}

}  // namespace

std::string encoding_of_window(std::string_view bytes) {
  return text::decode(bytes.substr(0, looked_at), nullptr, {}).encoding;
}

void keep_blank_line(Cleaned& window, std::string_view original) {
  const std::string_view clean = window.text;
  if (clean.empty() || !clean.ends_with('\n') || clean.ends_with("\n\n")) return;
  if (window.changes.empty() || !ends_in_blank_line(original, window.encoding)) return;
  Change& last = window.changes.back();
  // Cleaning takes nothing but what is in the window, so a blank line that is missing went with the last
  // change.
  if (last.from + last.from_size != original.size() || last.to + last.to_size != clean.size()) return;
  ++last.to_size;
  window.text += '\n';
  const std::string_view before = original.substr(last.from);
  if (before == std::string_view(window.text).substr(last.to)) window.changes.pop_back();
}

std::size_t window_size(std::string_view bytes, std::size_t most, std::string_view encoding) {
  const std::string_view feed = line_feed_in(encoding);
  const std::size_t unit = feed.size();
  const std::string_view window = bytes.substr(0, most);
  std::string blank_line = std::string(feed) + std::string(feed);
  std::size_t size = last_behind(window, blank_line, unit, window.size() / 2);
  if (size == 0 && unit == 1) size = last_behind(window, "\r\n\r\n", unit, window.size() / 2);
  if (size == 0) size = last_behind(window, feed, unit, 1);
  if (size > 0) return size;
  size = window.size();
  // Before a character's first byte, should the bytes be UTF-8.
  const auto is_trail = [&](std::size_t at) {
    return at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U;
  };
  for (int back = 0; back < 3 && size > 1 && is_trail(size); ++back) --size;
  size -= size % unit;
  return std::max<std::size_t>(size, 1);
}

}  // namespace dechaff::apply
