#include <algorithm>
#include <string>

#include "dechaff/rules.hpp"
#include "error_place.hpp"
#include "fuzz.hpp"
#include "memory_file.hpp"
#include "rules/rule.hpp"

namespace {

using dechaff::Error;
using dechaff::LoadedRules;
using dechaff::fuzz::MemoryFile;

LoadedRules load(const std::string& path) {
  dechaff::RuleSources sources;
  sources.shipped = false;
  sources.layers = {{"fuzz", path}};
  return dechaff::load_rules(sources);
}

std::string described(const LoadedRules& loaded) {
  std::string out;
  for (const Error& error : loaded.errors) out += to_string(error) + "\n";
  if (!loaded.rules) return out;
  for (const dechaff::Entry& entry : loaded.rules->entries()) {
    out += entry.id + "|" + entry.why + "|" + std::to_string(entry.level) + "|" +
           std::to_string(entry.score) + "|" + std::to_string(entry.pos.line) + ":" +
           std::to_string(entry.pos.column) + (entry.enabled ? " on" : " off");
    for (const std::string& tag : entry.tags) out += " " + tag;
    out += "\n";
  }
  for (const dechaff::rules::Rule& rule : loaded.rules->compiled().rules) {
    for (const std::string_view line : rule.lines) out.append(line) += '\n';
    if (rule.pattern) out += std::string(rule.pattern->source()) + "\n";
  }
  for (const dechaff::Profile& profile : loaded.rules->profiles())
    out += profile.name + std::to_string(profile.level);
  return out;
}

}  // namespace

/// The input: the bytes of a pattern file. Any are either loaded or answered with mistakes that have a place,
/// and the same bytes always with the same. What is loaded can be listed, looked through for findings and its
/// examples run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 8 << 10) return 0;  // longer inputs only cost time
  const std::string_view text = dechaff::fuzz::as_text(data, size);
  const MemoryFile file(text);
  const LoadedRules loaded = load(file.path());
  FUZZ_REQUIRE((loaded.rules == nullptr) == !loaded.errors.empty());
  for (const Error& error : loaded.errors) dechaff::fuzz::require_place(error, file.path(), text, true);
  FUZZ_REQUIRE(described(load(file.path())) == described(loaded));
  if (!loaded.rules) return 0;
  for (std::size_t i = 0; i < loaded.rules->entries().size(); ++i) {
    const std::string source = loaded.rules->source_of(static_cast<dechaff::EntryIndex>(i));
    FUZZ_REQUIRE(source.empty() || text.find(source.substr(0, source.size() - 1)) != text.npos);
  }
  const auto from_file = [](const dechaff::Entry& entry) { return entry.layer == "fuzz"; };
  for (const dechaff::Finding& finding : dechaff::check_rules(*loaded.rules, from_file)) {
    FUZZ_REQUIRE(finding.pos.line >= 1 && !finding.message.empty());
  }
  return 0;
}
