#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "apply/undone.hpp"
#include "dechaff/cleaner.hpp"
#include "fuzz.hpp"
#include "normal_form.hpp"
#include "text/utf8.hpp"

namespace {

using dechaff::Cleaned;
using dechaff::Cleaner;
using dechaff::Form;

constexpr Form forms[] = {Form::nfc, Form::none, Form::nfd, Form::nfkc, Form::nfkd};
constexpr std::size_t profiles = 2;

/// One for each profile and form, by the shipped packs; they look at so many lines together.
std::vector<Cleaner> make_cleaners(std::size_t most_lines) {
  const dechaff::LoadedRules loaded = dechaff::load_rules({});
  for (const dechaff::Error& error : loaded.errors) std::fprintf(stderr, "%s\n", to_string(error).c_str());
  FUZZ_REQUIRE(loaded.rules != nullptr);
  std::vector<Cleaner> out;
  for (const Form form : forms) {
    for (const char* profile : {"safe", "article"}) {
      dechaff::CleanOptions options;
      options.profile = profile;
      options.form = form;
      options.most_lines = most_lines;
      auto cleaner = Cleaner::make(*loaded.rules, options);
      FUZZ_REQUIRE(cleaner);
      out.push_back(std::move(*cleaner));
    }
  }
  return out;
}

void check(const Cleaner& cleaner, std::string_view bytes) {
  static dechaff::Workspace kept;  // what an earlier input might leave behind must not show
  const Cleaned cleaned = cleaner.clean({bytes, "", ""}, kept);
  FUZZ_REQUIRE(dechaff::text::valid_prefix(cleaned.text) == cleaned.text.size());
  FUZZ_REQUIRE(dechaff::fuzz::is_in_form(cleaned.text, cleaner.profile().form));
  FUZZ_REQUIRE(dechaff::apply::undone(bytes, cleaned) == bytes);

  dechaff::Workspace fresh;
  const Cleaned twin = cleaner.clean({bytes, "", ""}, fresh);
  FUZZ_REQUIRE(twin.text == cleaned.text && twin.changes == cleaned.changes);

  if (cleaned.in_parts) return;  // which know nothing of each other
  const Cleaned again = cleaner.clean({cleaned.text, "", ""}, kept);
  FUZZ_REQUIRE(again.text == cleaned.text);
  FUZZ_REQUIRE(again.changes.empty());
}

}  // namespace

/// The input: a byte that chooses profile and form ('0' is safe and nfc) and, from 0x80 on, that documents
/// are cleaned in parts; then the document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4 << 10) return 0;  // longer inputs only cost time
  static const std::vector<Cleaner> whole = make_cleaners(std::size_t{1} << 20);
  static const std::vector<Cleaner> in_parts = make_cleaners(4);
  static_assert(std::size(forms) * profiles == 10);
  const std::vector<Cleaner>& cleaners = data[0] < 0x80 ? whole : in_parts;
  check(cleaners[static_cast<std::size_t>(data[0] + 2) % cleaners.size()],
        dechaff::fuzz::as_text(data + 1, size - 1));
  return 0;
}
