#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/codec.hpp"

namespace dechaff::io {

std::unique_ptr<Decompressor> zstd_decompressor();
std::unique_ptr<Compressor> zstd_compressor();

/// One frame that says how many bytes it holds.
std::string zstd_frame(std::string_view bytes);

}  // namespace dechaff::io
