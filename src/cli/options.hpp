#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app.hpp"
#include "dechaff/cleaner.hpp"

// How options are defined, for all that is made from the definitions: help, man page, completions and the
// keys of configuration files (option_doc.hpp reads them back).
//
// - The first line of the description stands in --help; what follows, sentences, only in the long texts.
// - The type name is what stands for the value: FILE, PATH and DIR are completed as such, N is an integer,
//   and with '|' in it, it lists the values: "auto|always|never", "safe|article|NAME" where others are taken.
//   A flag with a type name is one whose value may be left out: --in-place[=SUFFIX].
// - Options that say how to clean, whatever the inputs and outputs are, and only they, are `configurable()`.

namespace CLI {
class App;
}

namespace dechaff::cli {

/// Headings of --help, in its order.
namespace groups {
inline constexpr const char* input = "Input";
inline constexpr const char* format = "Format";
inline constexpr const char* output = "Output";
inline constexpr const char* cleaning = "Cleaning";
inline constexpr const char* reports = "Reports";
inline constexpr const char* work = "Work";
inline constexpr const char* options = "Options";     ///< what is put nowhere else
inline constexpr const char* rare = "Rarely needed";  ///< not in --help
}  // namespace groups

struct Command;

/// Options that say what is in force; the same for every command that reads rules.
struct RuleOptions {
  std::vector<std::string> rules;
  bool no_default_rules = false;
  std::string form;
  CleanOptions clean;
  std::string url;
  std::string language;
};

/// Defines the options on `app`. `options` must outlive the parsing.
void add_rule_options(CLI::App& app, RuleOptions& options);
void add_clean_options(CLI::App& app, RuleOptions& options);

/// Defines --no-config and --print-config: the command heeds configuration files.
void add_config_options(CLI::App& app);

/// Parses; what configuration files set (config.hpp) is in force where the command line does not say
/// otherwise, if the command heeds them. On a mistake, says what is wrong and how it may have been meant, and
/// gives the status to end with. `--help` ends with 0.
std::optional<int> parse(const Command& command, const Arguments& arguments);

/// The loaded rules, or nothing where a file is wrong: every mistake has been printed.
std::unique_ptr<RuleSet> load(const RuleOptions& options);

/// Rules and options as a cleaner, or nothing where something is wrong, which has been printed.
std::optional<Cleaner> make_cleaner(RuleOptions& options);

}  // namespace dechaff::cli
