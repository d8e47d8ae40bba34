#include "apply/hash.hpp"

#include <xxhash.h>

#include <new>

namespace dechaff::apply {

namespace {

std::string to_text(XXH128_hash_t hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, hash);
  std::string out = "xxh3-128:";
  for (const unsigned char byte : bytes.digest) {
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  }
  return out;
}

}  // namespace

void Hasher::Free::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

Hasher::Hasher() : state_(XXH3_createState()) {
  if (!state_) throw std::bad_alloc();
  reset();
}

void Hasher::add(std::string_view bytes) { XXH3_128bits_update(state_.get(), bytes.data(), bytes.size()); }

void Hasher::reset() { XXH3_128bits_reset(state_.get()); }

std::string Hasher::text() const { return to_text(XXH3_128bits_digest(state_.get())); }

std::string hash_of(std::string_view bytes) { return to_text(XXH3_128bits(bytes.data(), bytes.size())); }

}  // namespace dechaff::apply
