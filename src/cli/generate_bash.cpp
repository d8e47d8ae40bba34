#include "generate.hpp"

namespace dechaff::cli {

namespace {

// What is the same whatever the options are. -o default completes files wherever COMPREPLY stays empty.
constexpr const char* head = R"(# Completion for bash, made by: dechaff generate bash

_dechaff() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  local command=clean options= values= i
  COMPREPLY=()
  # Readline cuts --option=value into three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $before == = && COMP_CWORD -gt 2 ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
)";

constexpr const char* foot = R"(  if [[ -n $values ]]; then
    [[ $values != . ]] || values=
    COMPREPLY=($(compgen -W "$values" -- "$current"))
    compopt +o default 2>/dev/null
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
    compopt +o default 2>/dev/null
  fi
}
complete -o default -o bashdefault -F _dechaff dechaff
)";

/// What follows an option that takes a value, as the body of a case.
std::string value_action(const OptionDoc& option) {
  // A value that cannot be guessed: nothing is offered, not even files.
  if (option.completion == OptionDoc::Completion::files) return "return";
  if (option.completion == OptionDoc::Completion::folders) {
    return "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$current\"); return";
  }
  return "values=" + (option.values.empty() ? "." : shell_quoted(joined(option.values)));
}

std::string command_case(const CommandDoc& command) {
  std::string names, cases, positional;
  for (const OptionDoc& option : command.options) {
    if (option.names.empty()) {
      if (!option.values.empty())
        positional = "        *) [[ $current == -* ]] || " + value_action(option) + " ;;\n";
      continue;
    }
    names += (names.empty() ? "" : " ") + joined(option.names);
    if (option.value.empty() || option.value_may_be_missing) continue;
    std::string pattern;
    for (const std::string& name : option.names) pattern += (pattern.empty() ? "" : "|") + name;
    cases += "        " + pattern + ") " + value_action(option) + " ;;\n";
  }
  std::string out = "    " + shell_quoted(command.name) + ")\n      options=" + shell_quoted(names) + "\n";
  if (!cases.empty() || !positional.empty())
    out += "      case $before in\n" + cases + positional + "      esac\n";
  return out + "      ;;\n";
}

}  // namespace

std::string bash_completion(const std::vector<CommandDoc>& commands) {
  const std::vector<std::string> groups = group_words(commands);
  std::vector<std::string> first = groups, single;
  std::string group_cases;
  for (const CommandDoc& command : commands) {
    if (command.name.find(' ') == std::string::npos) {
      single.push_back(command.name);
      first.push_back(command.name);
    }
  }
  for (const std::string& group : groups) {
    std::vector<std::string> seconds;
    for (const CommandDoc& command : commands) {
      if (command.name.starts_with(group + " ")) seconds.push_back(command.name.substr(group.size() + 1));
    }
    group_cases += "      " + group +
                   ")\n        if ((COMP_CWORD == 2)); then\n          COMPREPLY=($(compgen -W " +
                   shell_quoted(joined(seconds)) +
                   " -- \"$current\"))\n          return\n        fi\n        command=\"" + group +
                   " ${COMP_WORDS[2]}\" ;;\n";
  }
  std::string alternatives;
  for (const std::string& name : single) alternatives += (alternatives.empty() ? "" : "|") + name;

  std::string out = head;
  out += "  if ((COMP_CWORD > 1)); then\n    case ${COMP_WORDS[1]} in\n      " + alternatives +
         ") command=${COMP_WORDS[1]} ;;\n" + group_cases +
         "    esac\n  elif [[ $current != -* ]]; then\n    compopt -o filenames 2>/dev/null\n"
         "    mapfile -t COMPREPLY < <(compgen -W " +
         shell_quoted(joined(first)) +
         " -- \"$current\"; compgen -f -- \"$current\")\n    return\n  fi\n"
         "  # Behind -- there are no options.\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n    [[ ${COMP_WORDS[i]} != -- ]] || return\n  done\n"
         "  case $command in\n";
  for (const CommandDoc& command : commands) out += command_case(command);
  return out + "  esac\n" + foot;
}

}  // namespace dechaff::cli
