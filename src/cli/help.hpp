#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "option_doc.hpp"

namespace CLI {
class App;
}

namespace dechaff::cli {

/// What `--help` prints: a line for each option but the rarely needed ones.
std::string short_help(const CLI::App& app);

/// Every option of `app` with all that is said of it.
std::string long_help(const CLI::App& app);

/// The commands whose names begin with `group` and a space, or all for an empty one: a line each.
std::string list_of_commands(std::string_view group);

/// The lines that stand below the options of `clean`.
std::string footer_of_clean();

/// "Usage: ..." and the commands of a group, such as "rules".
std::string group_help(std::string_view group);

/// Whether there are commands of this group.
bool is_group(std::string_view word);

/// A text of `dechaff help`: its name and where it stands.
struct Topic {
  std::string name;
  std::string title;
  std::string_view text;
};

/// Each file of docs/ but cli.md, and each section of cli.md that is not about a command; sorted by name.
std::vector<Topic> topics();

/// The lines of a section of docs/cli.md that begins with "## " and this heading, without it; or nothing.
std::string_view cli_section(std::string_view heading);

}  // namespace dechaff::cli
