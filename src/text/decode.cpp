#include "text/decode.hpp"

#include <cstddef>
#include <string>

#include "text/convert.hpp"
#include "text/guess.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

using namespace std::string_view_literals;

struct Mark {
  std::string_view bytes;
  std::string_view encoding;
};

// UTF-32LE's begins with UTF-16LE's.
constexpr Mark marks[] = {
    {"\xEF\xBB\xBF"sv, "utf-8"}, {"\xFF\xFE\0\0"sv, "utf-32le"}, {"\0\0\xFE\xFF"sv, "utf-32be"},
    {"\xFF\xFE"sv, "utf-16le"},  {"\xFE\xFF"sv, "utf-16be"},
};

/// Whether a mark for `marked` may be looked for in text declared as `declared`: it tells the byte order, no
/// more.
bool is_open_to(const Encoding* declared, std::string_view marked) {
  constexpr std::string_view family = "utf-16";
  return declared == nullptr ||
         (marked != "utf-8" && declared->name.substr(0, family.size()) == marked.substr(0, family.size()));
}

const Mark* mark_of(std::string_view bytes, const Encoding* declared) {
  for (const Mark& mark : marks) {
    if (is_open_to(declared, mark.encoding) && bytes.starts_with(mark.bytes)) return &mark;
  }
  return nullptr;
}

Decoded decode_utf8(std::string_view bytes, EntryIndex invalid) {
  Decoded out;
  out.encoding = "utf-8";
  out.text.reserve(bytes.size());
  for (std::size_t at = 0;;) {
    const std::size_t valid = valid_prefix(bytes.substr(at));
    out.text += bytes.substr(at, valid);
    at += valid;
    if (at == bytes.size()) return out;
    const std::size_t size = ill_formed_size(bytes, at);
    out.changes.push_back({at, size, out.text.size(), replacement.size(), invalid});
    out.text += replacement;
    ++out.invalid;
    at += size;
  }
}

Decoded decode_as(std::string_view bytes, const Encoding& encoding, std::size_t mark_size,
                  DecodeCauses causes) {
  return encoding.converter.empty() ? decode_utf8(bytes, causes.invalid)
                                    : convert(bytes, encoding, mark_size, causes);
}

}  // namespace

Decoded decode(std::string_view bytes, const Encoding* encoding, DecodeCauses causes) {
  if (const Mark* mark = mark_of(bytes, encoding)) {
    return decode_as(bytes, **encoding_named(mark->encoding), mark->bytes.size(), causes);
  }
  if (encoding != nullptr) return decode_as(bytes, *encoding, 0, causes);
  if (is_utf8(bytes)) return {.text = std::string(bytes), .encoding = "utf-8"};
  const Guess guess = guess_encoding(bytes);
  Decoded out = decode_as(bytes, *guess.encoding, 0, causes);
  out.confidence = guess.confidence;
  return out;
}

}  // namespace dechaff::text
