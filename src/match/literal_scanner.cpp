#include "match/literal_scanner.hpp"

#include <algorithm>

#include "match/literals.hpp"

namespace dechaff::match {

namespace {

constexpr std::size_t widest = sizeof(std::uint32_t);

/// Where the rarest bytes of a text begin that tell it.
std::size_t rarest_window(std::string_view text) {
  std::size_t best = 0;
  double most = rarity(text.substr(0, widest));
  for (std::size_t at = 1; at + widest <= text.size(); ++at) {
    const double here = rarity(text.substr(at, widest));
    if (here <= most) continue;
    most = here;
    best = at;
  }
  return best;
}

std::uint32_t bytes_of(std::string_view text) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, text.data(), std::min(text.size(), widest));
  return bytes;
}

}  // namespace

LiteralScanner::LiteralScanner(std::vector<Literal> literals) : literals_(std::move(literals)) {
  std::ranges::stable_sort(literals_, {}, &Literal::text);
  for (std::uint32_t i = 0, next = 0; i < literals_.size(); i = next) {
    const std::string_view text = literals_[i].text;
    while (next < literals_.size() && literals_[next].text == text) ++next;
    if (text.size() >= 3) {
      const std::size_t offset = rarest_window(text);
      Windows& those = text.size() == 3 ? three_ : four_;
      if (text.size() == 3) starts_.set(bytes_of(text.substr(0, 2)));
      those.windows.push_back(
          {hash(bytes_of(text.substr(offset))), i, next - i, static_cast<std::uint32_t>(offset)});
      continue;
    }
    // Whatever stands behind a single byte.
    for (std::uint32_t second = 0; second < (text.size() == 1 ? 256U : 1U); ++second) {
      const std::uint32_t start = bytes_of(text) | second << 8;
      starts_.set(start);
      two_.windows.push_back({start, i, next - i, 0});
    }
  }
  for (Windows* those : {&four_, &three_, &two_}) those->index();
}

void LiteralScanner::Windows::index() {
  std::ranges::stable_sort(windows, {}, &Window::slot);
  const auto buckets = std::min(slots, static_cast<std::uint32_t>(std::bit_ceil(windows.size() + 1)));
  shift = static_cast<std::uint32_t>(std::countr_zero(slots) - std::countr_zero(buckets));
  begins.resize(buckets + 1);
  for (const Window& window : windows) {
    known.set(window.slot);
    ++begins[(window.slot >> shift) + 1];
  }
  for (std::uint32_t bucket = 0; bucket < buckets; ++bucket) begins[bucket + 1] += begins[bucket];
}

}  // namespace dechaff::match
