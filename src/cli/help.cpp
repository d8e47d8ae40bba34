#include "help.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>

#include "command.hpp"
#include "embedded_docs.hpp"
#include "options.hpp"

namespace dechaff::cli {

namespace {

// Columns of what stands left of the descriptions; longer ones push theirs to the right.
constexpr std::size_t left_columns = 28;

std::string entry(const std::string& left, const std::string& right) {
  std::string out = "  " + left;
  out.append(std::max<std::size_t>(out.size() + 2, left_columns) - out.size(), ' ');
  return out + right + "\n";
}

/// An option with only a long name stands below the long names of others.
std::string aligned(const OptionDoc& option) {
  const bool only_long = !option.names.empty() && option.names.front().starts_with("--");
  return (only_long ? "    " : "") + spelled(option);
}

std::string default_of(const OptionDoc& option) {
  return option.default_value.empty() ? "" : " (default: " + option.default_value + ")";
}

bool is_positional(const OptionDoc& option) { return option.names.empty(); }

std::string slug(std::string_view heading) {
  std::string out;
  for (const char c : heading) {
    out += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string_view cli_reference() {
  const auto docs = embedded_docs();
  const auto at = std::ranges::find(docs, "cli.md", &EmbeddedFile::name);
  return at == docs.end() ? "" : at->content;
}

/// Headings of the second level, and what stands below each.
std::vector<std::pair<std::string_view, std::string_view>> sections(std::string_view text) {
  constexpr std::string_view mark = "\n## ";
  std::vector<std::pair<std::string_view, std::string_view>> out;
  for (std::size_t at = text.find(mark); at != std::string_view::npos;) {
    const std::size_t begin = at + mark.size();
    const std::size_t end = text.find('\n', begin);
    at = text.find(mark, begin);
    if (end == std::string_view::npos) break;
    const std::size_t next = std::min(at, text.size());
    out.emplace_back(text.substr(begin, end - begin), text.substr(end + 1, next - std::min(next, end + 1)));
  }
  return out;
}

bool is_command(std::string_view name) {
  return std::ranges::find(commands(), name, &CommandEntry::name) != commands().end() || is_group(name);
}

}  // namespace

std::string short_help(const CLI::App& app) {
  const CommandDoc doc = describe("", app);
  std::string out = doc.brief + "\n\nUsage: " + doc.usage + "\n";
  for (const OptionDoc& option : doc.options) {
    if (is_positional(option)) out += entry(spelled(option), option.brief);
  }
  for (const std::string& group : groups_of(doc.options)) {
    if (group == groups::rare) continue;
    out += "\n" + group + ":\n";
    for (const OptionDoc& option : doc.options) {
      if (option.group == group && !is_positional(option))
        out += entry(aligned(option), option.brief + default_of(option));
    }
  }
  return out + app.get_footer();
}

std::string long_help(const CLI::App& app) {
  const CommandDoc doc = describe("", app);
  std::string out = "Usage: " + doc.usage + "\n";
  const auto add = [&](const OptionDoc& option) {
    out += "  " + spelled(option) + "\n      " + option.brief + default_of(option) + "\n";
    if (!option.more.empty()) out += "      " + option.more + "\n";
  };
  for (const OptionDoc& option : doc.options) {
    if (is_positional(option)) add(option);
  }
  for (const std::string& group : groups_of(doc.options)) {
    out += "\n" + group + ":\n";
    for (const OptionDoc& option : doc.options) {
      if (option.group == group && !is_positional(option)) add(option);
    }
  }
  return out;
}

std::string list_of_commands(std::string_view group) {
  const std::string prefix = group.empty() ? "" : std::string(group) + " ";
  std::string out;
  for (const CommandDoc& command : describe_commands()) {
    if (command.name.starts_with(prefix)) out += entry(command.name, command.brief);
  }
  return out;
}

std::string footer_of_clean() {
  std::string names;
  for (const CommandEntry& command : commands()) {
    names += (names.empty() ? "" : ", ") + std::string(command.name);
  }
  return "\nCommands: " + names + R"(

dechaff COMMAND --help   lists the options of a command
dechaff help             lists the commands, and the texts on rules, exit status and all else
dechaff help options     says all that there is to say of each option
)";
}

bool is_group(std::string_view word) {
  return std::ranges::any_of(
      commands(), [&](const CommandEntry& entry) { return entry.name.starts_with(std::string(word) + " "); });
}

std::string group_help(std::string_view group) {
  const std::string name = "dechaff " + std::string(group);
  return "Usage: " + name + " COMMAND [OPTIONS] ...\n\n" + list_of_commands(group) + "\n" + name +
         " COMMAND --help lists the options.\n";
}

std::string_view cli_section(std::string_view heading) {
  for (const auto& [name, text] : sections(cli_reference())) {
    if (name == heading) return text;
  }
  return {};
}

std::vector<Topic> topics() {
  std::vector<Topic> out;
  for (const EmbeddedFile& file : embedded_docs()) {
    const std::string_view name = file.name.substr(0, file.name.find('.'));
    const std::size_t end = file.content.find('\n');
    if (name != "cli" && file.content.starts_with("# "))
      out.push_back({std::string(name), std::string(file.content.substr(2, end - 2)), file.content});
  }
  for (const auto& [heading, text] : sections(cli_reference())) {
    if (!is_command(heading)) out.push_back({slug(heading), std::string(heading), text});
  }
  std::ranges::sort(out, {}, &Topic::name);
  return out;
}

}  // namespace dechaff::cli
