#include "io/codec.hpp"

#include <algorithm>

#include "io/gzip.hpp"
#include "io/zstd.hpp"

namespace dechaff::io {

namespace {

using namespace std::string_view_literals;

/// What the members of a codec begin with.
struct Magic {
  Codec codec;
  std::string_view bytes;
  unsigned char mask = 0xFF;  // the bits of the first byte that count
};

constexpr Magic gzip_magic = {Codec::gzip, "\x1f\x8b\x08"sv};            // RFC 1952, 2.3.1
constexpr Magic zstd_magic = {Codec::zstd, "\x28\xb5\x2f\xfd"sv};        // RFC 8878, 3.1.1
constexpr Magic skip_magic = {Codec::zstd, "\x50\x2a\x4d\x18"sv, 0xF0};  // RFC 8878, 3.1.2
constexpr Magic magics[] = {gzip_magic, zstd_magic, skip_magic};

constexpr unsigned reserved_gzip_flags = 0xE0;  // RFC 1952, 2.3.1.2: "must be zero"

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

/// Whether `first` and the magic are the same as far as both go.
bool agree(const Magic& magic, std::string_view first) {
  const std::string_view both = first.substr(0, magic.bytes.size());
  if (both.empty()) return true;
  return (byte_at(both, 0) & magic.mask) == byte_at(magic.bytes, 0) &&
         both.substr(1) == magic.bytes.substr(1, both.size() - 1);
}

/// Whether `text` ends with `suffix`, which is lower case, in ASCII letters of either case.
bool ends_with(std::string_view text, std::string_view suffix) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  if (text.size() < suffix.size()) return false;
  return std::ranges::equal(text.substr(text.size() - suffix.size()), suffix, {}, lower);
}

class Copy : public Decompressor {
 public:
  Result<Done> read(std::string_view& in, std::string& out, std::size_t room) override {
    out += in.substr(0, room);
    in.remove_prefix(std::min(room, in.size()));
    return Done{};
  }
  Result<Done> end() override { return Done{}; }
  bool at_boundary() const override { return true; }
};

class CopyBack : public Compressor {
 public:
  void write(std::string_view in, std::string& out) override { out += in; }
  void flush(std::string&) override {}
  void finish(std::string&) override {}
};

}  // namespace

Codec codec_of_name(std::string_view path) {
  if (ends_with(path, ".gz")) return Codec::gzip;
  if (ends_with(path, ".zst") || ends_with(path, ".zstd")) return Codec::zstd;
  return Codec::none;
}

Codec codec_of_bytes(std::string_view first) {
  for (const Magic& magic : magics) {
    if (first.size() >= magic.bytes.size() && agree(magic, first)) return magic.codec;
  }
  return Codec::none;
}

bool is_start_of_magic(std::string_view first) {
  return std::ranges::any_of(
      magics, [&](const Magic& magic) { return first.size() < magic.bytes.size() && agree(magic, first); });
}

std::size_t find_member(Codec codec, std::string_view bytes, std::size_t from) {
  if (codec == Codec::zstd) return bytes.find(zstd_magic.bytes, from);
  if (codec == Codec::none) return bytes.npos;
  for (std::size_t at = from; (at = bytes.find(gzip_magic.bytes, at)) != bytes.npos; ++at) {
    const std::size_t flags = at + gzip_magic.bytes.size();
    if (flags >= bytes.size()) return bytes.npos;
    if ((byte_at(bytes, flags) & reserved_gzip_flags) == 0) return at;
  }
  return bytes.npos;
}

std::unique_ptr<Decompressor> decompressor(Codec codec) {
  if (codec == Codec::gzip) return gzip_decompressor();
  if (codec == Codec::zstd) return zstd_decompressor();
  return std::make_unique<Copy>();
}

std::unique_ptr<Compressor> compressor(Codec codec) {
  if (codec == Codec::gzip) return gzip_compressor();
  if (codec == Codec::zstd) return zstd_compressor();
  return std::make_unique<CopyBack>();
}

std::string compressed(Codec codec, std::string_view bytes) {
  if (codec == Codec::zstd) return zstd_frame(bytes);
  std::string out;
  const auto member = compressor(codec);
  member->write(bytes, out);
  member->finish(out);
  return out;
}

}  // namespace dechaff::io
