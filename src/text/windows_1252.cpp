#include "text/windows_1252.hpp"

#include <algorithm>
#include <array>

namespace dechaff::text {

namespace {

/// The characters of the bytes 0x80 to 0x9F; elsewhere byte and code point are equal.
constexpr std::array<char32_t, 32> high_controls = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

}  // namespace

char32_t windows_1252_char(std::uint8_t byte) {
  return byte >= 0x80 && byte < 0xA0 ? high_controls[byte - 0x80u] : byte;
}

std::optional<std::uint8_t> windows_1252_byte(char32_t c) {
  if (c < 0x100) return static_cast<std::uint8_t>(c);
  const auto* found = std::ranges::find(high_controls, c);
  if (found == high_controls.end()) return std::nullopt;
  return static_cast<std::uint8_t>(0x80 + (found - high_controls.begin()));
}

}  // namespace dechaff::text
