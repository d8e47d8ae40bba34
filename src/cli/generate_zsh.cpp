#include "generate.hpp"

namespace dechaff::cli {

namespace {

/// For a description that stands in brackets.
std::string bracketed(const std::string& text) {
  std::string out = "[";
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out + "]";
}

std::string action(const OptionDoc& option) {
  if (option.completion == OptionDoc::Completion::files) return "_files";
  if (option.completion == OptionDoc::Completion::folders) return "_files -/";
  return option.values.empty() ? " " : "(" + joined(option.values) + ")";
}

/// The value as _arguments wants it: ":FORM:(nfc nfd)". A '|' list of values is no message.
std::string value_spec(const OptionDoc& option) {
  if (option.value.empty()) return "";
  const bool list = option.value.find('|') != std::string::npos;
  return std::string(option.value_may_be_missing ? "::" : ":") + (list ? "value" : option.value) + ":" +
         action(option);
}

/// '(-o --output)'{-o+,--output=}'[Write ...]:PATH:_files'
std::string option_spec(const OptionDoc& option) {
  std::string spellings;
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    spellings += (spellings.empty() ? "" : ",") + name;
    if (option.value.empty()) continue;
    spellings += option.value_may_be_missing ? (is_long ? "=-" : "") : (is_long ? "=" : "+");
  }
  if (option.names.size() > 1) spellings = "{" + spellings + "}";
  const std::string others = option.repeatable ? "'*'" : shell_quoted("(" + joined(option.names) + ")");
  return others + spellings + shell_quoted(bracketed(option.brief) + value_spec(option));
}

std::string command_case(const CommandDoc& command) {
  std::string out = "    (" + shell_quoted(command.name) + ")\n      _arguments -s -S";
  for (const OptionDoc& option : command.options) {
    const std::string spec = option.names.empty() ? shell_quoted(std::string(option.repeatable ? "*" : "") +
                                                                 ":" + option.value + ":" + action(option))
                                                  : option_spec(option);
    out += " \\\n        " + spec;
  }
  return out + "\n      ;;\n";
}

/// "name:what it does" for _describe.
std::string described(const std::string& name, const std::string& brief) {
  return shell_quoted(name + ":" + brief);
}

}  // namespace

std::string zsh_completion(const std::vector<CommandDoc>& commands) {
  std::string names, singles, group_cases;
  for (const CommandDoc& command : commands) {
    if (command.name.find(' ') != std::string::npos) continue;
    names += "    " + described(command.name, command.brief) + "\n";
    singles += (singles.empty() ? "" : "|") + command.name;
  }
  for (const std::string& group : group_words(commands)) {
    names += "    " + described(group, "Commands about " + group) + "\n";
    std::string seconds;
    for (const CommandDoc& command : commands) {
      if (command.name.starts_with(group + " "))
        seconds += " " + described(command.name.substr(group.size() + 1), command.brief);
    }
    group_cases += "      (" + group + ")\n        if (( CURRENT == 3 )); then\n          names=(" + seconds +
                   " )\n          _describe -t commands command names\n          return\n        fi\n" +
                   "        command=\"" + group +
                   " $words[3]\"\n        shift 2 words\n        (( CURRENT -= 2 ))\n" + "        ;;\n";
  }
  std::string out =
      "#compdef dechaff\n# Completion for zsh, made by: dechaff generate zsh\n\n_dechaff() {\n"
      "  local command=clean\n  local -a names\n  names=(\n" +
      names + "  )\n  if (( CURRENT > 2 )); then\n    case $words[2] in\n      (" + singles +
      ")\n        command=$words[2]\n        shift words\n        (( CURRENT -= 1 ))\n        ;;\n" +
      group_cases +
      "    esac\n  elif [[ $words[CURRENT] != -* ]]; then\n"
      "    _describe -t commands command names\n  fi\n  case $command in\n";
  for (const CommandDoc& command : commands) out += command_case(command);
  return out + "  esac\n}\n\n_dechaff \"$@\"\n";
}

}  // namespace dechaff::cli
