#include "io/labelled_digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.hpp"

namespace dechaff::io {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base32_digits = "abcdefghijklmnopqrstuvwxyz234567";

const EVP_MD* algorithm(std::string_view label) {
  std::string name = ascii_lower(label);
  std::erase(name, '-');
  if (name == "md5") return EVP_md5();
  if (name == "sha1") return EVP_sha1();
  if (name == "sha256") return EVP_sha256();
  if (name == "sha512") return EVP_sha512();
  return nullptr;
}

std::string digest_of(std::string_view bytes, const EVP_MD* algorithm) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out;
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr) != 1) return {};
  return {out.begin(), out.begin() + size};
}

/// `bytes` in digits of `width` bits, the most significant first; zeros fill up the last.
std::string in_digits(std::string_view bytes, std::string_view digits, unsigned width) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= width; held -= width) out += digits[bits >> (held - width) & ((1U << width) - 1)];
  }
  if (held > 0) out += digits[bits << (width - held) & ((1U << width) - 1)];
  return out;
}

std::string base32(std::string_view bytes) {
  std::string out = in_digits(bytes, base32_digits, 5);
  out.resize((out.size() + 7) / 8 * 8, '=');
  return out;
}

std::string_view unpadded(std::string_view base32) {
  return base32.substr(0, base32.find_last_not_of('=') + 1);
}

bool has_only(std::string_view value, std::string_view digits) {
  return std::ranges::all_of(value, [&](char c) { return digits.find(ascii_lower(c)) != digits.npos; });
}

/// `digest` in digits as those of `value`, in lower case; nothing where `value` is no digest of its size.
std::optional<std::string> in_digits_of(std::string_view value, std::string_view digest) {
  if (value.size() == 2 * digest.size() && has_only(value, hex_digits))
    return in_digits(digest, hex_digits, 4);
  const std::string padded = base32(digest);
  if (!has_only(unpadded(value), base32_digits)) return {};
  if (value.size() == padded.size() && unpadded(value).size() == unpadded(padded).size()) return padded;
  if (value.size() == unpadded(padded).size()) return std::string(unpadded(padded));
  return {};
}

}  // namespace

std::optional<std::string> digest_like(std::string_view like, std::string_view bytes) {
  const std::size_t colon = like.find(':');
  if (colon == like.npos) return {};
  const EVP_MD* known = algorithm(like.substr(0, colon));
  if (known == nullptr) return {};
  const std::string digest = digest_of(bytes, known);
  if (digest.empty()) return {};  // a cryptographic policy may forbid MD5
  const std::string_view value = like.substr(colon + 1);
  std::optional<std::string> out = in_digits_of(value, digest);
  if (!out) return {};
  const bool is_lower = std::ranges::any_of(value, [](char c) { return c != ascii_upper(c); });
  if (!is_lower) std::ranges::transform(*out, out->begin(), [](char c) { return ascii_upper(c); });
  return std::string(like.substr(0, colon + 1)) + *out;
}

}  // namespace dechaff::io
