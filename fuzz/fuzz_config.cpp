#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <string_view>

#include "clean_command.hpp"
#include "command.hpp"
#include "config.hpp"
#include "error_place.hpp"
#include "fuzz.hpp"
#include "memory_file.hpp"

namespace {

using dechaff::Errors;
using dechaff::fuzz::MemoryFile;
using namespace dechaff::cli;

struct Read {
  Config config;
  Errors errors;
};

Read read(const std::string& path) {
  Read out;
  const Command command = clean_command();
  out.config = read_config({path}, *command.app, out.errors);
  return out;
}

/// The settings alone, without where they come from.
std::string settings_of(const Config& config) {
  std::string out;
  for (const Setting& setting : config.settings) {
    out += setting.key + ":";
    for (const std::string& value : setting.values) out += " " + value;
    out += "\n";
  }
  return out;
}

/// What is in force, as a configuration file.
std::string printed(const Config& config) {
  const Command command = clean_command();
  apply(config, *command.app);
  command.app->parse(std::vector<std::string>());
  return to_toml(config, *command.app);
}

/// `printed` without its comments, which name the files.
std::string bare(std::string_view toml) {
  std::string out;
  while (!toml.empty()) {
    const std::string_view line = toml.substr(0, toml.find('\n'));
    toml.remove_prefix(std::min(line.size() + 1, toml.size()));
    if (!line.starts_with('#')) out.append(line.substr(0, line.rfind("  # "))) += '\n';
  }
  return out;
}

}  // namespace

/// The input: the bytes of a configuration file. Any are read or answered with mistakes that have a place in
/// it, the same bytes always with the same; what was read can be printed as a file that says the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 2 << 10) return 0;  // longer inputs only cost time
  const std::string_view text = dechaff::fuzz::as_text(data, size);
  const MemoryFile file(text);
  const Read once = read(file.path());
  const Read twice = read(file.path());
  FUZZ_REQUIRE(settings_of(once.config) == settings_of(twice.config));
  FUZZ_REQUIRE(once.errors.size() == twice.errors.size());
  for (const dechaff::Error& error : once.errors)
    dechaff::fuzz::require_place(error, file.path(), text, true);
  if (!once.errors.empty()) return 0;
  const std::string toml = printed(once.config);
  const MemoryFile again(toml);
  const Read back = read(again.path());
  for (const dechaff::Error& error : back.errors) std::fprintf(stderr, "%s\n", to_string(error).c_str());
  FUZZ_REQUIRE(back.errors.empty());
  FUZZ_REQUIRE(bare(printed(back.config)) == bare(toml));
  return 0;
}
