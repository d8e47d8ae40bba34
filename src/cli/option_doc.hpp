#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace dechaff::cli {

/// An option or a positional argument as it was defined (options.hpp says how), for all texts that are made
/// from the definitions.
struct OptionDoc {
  std::vector<std::string> names;     ///< with their dashes, short ones first; none for a positional argument
  std::string value;                  ///< what stands for the value: "FORM"; empty for a flag
  bool value_may_be_missing = false;  ///< --in-place[=SUFFIX]
  std::vector<std::string> values;    ///< the ones it takes; with `others`, the ones that are known
  bool others = true;                 ///< whether it takes other values than `values`
  enum class Completion { none, files, folders };
  Completion completion = Completion::none;
  bool repeatable = false;
  std::string brief;          ///< a line
  std::string more;           ///< further sentences, or nothing
  std::string default_value;  ///< or nothing
  std::string group;
};

/// The option of this name, spelled with its dashes, or null. CLI11's own ways to ask end the program where
/// memory has run out.
const CLI::Option* option_of(const CLI::App& app, const std::string& name);
CLI::Option* option_of(CLI::App& app, const std::string& name);

/// The options in the order of their definition, then the positional arguments.
std::vector<OptionDoc> describe(const CLI::App& app);

/// A command and its options.
struct CommandDoc {
  std::string name;   ///< "rules list"
  std::string usage;  ///< "dechaff rules list [OPTIONS] [TEXT...]"
  std::string brief;
  std::vector<OptionDoc> options;
};

CommandDoc describe(std::string_view name, const CLI::App& app);

/// "-o, --output PATH"; for a positional argument, "PATH...".
std::string spelled(const OptionDoc& option);

/// The groups of the options in the order of the help texts, without the empty ones.
std::vector<std::string> groups_of(const std::vector<OptionDoc>& options);

}  // namespace dechaff::cli
