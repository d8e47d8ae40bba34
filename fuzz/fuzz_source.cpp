#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.hpp"
#include "io/source.hpp"
#include "memory_file.hpp"

namespace {

using dechaff::io::Source;

constexpr std::size_t most_bytes_out = 1 << 20;  // a small input may stand for gigabytes

struct Read {
  std::string bytes;
  std::vector<std::string> errors;

  friend bool operator==(const Read&, const Read&) = default;
};

/// All that can be read of a file, behind its damage too, in pieces of at most `most` bytes.
Read read_all(const std::string& path, std::size_t file_size, std::size_t most) {
  auto source = Source::open(path);
  FUZZ_REQUIRE(source);
  Read out;
  while (out.bytes.size() < most_bytes_out) {
    const std::size_t before = out.bytes.size();
    const auto more = source->read(out.bytes, most);
    FUZZ_REQUIRE(out.bytes.size() - before <= most);
    FUZZ_REQUIRE(source->position() <= file_size);
    FUZZ_REQUIRE((more && *more) == (out.bytes.size() > before));
    if (more && !*more) break;
    if (more) continue;
    out.errors.push_back(more.error().message);
    FUZZ_REQUIRE(out.errors.size() <= file_size);  // each is behind the one before
    const auto again = source->read(out.bytes, most);
    FUZZ_REQUIRE(!again && again.error().message == out.errors.back());
    if (!source->skip_damage()) break;
  }
  if (out.bytes.size() > most_bytes_out) out.bytes.resize(most_bytes_out);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16 << 10) return 0;  // longer inputs only cost time
  const dechaff::fuzz::MemoryFile file(dechaff::fuzz::as_text(data, size));
  const std::string path = file.path();
  const Read whole = read_all(path, size, most_bytes_out);
  // Where a file stands for more than is looked at, how often it fails depends on how far it was read.
  const bool all = whole.bytes.size() < most_bytes_out;
  for (const std::size_t most : {1000U, 7U}) {
    const Read pieces = read_all(path, size, most);
    FUZZ_REQUIRE(pieces.bytes == whole.bytes);
    FUZZ_REQUIRE(!all || pieces == whole);
  }
  return 0;
}
