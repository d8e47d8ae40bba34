#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app.hpp"
#include "command.hpp"
#include "dechaff/io.hpp"
#include "dechaff/nearest.hpp"
#include "dechaff/report.hpp"
#include "options.hpp"
#include "rule_sources.hpp"

namespace dechaff::cli {

namespace {

std::string_view kind_of(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::builtin:
      return "built in";
    case EntryKind::step:
      return "step";
    case EntryKind::drop:
      return "drop";
    case EntryKind::keep:
      return "keep";
    case EntryKind::weigh:
      return "weigh";
    case EntryKind::rewrite:
      break;
  }
  return "rewrite";
}

std::string strength_of(const Entry& entry) {
  if (entry.level > 0) return std::to_string(entry.level);
  if (entry.kind != EntryKind::weigh) return "-";
  char text[16];
  std::snprintf(text, sizeof text, "%+.2f", entry.score);
  return text;
}

std::string place_of(const Entry& entry) {
  return entry.pos.file.empty() ? "" : entry.pos.file + ":" + std::to_string(entry.pos.line);
}

void append_padded(std::string& out, std::string_view text, std::size_t width) {
  out += text;
  out.append(text.size() < width ? width - text.size() : 0, ' ');
  out += ' ';
}

struct RulesCommand {
  RuleOptions options;
  std::vector<std::string> arguments;
  std::vector<std::string> corpus;
};

int list(RulesCommand& command) {
  const auto cleaner = make_cleaner(command.options);
  if (!cleaner) return wrong_usage;
  std::vector<std::string> texts;
  int status = done;
  for (const std::string& path : command.arguments) {
    auto bytes = read_input(path);
    if (bytes) {
      texts.push_back(std::move(*bytes));
    } else {
      complain(to_string(bytes.error()));
      status = some_failed;
    }
  }
  std::vector<RuleCost> costs(cleaner->rules().entries().size());
  if (!texts.empty()) {
    for (const RuleCost& cost : measure_rules(cleaner->rules(), texts)) costs[cost.entry] = cost;
  }
  const std::string shipped = shipped_folder().empty() ? "(built in)" : shipped_folder().string();
  std::string out =
      "# shipped rules: " + (command.options.no_default_rules ? std::string("none") : shipped) + "\n";
  append_padded(out, "# id", 34);
  append_padded(out, "kind", 8);
  append_padded(out, "level", 6);
  append_padded(out, "state", 5);
  if (!texts.empty()) out += "    hits       ms ";
  out += "layer        source\n";
  const auto entries = cleaner->rules().entries();
  for (EntryIndex i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    append_padded(out, entry.id, 34);
    append_padded(out, kind_of(entry), 8);
    append_padded(out, strength_of(entry), 6);
    append_padded(out, cleaner->in_force(i) ? "on" : "off", 5);
    if (!texts.empty()) {
      char numbers[48];
      std::snprintf(numbers, sizeof numbers, "%8llu %8.2f ", static_cast<unsigned long long>(costs[i].hits),
                    costs[i].milliseconds);
      out += numbers;
    }
    append_padded(out, entry.layer, 12);
    out += place_of(entry) + "\n";
  }
  return print_visible(out) ? status : some_failed;
}

int show(RulesCommand& command) {
  const auto rules = load(command.options);
  if (!rules) return wrong_usage;
  if (command.arguments.empty()) {
    complain("name a rule, step, tag or family; `dechaff rules list` has them all");
    return wrong_usage;
  }
  std::string out;
  for (const std::string& handle : command.arguments) {
    bool found = false;
    std::vector<std::string_view> ids;
    for (EntryIndex i = 0; i < rules->entries().size(); ++i) {
      const Entry& entry = rules->entries()[i];
      ids.push_back(entry.id);
      if (entry.id != handle && std::ranges::find(entry.tags, handle) == entry.tags.end()) continue;
      found = true;
      out += "# " + place_of(entry) + (entry.layer.empty() ? "" : " (" + entry.layer + ")") + "\n" +
             rules->source_of(i) + "\n";
    }
    if (found) continue;
    const auto near = nearest(handle, ids);
    complain("no rule, step, tag or family '" + handle + "'" +
             (near ? ", did you mean '" + std::string(*near) + "'?" : ""));
    return wrong_usage;
  }
  return print_visible(out) ? done : some_failed;
}

/// Whether `file` is `path`, or stands in it where that is a folder.
bool holds(const std::filesystem::path& path, const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::equivalent(path, file, error)) return true;
  const auto folder = std::filesystem::absolute(file, error).parent_path();
  return std::filesystem::is_regular_file(file, error) && std::filesystem::equivalent(path, folder, error);
}

/// Entries that stand in the files or folders asked for, or all.
EntryFilter standing_in(const std::vector<std::string>& files) {
  return [&files](const Entry& entry) {
    return files.empty() ||
           std::ranges::any_of(files, [&](const std::string& file) { return holds(file, entry.pos.file); });
  };
}

/// Files to look at come on top of the layers, but for those that stand in a layer already.
void add_files(RulesCommand& command) {
  const RuleSources sources = rule_sources(command.options);
  std::vector<std::filesystem::path> there;
  if (sources.shipped) there.push_back(sources.shipped_dir);
  for (const RuleLayer& layer : sources.layers) there.push_back(layer.path);
  for (const std::string& file : command.arguments) {
    if (std::ranges::any_of(there, [&](const auto& layer) { return holds(layer, file); })) continue;
    command.options.rules.push_back(file);
    there.emplace_back(file);
  }
}

int report(const std::vector<Finding>& findings, const std::string& summary) {
  std::string out;
  for (const Finding& finding : findings)
    out += to_string(Error{ErrorCode::bad_rule, finding.pos, finding.message}) + "\n";
  if (!print(out + summary)) return some_failed;
  return findings.empty() ? done : would_change;
}

int check(RulesCommand& command) {
  add_files(command);
  const auto rules = load(command.options);
  if (!rules) return wrong_usage;
  const auto findings = check_rules(*rules, standing_in(command.arguments));
  return report(findings, std::to_string(findings.size()) + " findings\n");
}

// What a rule of level 1 may hit of what people wrote: one line in so many.
constexpr double lines_for_one_hit = 100'000;

/// Hits of wanted drop rules on texts in which every line is content: a false positive each.
int test_corpus(RulesCommand& command) {
  const auto cleaner = make_cleaner(command.options);
  if (!cleaner) return wrong_usage;
  const auto entries = cleaner->rules().entries();
  std::vector<std::uint64_t> hits(entries.size());
  std::uint64_t lines = 0;
  int status = done;
  Workspace workspace;
  for (const std::string& path : command.corpus) {
    const auto bytes = read_input(path);
    if (!bytes) {
      complain(to_string(bytes.error()));
      status = some_failed;
      continue;
    }
    // Of lines, all hits are told: those of rules that the profile does not trust, too.
    const Cleaned cleaned =
        cleaner->clean({.bytes = *bytes, .url = "", .language = ""}, workspace, Detail::lines);
    lines += cleaned.lines_in;
    for (const EntryCount& count : cleaned.counts) hits[count.entry] += count.hits;
  }
  const EntryFilter wanted = standing_in(command.arguments);
  std::vector<EntryIndex> order;
  for (EntryIndex i = 0; i < entries.size(); ++i) {
    if (entries[i].kind == EntryKind::drop && hits[i] > 0 && wanted(entries[i])) order.push_back(i);
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](EntryIndex i) { return hits[i]; });
  std::string out = "# false positives in " + std::to_string(lines) + " lines of content\n";
  append_padded(out, "# id", 34);
  out += "level     hits  in 100,000\n";
  std::uint64_t broken = 0;
  for (const EntryIndex i : order) {
    const double rate = static_cast<double>(hits[i]) * lines_for_one_hit / static_cast<double>(lines);
    const bool breaks = entries[i].level == 1 && rate > 1;
    broken += breaks ? 1U : 0U;
    append_padded(out, entries[i].id, 34);
    char numbers[64];
    std::snprintf(numbers, sizeof numbers, "%5d %8llu %11.1f%s\n", entries[i].level,
                  static_cast<unsigned long long>(hits[i]), rate, breaks ? "  too many for level 1" : "");
    out += numbers;
  }
  out += std::to_string(broken) + " rules of level 1 hit more than one line in 100,000\n";
  if (!print_visible(out)) return some_failed;
  return status != done ? status : broken > 0 ? would_change : done;
}

int test(RulesCommand& command) {
  add_files(command);
  if (!command.corpus.empty()) return test_corpus(command);
  const auto rules = load(command.options);
  if (!rules) return wrong_usage;
  const ExampleReport result = run_examples(*rules, standing_in(command.arguments));
  const std::string summary = std::to_string(result.examples) + " examples of " +
                              std::to_string(result.rules) + " rules run, " +
                              std::to_string(result.failures.size()) + " failed\n";
  return report(result.failures, summary);
}

Command rules_command(const char* brief, const char* name, const char* argument, const char* argument_brief,
                      const char* type, int (*run)(RulesCommand&)) {
  auto app = make_app(brief, name);
  const auto command = std::make_shared<RulesCommand>();
  add_rule_options(*app, command->options);
  app->add_option(argument, command->arguments, argument_brief)->type_name(type);
  if (run == test) {
    app->add_option("--corpus", command->corpus,
                    "Instead: count what rules hit in this text, of which every line is content; repeatable")
        ->type_name("FILE");
  }
  return {std::move(app), [command, run] { return run(*command); }, &command->options};
}

}  // namespace

Command rules_list_command() {
  return rules_command(
      "Lists what is in force and from where; with texts, hits and time of each rule on them",
      "dechaff rules list", "text", "Texts to count hits and time on; - is standard input", "FILE", list);
}

Command rules_show_command() {
  return rules_command("Shows rules, steps, tags or families as their files have them", "dechaff rules show",
                       "id", "Ids, tags or families", "ID", show);
}

Command rules_check_command() {
  return rules_command("Names mistakes and doubts of pattern files, one a line with its place",
                       "dechaff rules check", "file", "Pattern files; none is all layers", "FILE", check);
}

Command rules_test_command() {
  return rules_command("Runs the examples of pattern files", "dechaff rules test", "file",
                       "Pattern files; none is all layers", "FILE", test);
}

}  // namespace dechaff::cli
