#include "match/literal_scanner.hpp"

#include <algorithm>

#include "match/literals.hpp"

namespace dechaff::match {

namespace {

/// The first `size` bytes of a text, or all of them.
std::uint64_t bytes_of(std::string_view text, std::size_t size) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text.data(), std::min(text.size(), size));
  return bytes;
}

}  // namespace

LiteralScanner::LiteralScanner(std::vector<Literal> literals) {
  std::ranges::sort(literals);
  std::vector<char>& texts = texts_.own();
  for (std::size_t begin = 0, end = 0; begin < literals.size(); begin = end) {
    const std::string_view text = literals[begin].text;
    Placed placed{static_cast<std::uint32_t>(texts.size()), static_cast<std::uint32_t>(text.size()),
                  static_cast<std::uint32_t>(ids_.size()), 0};
    for (; end < literals.size() && literals[end].text == text; ++end) ids_.own().push_back(literals[end].id);
    placed.last_id = static_cast<std::uint32_t>(ids_.size());
    add_windows(text, static_cast<std::uint32_t>(literals_.size()));
    literals_.own().push_back(placed);
    texts.insert(texts.end(), text.begin(), text.end());
  }
  for (Windows* those : {&eight_, &four_, &three_, &two_}) those->index();
  mark();
}

void LiteralScanner::add_windows(std::string_view text, std::uint32_t literal) {
  if (text.size() >= 3) {
    const std::size_t size = text.size() >= 8 ? 8 : std::min<std::size_t>(text.size(), 4);
    // Rare must be the first four bytes, which are all that is asked of most places.
    const std::size_t offset =
        size == 8 ? rarest_window(text.substr(0, text.size() - 4), 4) : rarest_window(text, size);
    Windows& those = size == 8 ? eight_ : size == 4 ? four_ : three_;
    those.windows.own().push_back(
        {bytes_of(text.substr(offset), size), literal, static_cast<std::uint32_t>(offset)});
    return;
  }
  // Whatever stands behind a single byte.
  for (std::uint64_t second = 0; second < (text.size() == 1 ? 256U : 1U); ++second)
    two_.windows.own().push_back({bytes_of(text, 2) | second << 8, literal, 0});
}

void LiteralScanner::Windows::index() {
  const auto buckets = std::min(slots, static_cast<std::uint32_t>(std::bit_ceil(windows.size() + 1)));
  shift = static_cast<std::uint32_t>(std::countr_zero(slots) - std::countr_zero(buckets));
  std::vector<std::uint32_t> ends(buckets + 1);
  for (const Window& window : windows) ++ends[(slot_of(window.bytes) >> shift) + 1];
  for (std::uint32_t bucket = 0; bucket < buckets; ++bucket) ends[bucket + 1] += ends[bucket];
  // Sorted by counting: there are thousands.
  std::vector<Window> sorted(windows.size());
  std::vector<std::uint32_t> next(ends.begin(), std::prev(ends.end()));
  for (const Window& window : windows) sorted[next[slot_of(window.bytes) >> shift]++] = window;
  begins = std::move(ends);
  windows = std::move(sorted);
}

void LiteralScanner::Windows::mark() {
  for (const Window& window : windows) {
    known.set(slot_of(window.bytes));
    known_otherwise.set(other_slot_of(window.bytes));
  }
}

void LiteralScanner::mark() {
  for (Windows* those : {&eight_, &four_, &three_, &two_}) those->mark();
  for (const Windows* those : {&eight_, &four_}) {
    for (const Windows::Window& window : those->windows) fours_.set(slot_of(window.bytes & 0xFFFFFFFFU));
  }
  for (const Windows::Window& window : two_.windows) starts_.set(window.bytes);
  for (const Windows::Window& window : three_.windows)
    starts_.set(bytes_of(text_of(literals_[window.literal]), 2));
}

bool LiteralScanner::settle(std::uint32_t ids) {
  if (!holds_together(ids)) return false;
  mark();
  return true;
}

bool LiteralScanner::holds_together(std::uint32_t ids) const {
  const auto is_sound = [&](const Placed& one) {
    return one.begin <= texts_.size() && one.size > 0 && one.size <= texts_.size() - one.begin &&
           one.first_id <= one.last_id && one.last_id <= ids_.size();
  };
  const auto is_id = [&](std::uint32_t id) { return id < ids; };
  if (!std::ranges::all_of(literals_, is_sound) || !std::ranges::all_of(ids_, is_id)) return false;
  for (const Windows* those : {&eight_, &four_, &three_, &two_}) {
    const auto is_literal = [&](const Windows::Window& window) {
      return window.literal < literals_.size() && (those != &two_ || window.bytes < slots);
    };
    const PlainList<std::uint32_t>& begins = those->begins;
    if (begins.empty() && those->windows.empty()) continue;
    const bool has_all_slots =
        those->shift <= std::countr_zero(slots) && begins.size() == (std::size_t{slots} >> those->shift) + 1;
    if (!has_all_slots || !std::is_sorted(begins.begin(), begins.end()) ||
        begins[begins.size() - 1] != those->windows.size() ||
        !std::ranges::all_of(those->windows, is_literal))
      return false;
  }
  return true;
}

}  // namespace dechaff::match
