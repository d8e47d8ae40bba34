#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include "apply/hash.hpp"
#include "apply/sealed.hpp"
#include "dechaff/ledger.hpp"
#include "fuzz.hpp"
#include "text/utf8.hpp"

namespace {

/// Cuts off what stands before the next line "---".
std::string_view next_part(std::string_view& input) {
  constexpr std::string_view separator = "---\n";
  const std::size_t end = input.find(separator);
  const std::string_view part = input.substr(0, end);
  input.remove_prefix(end == input.npos ? input.size() : end + separator.size());
  return part;
}

void check(const std::string& ledger, std::string_view clean, std::string_view document) {
  std::istringstream in(ledger);
  const auto restored = dechaff::restore(in, "ledger", clean, document);
  if (restored) {
    FUZZ_REQUIRE(ledger.find(dechaff::apply::hash_of(*restored)) != ledger.npos);
    FUZZ_REQUIRE(ledger.find(dechaff::apply::hash_of(clean)) != ledger.npos);
    return;
  }
  const std::string message = dechaff::to_string(restored.error());
  FUZZ_REQUIRE(message.starts_with("ledger:"));
  FUZZ_REQUIRE(dechaff::text::valid_prefix(message) == message.size());
  FUZZ_REQUIRE(std::ranges::none_of(message, [](char c) { return static_cast<unsigned char>(c) < ' '; }));
}

}  // namespace

/// The input: a ledger, the clean text and the original, with a line "---" between two. Once as it is and
/// once with the hashes that @hash and its like stand for (tests/apply/sealed.hpp), so that a changed input
/// gets past them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16 << 10) return 0;  // longer inputs only cost time
  std::string_view input = dechaff::fuzz::as_text(data, size);
  const std::string_view ledger = next_part(input);
  const std::string_view clean = next_part(input);
  const std::string_view original = next_part(input);
  check(std::string(ledger), clean, "");
  const std::string sealed = dechaff::apply::sealed(ledger, clean, original);
  check(sealed, clean, "");
  check(sealed, clean, "a");
  return 0;
}
