#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace dechaff::text {

/// A number below 255 for each code point, worked out by `Of` (`std::uint8_t operator()(char32_t) const`)
/// when it is first asked for: few texts have many characters. Threads may share it.
template <class Of>
class CodePointTable {
 public:
  explicit CodePointTable(Of of = {}) : of_(std::move(of)) {}
  CodePointTable(const CodePointTable&) = delete;
  CodePointTable& operator=(const CodePointTable&) = delete;
  ~CodePointTable() {
    for (const auto& page : pages_) delete page.load(std::memory_order_relaxed);
  }

  /// What `Of` says of `c`, a Unicode scalar value.
  std::uint8_t operator[](char32_t c) const {
    if (const Page* page = pages_[c / page_size].load(std::memory_order_acquire)) {
      // Each is a value of its own: which thread works it out does not matter, nor when it is seen.
      if (const unsigned known = (*page)[c % page_size].load(std::memory_order_relaxed); known != unknown)
        return static_cast<std::uint8_t>(known - 1);
    }
    return worked_out(c);
  }

 private:
  static constexpr std::size_t page_size = 256;
  static constexpr unsigned unknown = 0;  // the others are one more than what they stand for
  using Page = std::array<std::atomic<std::uint8_t>, page_size>;

  std::uint8_t worked_out(char32_t c) const {
    const std::uint8_t value = of_(c);
    page_of(c)[c % page_size].store(static_cast<std::uint8_t>(value + 1), std::memory_order_relaxed);
    return value;
  }

  /// Two threads may make the same page at once: that of the first one stays.
  Page& page_of(char32_t c) const {
    std::atomic<Page*>& page = pages_[c / page_size];
    Page* there = page.load(std::memory_order_acquire);
    if (there != nullptr) return *there;
    auto made = std::make_unique<Page>();
    if (!page.compare_exchange_strong(there, made.get(), std::memory_order_acq_rel)) return *there;
    return *made.release();
  }

  Of of_;
  mutable std::array<std::atomic<Page*>, 0x110000 / page_size> pages_{};
};

}  // namespace dechaff::text
