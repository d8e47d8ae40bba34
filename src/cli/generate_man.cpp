#include <algorithm>
#include <cctype>

#include "generate.hpp"
#include "help.hpp"

namespace dechaff::cli {

namespace {

/// Text with `code` in it as roff: escapes, and no line that would be taken for a request.
std::string roff(std::string_view text) {
  std::string out;
  bool code = false;
  for (const char c : text) {
    if (c == '`') {
      code = !code;
      out += code ? "\\fB" : "\\fR";
    } else if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\n') {
      out += ' ';
    } else {
      out += c;
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out + "\n";
}

std::string heading(std::string_view macro, std::string_view text) {
  return "." + std::string(macro) + " \"" + std::string(text) + "\"\n";
}

std::string tagged(const std::string& tag, const std::string& text) {
  return ".TP\n.B " + roff(tag) + roff(text);
}

std::string of_option(const OptionDoc& option) {
  std::string text = option.brief;
  if (!option.default_value.empty()) text += " (default: " + option.default_value + ")";
  text += ".";
  if (!option.more.empty()) text += " " + option.more;
  return tagged(spelled(option), text);
}

std::string of_options(const CommandDoc& command, bool with_headings) {
  std::string out;
  for (const OptionDoc& option : command.options) {
    if (option.names.empty()) out += of_option(option);
  }
  for (const std::string& group : groups_of(command.options)) {
    if (with_headings) out += heading("SS", group);
    for (const OptionDoc& option : command.options) {
      if (option.group == group && !option.names.empty()) out += of_option(option);
    }
  }
  return out;
}

std::string trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return std::string(text);
}

/// The rows of a Markdown table of two columns.
std::string of_table(std::string_view markdown) {
  std::string out;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size() - 1);
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(end + 1);
    const std::size_t middle = line.find(" | ");
    if (!line.starts_with("| ") || middle == std::string_view::npos || line.starts_with("| ---")) continue;
    const std::string tag = trimmed(line.substr(1, middle - 1));
    const std::size_t last = line.rfind('|');
    if (last > middle + 2 && !tag.empty())
      out += tagged(tag, trimmed(line.substr(middle + 3, last - middle - 3)));
  }
  return out;
}

}  // namespace

std::string man_page(const std::vector<CommandDoc>& commands) {
  const CommandDoc& clean = commands.front();
  std::string brief = clean.brief;
  brief.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(brief.front())));
  std::string out =
      std::string(".TH DECHAFF 1 \"\" \"dechaff " DECHAFF_VERSION "\" \"User Commands\"\n.SH NAME\n") +
      "dechaff \\- " + roff(brief);
  out += ".SH SYNOPSIS\n";
  for (const CommandDoc& command : commands) out += ".B " + roff(command.usage) + ".br\n";
  out +=
      ".SH DESCRIPTION\n" +
      roff(
          "Reads text as it was scraped, mends its characters and white space, takes out what is not the "
          "document by rules that can be read and edited, and writes clean text. It keeps what people wrote: "
          "a "
          "line goes only on evidence, and `dechaff explain` names it. Nothing is lost: the ledger of a run "
          "(`--chaff`) gives the original back byte for byte.") +
      ".PP\n" +
      roff(
          "Standard input is cleaned to standard output where no path is given. `dechaff help` lists the "
          "texts on "
          "rules, the ledger and all else.");
  out += ".SH OPTIONS\n" + of_options(clean, true);
  out += ".SH COMMANDS\n";
  for (const CommandDoc& command : commands) {
    if (&command == &clean) continue;
    out += heading("SS", command.usage) + roff(command.brief + ".") + of_options(command, false);
  }
  for (const char* section : {"Exit status", "Files", "Environment"}) {
    const std::string table = of_table(cli_section(section));
    if (table.empty()) continue;
    std::string name = section;
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    out += heading("SH", name) + table;
  }
  return out;
}

}  // namespace dechaff::cli
