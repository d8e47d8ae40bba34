#pragma once

#include <memory>

#include "io/codec.hpp"

namespace dechaff::io {

std::unique_ptr<Decompressor> gzip_decompressor();
std::unique_ptr<Compressor> gzip_compressor();

}  // namespace dechaff::io
