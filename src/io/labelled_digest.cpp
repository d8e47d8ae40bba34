#include "io/labelled_digest.hpp"

#include <dlfcn.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>

#include "base/ascii.hpp"

namespace dechaff::io {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base32_digits = "abcdefghijklmnopqrstuvwxyz234567";

/// What is used of OpenSSL. It is opened when a digest is first asked for: it has more symbols to link than
/// all other libraries together, a tenth of what starting costs, and few runs read digests. Where it cannot
/// be opened, what is thrown ends the run: records without their digests would look complete.
class Crypto {
 public:
  static const Crypto& library() {
    static const Crypto opened;
    return opened;
  }

  decltype(&EVP_md5) md5;
  decltype(&EVP_sha1) sha1;
  decltype(&EVP_sha256) sha256;
  decltype(&EVP_sha512) sha512;
  decltype(&EVP_Digest) digest;

 private:
  struct Close {
    void operator()(void* library) const { ::dlclose(library); }
  };

  Crypto() : library_(::dlopen(DECHAFF_LIBCRYPTO, RTLD_NOW | RTLD_LOCAL)) {
    if (!library_) throw std::runtime_error(::dlerror());
    find("EVP_md5", md5);
    find("EVP_sha1", sha1);
    find("EVP_sha256", sha256);
    find("EVP_sha512", sha512);
    find("EVP_Digest", digest);
  }

  template <class Function>
  void find(const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library_.get(), name));
    if (function == nullptr) throw std::runtime_error(::dlerror());
  }

  std::unique_ptr<void, Close> library_;
};

const EVP_MD* algorithm(std::string_view label) {
  std::string name = ascii_lower(label);
  std::erase(name, '-');
  if (name == "md5") return Crypto::library().md5();
  if (name == "sha1") return Crypto::library().sha1();
  if (name == "sha256") return Crypto::library().sha256();
  if (name == "sha512") return Crypto::library().sha512();
  return nullptr;
}

std::string digest_of(std::string_view bytes, const EVP_MD* algorithm) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out;
  unsigned size = 0;
  if (Crypto::library().digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr) != 1)
    return {};
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
