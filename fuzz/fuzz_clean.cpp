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

Cleaner make_cleaner(const dechaff::RuleSet& rules, const dechaff::CleanOptions& options) {
  auto cleaner = Cleaner::make(rules, options);
  FUZZ_REQUIRE(cleaner);
  return std::move(*cleaner);
}

/// One for each profile and form, by the shipped packs; then one that looks at few lines together.
std::vector<Cleaner> make_cleaners() {
  const dechaff::LoadedRules loaded = dechaff::load_rules({});
  for (const dechaff::Error& error : loaded.errors) std::fprintf(stderr, "%s\n", to_string(error).c_str());
  FUZZ_REQUIRE(loaded.rules != nullptr);
  std::vector<Cleaner> out;
  dechaff::CleanOptions options;
  for (const Form form : forms) {
    for (const char* profile : {"safe", "article"}) {
      options.profile = profile;
      options.form = form;
      out.push_back(make_cleaner(*loaded.rules, options));
    }
  }
  options = {};
  options.most_lines = 4;
  out.push_back(make_cleaner(*loaded.rules, options));
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

/// The input: a byte that chooses profile and form ('0' is safe and nfc), or from 0x80 on that the document
/// is cleaned in parts; then the document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4 << 10) return 0;  // longer inputs only cost time
  static const std::vector<Cleaner> cleaners = make_cleaners();
  static_assert(std::size(forms) * profiles == 10);
  const std::size_t whole = cleaners.size() - 1;
  check(data[0] < 0x80 ? cleaners[static_cast<std::size_t>(data[0] + 2) % whole] : cleaners.back(),
        dechaff::fuzz::as_text(data + 1, size - 1));
  return 0;
}
