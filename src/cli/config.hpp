#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/error.hpp"

namespace CLI {
class App;
}

namespace dechaff::cli {

/// A setting of a configuration file, with its value as it would stand on the command line.
struct Setting {
  std::string key;                  ///< a long option's name without its dashes
  std::vector<std::string> values;  ///< several for an option that can be repeated, one for others
  SourcePos pos;
};

/// The files in force, in their order, and what they set; later ones win.
struct Config {
  std::vector<std::filesystem::path> files;
  std::vector<Setting> settings;
};

/// The files that hold settings here, weakest first: /etc/dechaff/config.toml, the user's
/// ($XDG_CONFIG_HOME/dechaff/config.toml), the project's (`.dechaff.toml` in the working folder or the
/// nearest above it). Only the one that $DECHAFF_CONFIG names where that is set and not empty. A file that is
/// not there is left out, but for one that is named.
std::vector<std::filesystem::path> config_files();

/// Reads the files against the options of `app`, those of cleaning: a key is the long name of an option that
/// is `configurable()`. Every mistake of every file goes to `errors`, with its place.
///
/// A relative path is relative to its file. Values are converted by the options themselves, so that they are
/// checked as on the command line; `app` is not to be used for anything else after that.
Config read_config(const std::vector<std::filesystem::path>& files, CLI::App& app, Errors& errors);

/// Gives the settings to the options of `app` that have their names and that `app` knows, as if they were
/// defaults: parse afterwards, and what the command line says wins.
void apply(const Config& config, CLI::App& app);

/// The files, and what is in force of cleaning after `app` has parsed the command line: as a configuration
/// file that would say the same, with where each setting comes from.
std::string to_toml(const Config& config, const CLI::App& app);

}  // namespace dechaff::cli
