#include "match/literal_scanner.hpp"

#include <algorithm>

#include "match/literals.hpp"

namespace dechaff::match {

namespace {

constexpr std::size_t widest = sizeof(std::uint32_t);

std::uint32_t bytes_of(std::string_view text) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, text.data(), std::min(text.size(), widest));
  return bytes;
}

}  // namespace

LiteralScanner::LiteralScanner(std::vector<Literal> literals) : literals_(std::move(literals)) {
  for (std::uint32_t i = 0; i < literals_.size(); ++i) {
    const std::string_view text = literals_[i].text;
    if (text.size() >= 3) {
      const std::size_t offset = rarest_window(text, widest);
      Windows& those = text.size() == 3 ? three_ : four_;
      if (text.size() == 3) starts_.set(bytes_of(text.substr(0, 2)));
      those.windows.push_back({hash(bytes_of(text.substr(offset))), i, static_cast<std::uint32_t>(offset)});
      continue;
    }
    // Whatever stands behind a single byte.
    for (std::uint32_t second = 0; second < (text.size() == 1 ? 256U : 1U); ++second) {
      const std::uint32_t start = bytes_of(text) | second << 8;
      starts_.set(start);
      two_.windows.push_back({start, i, 0});
    }
  }
  for (Windows* those : {&four_, &three_, &two_}) those->index();
}

void LiteralScanner::Windows::index() {
  const auto buckets = std::min(slots, static_cast<std::uint32_t>(std::bit_ceil(windows.size() + 1)));
  shift = static_cast<std::uint32_t>(std::countr_zero(slots) - std::countr_zero(buckets));
  begins.resize(buckets + 1);
  for (const Window& window : windows) {
    known.set(window.slot);
    ++begins[(window.slot >> shift) + 1];
  }
  for (std::uint32_t bucket = 0; bucket < buckets; ++bucket) begins[bucket + 1] += begins[bucket];
  // Sorted by counting: there are thousands at each start of the program.
  std::vector<Window> sorted(windows.size());
  std::vector<std::uint32_t> next(begins.begin(), std::prev(begins.end()));
  for (const Window& window : windows) sorted[next[window.slot >> shift]++] = window;
  windows = std::move(sorted);
}

}  // namespace dechaff::match
