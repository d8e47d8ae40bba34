#include <CLI/CLI.hpp>
#include <algorithm>

#include "app.hpp"
#include "command.hpp"
#include "dechaff/nearest.hpp"
#include "help.hpp"
#include "options.hpp"

namespace dechaff::cli {

namespace {

// A topic that is made from the definitions, not from docs/.
constexpr std::string_view options_topic = "options";

std::string list_of_topics() {
  std::string out = "dechaff help TOPIC, or dechaff help COMMAND\n\nTopics:\n";
  const auto add = [&](std::string name, const std::string& title) {
    name.append(std::max<std::size_t>(name.size() + 2, 16) - name.size(), ' ');
    out += "  " + name + title + "\n";
  };
  for (const Topic& topic : topics()) add(topic.name, topic.title);
  add(std::string(options_topic), "Every option of cleaning");
  return out + "\nCommands:\n" + list_of_commands("");
}

std::string text_of(const Topic& topic) {
  // A section stands without its heading.
  return topic.text.starts_with("# ") ? std::string(topic.text)
                                      : "# " + topic.title + "\n" + std::string(topic.text);
}

int unknown(const std::string& name) {
  std::vector<std::string> names{std::string(options_topic)};
  for (const Topic& topic : topics()) names.push_back(topic.name);
  for (const CommandEntry& entry : commands()) names.emplace_back(entry.name);
  const auto near = nearest(name, std::vector<std::string_view>(names.begin(), names.end()));
  complain("no help on '" + name + "'" + (near ? ", did you mean '" + std::string(*near) + "'?" : "") +
           " (dechaff help lists what there is)");
  return wrong_usage;
}

int help(const std::vector<std::string>& words) {
  std::string name;
  for (const std::string& word : words) name += (name.empty() ? "" : " ") + word;
  const auto show = [](std::string_view text) { return print(text) ? done : some_failed; };
  if (name.empty()) return show(list_of_topics());
  if (name == options_topic) return show(long_help(*commands().front().make().app));
  for (const CommandEntry& entry : commands()) {
    if (entry.name == name) return show(short_help(*entry.make().app));
  }
  for (const Topic& topic : topics()) {
    if (topic.name == name) return show(text_of(topic));
  }
  return unknown(name);
}

}  // namespace

Command help_command() {
  auto app = make_app("Says more on a topic or a command; lists them where none is named", "dechaff help");
  const auto words = std::make_shared<std::vector<std::string>>();
  std::string known{options_topic};
  for (const Topic& topic : topics()) known += "|" + topic.name;
  for (const CommandEntry& entry : commands()) {
    if (entry.name.find(' ') == std::string_view::npos) known += "|" + std::string(entry.name);
  }
  app->add_option("topic", *words, "A topic, or a command")->type_name(known);
  return {std::move(app), [words] { return help(*words); }};
}

}  // namespace dechaff::cli
