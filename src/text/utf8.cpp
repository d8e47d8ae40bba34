#include "text/utf8.hpp"

#include <simdjson.h>

#include <array>
#include <cassert>
#include <cstdint>

#include "text/eight_bytes.hpp"

namespace dechaff::text {

namespace {

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

bool is_trail(unsigned byte) { return (byte & 0xC0U) == 0x80; }

/// What may follow a lead byte (Unicode 15, table 3-7).
struct Lead {
  std::uint8_t size = 0;    // of the whole sequence; 0 for a byte that starts none
  std::uint8_t low = 0x80;  // bounds of the second byte
  std::uint8_t high = 0xBF;
};

constexpr Lead lead_of(unsigned byte) {
  if (byte < 0x80) return {1};
  if (byte < 0xC2) return {0};
  if (byte < 0xE0) return {2};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0};
}

constexpr auto leads = [] {
  std::array<Lead, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) table[byte] = lead_of(byte);
  return table;
}();

/// How many bytes from `at` on belong to the longest prefix of a valid sequence.
std::size_t matching_size(std::string_view bytes, std::size_t at, const Lead& lead) {
  if (lead.size == 0) return 0;
  std::size_t size = 1;
  for (; size < lead.size && at + size < bytes.size(); ++size) {
    const unsigned byte = byte_at(bytes, at + size);
    if (size == 1 ? byte < lead.low || byte > lead.high : !is_trail(byte)) break;
  }
  return size;
}

}  // namespace

std::size_t ascii_end(std::string_view bytes, std::size_t at) {
  const auto eight = [&](std::size_t place) { return eight_bytes(bytes, place); };
  while (bytes.size() - at >= 32 &&
         ((eight(at) | eight(at + 8) | eight(at + 16) | eight(at + 24)) & high_bits) == 0)
    at += 32;
  while (bytes.size() - at >= sizeof(std::uint64_t) && (eight_bytes(bytes, at) & high_bits) == 0)
    at += sizeof(std::uint64_t);
  while (at < bytes.size() && byte_at(bytes, at) < 0x80) ++at;
  return at;
}

std::size_t previous_char(std::string_view text, std::size_t at) {
  assert(at > 0 && at <= text.size());
  do --at;
  while (at > 0 && is_trail(byte_at(text, at)));
  return at;
}

void append_utf8(std::string& out, char32_t c) {
  assert(c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF));
  const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::size_t well_formed_size(std::string_view bytes, std::size_t at) {
  assert(at < bytes.size());
  const Lead& lead = leads[byte_at(bytes, at)];
  return matching_size(bytes, at, lead) == lead.size ? lead.size : 0;
}

bool is_utf8(std::string_view bytes) { return simdjson::validate_utf8(bytes); }

std::size_t valid_prefix(std::string_view bytes) {
  std::size_t at = 0;
  while ((at = ascii_end(bytes, at)) < bytes.size()) {
    const std::size_t size = well_formed_size(bytes, at);
    if (size == 0) return at;
    at += size;
  }
  return at;
}

std::size_t ill_formed_size(std::string_view bytes, std::size_t at) {
  assert(at < bytes.size());
  const std::size_t size = matching_size(bytes, at, leads[byte_at(bytes, at)]);
  return size == 0 ? 1 : size;
}

}  // namespace dechaff::text
