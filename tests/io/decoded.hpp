#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "io/codec.hpp"

namespace dechaff::io {

/// What a decompressor made of some bytes: the error is empty where there was none.
struct Decoded {
  std::string bytes;
  std::string error;

  friend bool operator==(const Decoded&, const Decoded&) = default;
};

/// Decompresses `in`, which comes in pieces of the sizes that `next` gives (at least 1), into room of such
/// sizes. Stops after `limit` bytes, without an error.
inline Decoded decoded(Codec codec, std::string_view in, const std::function<std::size_t()>& next,
                       std::size_t limit = std::string::npos) {
  Decoded out;
  const auto reader = decompressor(codec);
  std::string_view piece;
  for (;;) {
    const std::size_t room = std::min(next(), limit - out.bytes.size());
    const std::size_t before = out.bytes.size();
    if (room == 0) return out;
    const auto done = reader->read(piece, out.bytes, room);
    if (out.bytes.size() - before > room) out.error = "more than there was room for";
    if (!done) out.error = to_string(done.error());
    if (!out.error.empty()) return out;
    if (!piece.empty() || out.bytes.size() - before == room) continue;
    if (in.empty()) break;
    piece = in.substr(0, next());
    in.remove_prefix(piece.size());
  }
  if (const auto end = reader->end(); !end) out.error = to_string(end.error());
  return out;
}

/// The same with pieces and room of one size each.
inline Decoded decoded(Codec codec, std::string_view in, std::size_t piece = std::string::npos) {
  return decoded(codec, in, [=] { return piece; });
}

}  // namespace dechaff::io
