#include "text/convert.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "text/encoding_table.hpp"
#include "text/icu.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

struct ConverterFree {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterFree>;

Converter open_converter(const Encoding& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  Converter out(ucnv_open(std::string(encoding.converter).c_str(), &status));
  // Ill-formed bytes are reported, so that they can be counted.
  if (out) ucnv_setToUCallBack(out.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  require(status);
  return out;
}

/// Collects characters and the bytes they come from, in the order of the bytes.
class Writer {
 public:
  Writer(std::string_view bytes, DecodeCauses causes) : bytes_(bytes), causes_(causes) {
    out_.text.reserve(bytes.size());
  }

  /// `size` bytes, 0 for the second character of a sequence, became `c`.
  void put(std::size_t size, char32_t c) {
    const std::size_t before = out_.text.size();
    append_utf8(out_.text, c);
    const bool same = bytes_.substr(at_, size) == std::string_view(out_.text).substr(before);
    if (same) {
      open_ = false;
    } else {
      grow(size, out_.text.size() - before);
    }
    at_ += size;
    // Lines are told apart, so that a removed line needs no more of the original than its own.
    if (c == '\n') open_ = false;
  }

  /// `size` bytes are ill-formed.
  void put_invalid(std::size_t size) {
    out_.changes.push_back({at_, size, out_.text.size(), replacement.size(), causes_.invalid});
    out_.text += replacement;
    at_ += size;
    ++out_.invalid;
    open_ = false;
  }

  /// `size` bytes, such as an escape sequence, stand for nothing.
  void skip(std::size_t size) {
    if (size == 0) return;
    grow(size, 0);
    at_ += size;
  }

  Decoded take() && { return std::move(out_); }

 private:
  void grow(std::size_t from_size, std::size_t to_size) {
    if (!open_) out_.changes.push_back({at_, 0, out_.text.size() - to_size, 0, causes_.encoding});
    open_ = true;
    out_.changes.back().from_size += from_size;
    out_.changes.back().to_size += to_size;
  }

  std::string_view bytes_;
  DecodeCauses causes_;
  Decoded out_;
  std::size_t at_ = 0;
  bool open_ = false;  // whether the last change may grow
};

constexpr char32_t undefined = 0xFFFD;

/// A character for each byte.
using ByteTable = std::array<char32_t, 256>;

void apply_patches(ByteTable& table, const Encoding& encoding) {
  for (const BytePatch& patch : byte_patches()) {
    if (patch.encoding != encoding.name) continue;
    for (std::size_t i = 0; i < patch.chars.size(); ++i) table[patch.first + i] = patch.chars[i];
  }
}

/// What each byte of a single-byte encoding stands for.
ByteTable byte_table_of(const Encoding& encoding, UConverter& converter) {
  ByteTable table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    const char source = static_cast<char>(static_cast<unsigned char>(byte));
    const char* from = &source;
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(&converter, &from, from + 1, &status);
    table[byte] = U_SUCCESS(status) ? static_cast<char32_t>(c) : undefined;
    ucnv_resetToUnicode(&converter);
  }
  apply_patches(table, encoding);
  return table;
}

void put_from_table(Writer& writer, char32_t c) {
  if (c == undefined) {
    writer.put_invalid(1);
  } else {
    writer.put(1, c);
  }
}

void convert_single_bytes(Writer& writer, std::string_view bytes, const ByteTable& table) {
  for (const char byte : bytes) put_from_table(writer, table[static_cast<unsigned char>(byte)]);
}

void convert_sequences(Writer& writer, std::string_view bytes, const Encoding& encoding,
                       UConverter& converter) {
  ByteTable patched{};  // 0 where ICU is right
  apply_patches(patched, encoding);
  // ICU counts in 32 bits; each call takes one character, so a nearer end does not show.
  constexpr std::ptrdiff_t most = std::numeric_limits<std::int32_t>::max();
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  for (;;) {
    const char* const begin = at;
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(&converter, &at, begin + std::min(end - begin, most), &status);
    const auto size = static_cast<std::size_t>(at - begin);
    const char32_t patch = size == 1 ? patched[static_cast<unsigned char>(*begin)] : 0;
    if (patch != 0) {
      put_from_table(writer, patch);
    } else if (U_SUCCESS(status)) {
      writer.put(size, static_cast<char32_t>(c));
    } else if (status == U_INDEX_OUTOFBOUNDS_ERROR) {
      return writer.skip(size);
    } else {
      writer.put_invalid(size);
    }
  }
}

}  // namespace

Decoded convert(std::string_view bytes, const Encoding& encoding, std::size_t mark_size,
                DecodeCauses causes) {
  Writer writer(bytes, causes);
  writer.skip(mark_size);
  const Converter converter = open_converter(encoding);
  if (ucnv_getMaxCharSize(converter.get()) == 1) {
    convert_single_bytes(writer, bytes.substr(mark_size), byte_table_of(encoding, *converter));
  } else {
    convert_sequences(writer, bytes.substr(mark_size), encoding, *converter);
  }
  Decoded out = std::move(writer).take();
  out.encoding = encoding.name;
  return out;
}

}  // namespace dechaff::text
