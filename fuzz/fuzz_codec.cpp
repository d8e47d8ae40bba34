#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz.hpp"
#include "io/codec.hpp"
#include "io/decoded.hpp"

namespace {

using dechaff::io::Codec;
using dechaff::io::decoded;
using dechaff::io::Decoded;

constexpr std::size_t most_bytes_out = 1 << 20;  // a small input may stand for gigabytes

/// Sizes from 1 to 2048, small ones as likely as large ones, the same for the same input.
class Sizes {
 public:
  explicit Sizes(std::string_view input) {
    for (const char byte : input) state_ = state_ * 31 + static_cast<unsigned char>(byte);
  }

  std::size_t next() {
    state_ = state_ * 6364136223846793005 + 1442695040888963407;
    const std::size_t limit = std::size_t{1} << (state_ >> 60 & 7) << (state_ >> 56 & 4);
    return 1 + (state_ >> 32) % limit;
  }

 private:
  std::uint64_t state_ = 1;
};

/// The bytes that come out, and the error, do not depend on the pieces.
void check_reading(Codec codec, std::string_view input) {
  Sizes sizes(input);
  const Decoded whole = decoded(
      codec, input, [] { return most_bytes_out; }, most_bytes_out);
  const Decoded pieces = decoded(
      codec, input, [&] { return sizes.next(); }, most_bytes_out);
  FUZZ_REQUIRE(whole == pieces);
  FUZZ_REQUIRE(whole.bytes.size() <= most_bytes_out);
  FUZZ_REQUIRE(whole.error.empty() || codec != Codec::none);
}

std::string written_in_pieces(Codec codec, std::string_view input, bool flush) {
  Sizes sizes(input);
  std::string packed;
  const auto writer = dechaff::io::compressor(codec);
  while (!input.empty()) {
    const std::string_view piece = input.substr(0, sizes.next());
    writer->write(piece, packed);
    input.remove_prefix(piece.size());
    if (flush) writer->flush(packed);
  }
  writer->finish(packed);
  return packed;
}

/// What was written comes back, whole or in pieces, flushed or not; without flushes from the same bytes.
void check_writing(Codec codec, std::string_view input) {
  const Decoded want = {std::string(input), ""};
  const std::string packed = written_in_pieces(codec, input, false);
  std::string whole;
  const auto writer = dechaff::io::compressor(codec);
  writer->write(input, whole);
  writer->finish(whole);
  FUZZ_REQUIRE(whole == packed);
  FUZZ_REQUIRE(decoded(codec, packed) == want);
  FUZZ_REQUIRE(decoded(codec, written_in_pieces(codec, input, true)) == want);
  FUZZ_REQUIRE(decoded(codec, dechaff::io::compressed(codec, input)) == want);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16 << 10) return 0;  // longer inputs only cost time
  const std::string_view input = dechaff::fuzz::as_text(data, size);
  for (const Codec codec : {Codec::none, Codec::gzip, Codec::zstd}) {
    check_reading(codec, input);
    check_writing(codec, input);
  }
  return 0;
}
