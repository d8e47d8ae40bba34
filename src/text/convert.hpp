#pragma once

#include <cstddef>
#include <string_view>

#include "text/decode.hpp"

namespace dechaff::text {

/// Decodes `bytes` from `encoding`, any but UTF-8, whatever they look like. The first `mark_size` bytes are a
/// byte order mark and stand for nothing.
Decoded convert(std::string_view bytes, const Encoding& encoding, std::size_t mark_size, DecodeCauses causes);

}  // namespace dechaff::text
