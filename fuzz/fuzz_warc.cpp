#include <string>
#include <vector>

#include "fuzz.hpp"
#include "io/warc_rewrite.hpp"
#include "io/warc_splitter.hpp"

namespace {

using namespace dechaff;
using Kind = io::WarcPiece::Kind;

/// What does not depend on how the bytes were fed.
struct Cut {
  std::string joined;
  std::vector<std::string> records;
  std::vector<std::string> errors;

  friend bool operator==(const Cut&, const Cut&) = default;
};

void take_all(io::WarcSplitter& splitter, Cut& out) {
  while (const auto piece = splitter.next()) {
    FUZZ_REQUIRE(piece->offset == out.joined.size());
    FUZZ_REQUIRE(!piece->bytes.empty() || piece->error);
    out.joined += piece->bytes;
    if (piece->kind == Kind::record) out.records.emplace_back(piece->bytes);
    if (piece->error) out.errors.push_back(to_string(*piece->error));
  }
}

Cut cut(std::string_view input, std::size_t size, std::uint64_t max_record) {
  io::WarcSplitter splitter(max_record);
  Cut out;
  for (std::size_t at = 0; at < input.size(); at += size) {
    splitter.feed(input.substr(at, size));
    take_all(splitter, out);
  }
  splitter.finish();
  take_all(splitter, out);
  return out;
}

void check_rewriting(const std::string& raw, std::string_view block) {
  const io::WarcRecord old = io::record_of(raw);
  const std::string changed = io::rewritten(old, block);
  const io::WarcRecord now = io::record_of(changed);
  FUZZ_REQUIRE(now.block == block);
  FUZZ_REQUIRE(cut(changed, changed.size(), block.size()).records == std::vector{changed});
  FUZZ_REQUIRE(now.id() == old.id() && now.language() == old.language());
  FUZZ_REQUIRE(io::is_text(now) == io::is_text(old));
  FUZZ_REQUIRE(io::rewritten(now, block) == changed);
  FUZZ_REQUIRE(io::restored(now, io::replaced_header_lines(old, now), old.block) == raw);
}

}  // namespace

/// The input: a byte for how many bytes are fed at once, one for the longest block to be held, and a file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > std::size_t{16} * 1024) return 0;  // longer inputs only cost time
  const std::string_view input = fuzz::as_text(data, size).substr(2);
  const std::uint64_t max_record = std::uint64_t{data[1]} * 2;
  const Cut got = cut(input, data[0] + 1U, max_record);
  FUZZ_REQUIRE(got.joined == input);
  FUZZ_REQUIRE(cut(input, size, max_record) == got);
  for (const std::string& raw : got.records) check_rewriting(raw, input.substr(0, data[0]));
  return 0;
}
