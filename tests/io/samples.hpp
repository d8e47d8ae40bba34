#pragma once

#include <cstdint>
#include <string>

#include "io/codec.hpp"

namespace dechaff::io {

constexpr Codec all_codecs[] = {Codec::none, Codec::gzip, Codec::zstd};
constexpr Codec true_codecs[] = {Codec::gzip, Codec::zstd};

inline constexpr auto codec_name = [](const auto& info) {
  return std::string(info.param == Codec::gzip ? "gzip" : info.param == Codec::zstd ? "zstd" : "none");
};

/// The same bytes for the same `seed`, which no codec makes smaller.
inline std::string noise(std::size_t size, std::uint32_t seed = 1) {
  std::string out(size, '\0');
  for (char& byte : out) {
    seed = seed * 1664525 + 1013904223;
    byte = static_cast<char>(seed >> 24);
  }
  return out;
}

/// Words and numbers, of which codecs make about a quarter.
inline std::string prose(std::size_t size, std::uint32_t seed = 1) {
  static constexpr const char* words[] = {"soup", "leek", "carrot", "salt", "of", "and", "the", "pot"};
  std::string out;
  while (out.size() < size) {
    seed = seed * 1664525 + 1013904223;
    out += words[seed >> 29];
    out += seed >> 16 & 7 ? " " : std::to_string(seed) + "\n";
  }
  out.resize(size);
  return out;
}

}  // namespace dechaff::io
