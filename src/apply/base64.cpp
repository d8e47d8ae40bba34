#include "apply/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace dechaff::apply {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t no_digit = 64;

constexpr auto digit_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

char as_char(std::uint32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits & 0xFFU)); }

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::uint32_t bits =
        byte_at(bytes, at) << 16U | byte_at(bytes, at + 1) << 8U | byte_at(bytes, at + 2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) out += alphabet[(bits >> shift) & 0x3FU];
  }
  const std::size_t padding = (3 - bytes.size() % 3) % 3;
  std::fill_n(out.rbegin(), padding, '=');
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2U : (text.ends_with("=") ? 1U : 0U);
  const std::string_view digits = text.substr(0, text.size() - padding);
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::uint32_t value = at < digits.size() ? digit_values[byte_at(digits, at)] : 0U;
    if (value == no_digit) return std::nullopt;
    bits = bits << 6U | value;
    if (at % 4 != 3) continue;
    for (const unsigned shift : {16U, 8U, 0U}) out += as_char(bits >> shift);
    bits = 0;
  }
  for (std::size_t i = 0; i < padding; ++i) {
    if (out.back() != '\0') return std::nullopt;  // the last digit says more than there are bytes
    out.pop_back();
  }
  return out;
}

}  // namespace dechaff::apply
