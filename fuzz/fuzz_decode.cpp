#include <array>
#include <string>
#include <string_view>

#include "fuzz.hpp"
#include "text/decode.hpp"
#include "text/steps.hpp"
#include "text/utf8.hpp"

namespace {

using namespace dechaff::text;

constexpr std::array<std::string_view, 42> labels = {"",
                                                     "utf-8",
                                                     "utf-16le",
                                                     "utf-16be",
                                                     "utf-32le",
                                                     "utf-32be",
                                                     "windows-1252",
                                                     "iso-8859-2",
                                                     "iso-8859-5",
                                                     "iso-8859-6",
                                                     "iso-8859-7",
                                                     "iso-8859-8-i",
                                                     "iso-8859-15",
                                                     "koi8-r",
                                                     "koi8-u",
                                                     "macintosh",
                                                     "x-mac-cyrillic",
                                                     "windows-874",
                                                     "windows-1250",
                                                     "windows-1251",
                                                     "windows-1253",
                                                     "windows-1254",
                                                     "windows-1255",
                                                     "windows-1256",
                                                     "windows-1257",
                                                     "windows-1258",
                                                     "gbk",
                                                     "gb18030",
                                                     "big5",
                                                     "euc-jp",
                                                     "iso-2022-jp",
                                                     "shift_jis",
                                                     "euc-kr",
                                                     "ibm866",
                                                     "iso-2022-kr",
                                                     "iso-2022-cn",
                                                     "hz-gb-2312",
                                                     "utf-16",
                                                     "utf-32",
                                                     "iso-8859-10",
                                                     "iso-8859-16",
                                                     "utf-7"};

const Encoding* encoding_of(std::string_view label) {
  const auto found = encoding_named(label);
  return found ? *found : nullptr;
}

}  // namespace

/// The input: a byte that chooses an encoding (0 is none: to be guessed), then bytes of it. Any decode to
/// valid UTF-8, from which the changes lead back to them; and what is UTF-8 already stays.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 8 << 10) return 0;  // longer inputs only cost time
  const Encoding* encoding = encoding_of(labels[data[0] % labels.size()]);
  const std::string_view bytes = dechaff::fuzz::as_text(data + 1, size - 1);
  const Decoded decoded = decode(bytes, encoding, {1, 2});
  FUZZ_REQUIRE(valid_prefix(decoded.text) == decoded.text.size());
  FUZZ_REQUIRE(is_utf8(bytes) == (valid_prefix(bytes) == bytes.size()));
  FUZZ_REQUIRE(restored(decoded.text, decoded.changes, bytes) == bytes);
  FUZZ_REQUIRE(0 <= decoded.confidence && decoded.confidence <= 100);
  for (const dechaff::Change& change : decoded.changes) FUZZ_REQUIRE(change.cause == 1 || change.cause == 2);

  const Decoded twin = decode(bytes, encoding, {1, 2});
  FUZZ_REQUIRE(twin.text == decoded.text && twin.changes == decoded.changes);

  const Decoded again = decode(decoded.text, encoding_of("utf-8"), {1, 2});
  FUZZ_REQUIRE(again.text == decoded.text);
  FUZZ_REQUIRE(again.changes.empty() && again.invalid == 0);
  return 0;
}
