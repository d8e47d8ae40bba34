#include "generate.hpp"

namespace dechaff::cli {

namespace {

/// In single quotes; there fish reads \\ and \' (its manual, "Quotes").
std::string fish_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string value_arguments(const OptionDoc& option) {
  if (option.value.empty() || option.value_may_be_missing) return "";
  if (option.completion == OptionDoc::Completion::files) return " -r -F";
  if (option.completion == OptionDoc::Completion::folders) return " -x -a '(__fish_complete_directories)'";
  return option.values.empty() ? " -x" : " -x -a " + fish_quoted(joined(option.values));
}

std::string option_line(const OptionDoc& option, const std::string& begin) {
  std::string out = begin;
  if (option.names.empty()) {
    if (option.completion == OptionDoc::Completion::files) return "";
    out += " -f";
    if (!option.values.empty()) out += " -a " + fish_quoted(joined(option.values));
    return out + "\n";
  }
  for (const std::string& name : option.names) {
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  return out + value_arguments(option) + " -d " + fish_quoted(option.brief) + "\n";
}

}  // namespace

std::string fish_completion(const std::vector<CommandDoc>& commands) {
  std::string singles, groups, lines;
  for (const CommandDoc& command : commands) {
    if (command.name.find(' ') == std::string::npos) {
      singles += " " + command.name;
      lines += "complete -c dechaff -n '__fish_dechaff_words 1' -a " + fish_quoted(command.name) + " -d " +
               fish_quoted(command.brief) + "\n";
    }
    const std::string begin =
        "complete -c dechaff -n \"test (__fish_dechaff_command) = " + fish_quoted(command.name) + "\"";
    for (const OptionDoc& option : command.options) lines += option_line(option, begin);
  }
  for (const std::string& group : group_words(commands)) {
    groups += " " + group;
    lines += "complete -c dechaff -n '__fish_dechaff_words 1' -a " + fish_quoted(group) + " -d " +
             fish_quoted("Commands about " + group) + "\n";
    for (const CommandDoc& command : commands) {
      if (!command.name.starts_with(group + " ")) continue;
      lines += "complete -c dechaff -n '__fish_dechaff_words 2; and __fish_dechaff_first " + group +
               "' -f -a " + fish_quoted(command.name.substr(group.size() + 1)) + " -d " +
               fish_quoted(command.brief) + "\n";
    }
  }
  return "# Completion for fish, made by: dechaff generate fish\n\n"
         "# Whether so many words stand before the one that is being written.\n"
         "function __fish_dechaff_words\n    test (count (commandline -opc)) -eq $argv[1]\nend\n\n"
         "function __fish_dechaff_first\n    set -l words (commandline -opc)\n    test \"$words[2]\" = "
         "$argv[1]\nend\n\n"
         "function __fish_dechaff_command\n    set -l words (commandline -opc)\n    switch \"$words[2]\"\n   "
         "     case" +
         singles + "\n            echo $words[2]\n        case" + groups +
         "\n            echo \"$words[2] $words[3]\"\n        case '*'\n            echo clean\n    "
         "end\nend\n\n" +
         lines;
}

}  // namespace dechaff::cli
