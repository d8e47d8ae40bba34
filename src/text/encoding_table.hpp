#pragma once

#include <span>
#include <string_view>

#include "text/decode.hpp"

namespace dechaff::text {

/// An encoding and its labels, in lower case with one space between.
struct EncodingRow {
  Encoding encoding;
  std::string_view labels;
};

/// What the bytes from `first` on stand for, each alone, in an encoding whose ICU converter says otherwise;
/// U+FFFD for those that stand for nothing.
struct BytePatch {
  std::string_view encoding;
  unsigned char first = 0;
  std::u32string_view chars;
};

/// For the life of the program, in WHATWG's order, those that it does not have at the end.
std::span<const EncodingRow> encoding_rows();

std::span<const BytePatch> byte_patches();

}  // namespace dechaff::text
