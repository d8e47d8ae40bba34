#include "options.hpp"

#include <iostream>

#include "dechaff/nearest.hpp"
#include "dechaff/report.hpp"
#include "rule_sources.hpp"

namespace dechaff::cli {

namespace {

/// The long names that `app` knows, with their dashes.
std::vector<std::string> known_options(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  }
  return out;
}

/// What was not understood, with the nearest option that exists.
std::string unknown_argument(const CLI::App& app) {
  std::vector<std::string> left = app.remaining();
  std::erase(left, "--");  // CLI11 hands it back though it has understood it
  for (const std::string& argument : left) {
    if (!argument.starts_with('-') || argument == "-") continue;
    const std::string name = argument.substr(0, argument.find('='));
    const std::vector<std::string> known = known_options(app);
    const std::vector<std::string_view> views(known.begin(), known.end());
    std::string message = "unknown option '" + name + "'";
    if (const auto near = nearest(name, views)) message += ", did you mean '" + std::string(*near) + "'?";
    return message;
  }
  return left.empty() ? "" : "unexpected argument '" + left.front() + "'";
}

}  // namespace

void add_rule_options(CLI::App& app, RuleOptions& options) {
  app.add_option("-p,--profile", options.clean.profile,
                 "What to trust: safe, article, normalise, or one of your own")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--rules", options.rules, "A pattern file, a phrase list or a folder of them; repeatable")
      ->type_name("PATH")
      ->allow_extra_args(false);
  app.add_flag("--no-default-rules", options.no_default_rules,
               "Leave out the packs and steps that ship with dechaff");
  app.add_option("--enable", options.clean.enable,
                 "Put a rule, step, tag or family in force and trust it; repeatable")
      ->type_name("ID")
      ->allow_extra_args(false);
  app.add_option("--disable", options.clean.disable, "Switch a rule, step, tag or family off; repeatable")
      ->type_name("ID")
      ->allow_extra_args(false);
}

void add_clean_options(CLI::App& app, RuleOptions& options) {
  add_rule_options(app, options);
  app.add_option("--form", options.form,
                 "Unicode normalization form: nfc, nfd, nfkc, nfkd or none (default: the profile's)")
      ->type_name("FORM");
  app.add_option("--encoding", options.clean.encoding, "auto, or a WHATWG name such as windows-1252")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--url", options.url, "The document's address, for rules of its host")->type_name("URL");
  app.add_option("--language", options.language, "The document's language, such as de")->type_name("TAG");
}

std::optional<int> parse(CLI::App& app, const Arguments& arguments) {
  app.allow_extras();  // so that a misspelt option can be named with the nearest right one
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return print(app.help()) ? done : some_failed;
  } catch (const CLI::CallForVersion&) {
    return print(version_details()) ? done : some_failed;
  } catch (const CLI::ParseError& error) {
    complain(error.what());
    return wrong_usage;
  }
  if (const std::string unknown = unknown_argument(app); !unknown.empty()) {
    complain(unknown + " (--help lists them)");
    return wrong_usage;
  }
  return {};
}

namespace {

std::unique_ptr<RuleSet> load_from(const RuleSources& sources) {
  LoadedRules loaded = load_rules(sources);
  for (const Error& error : loaded.errors) std::cerr << to_string(error) << '\n';
  return std::move(loaded.rules);
}

}  // namespace

std::unique_ptr<RuleSet> load(const RuleOptions& options) { return load_from(rule_sources(options)); }

std::optional<Cleaner> make_cleaner(RuleOptions& options) {
  if (!options.form.empty()) {
    options.clean.form = form_named(options.form);
    if (!options.clean.form) {
      complain("--form '" + options.form + "' must be one of nfc, nfd, nfkc, nfkd, none");
      return {};
    }
  }
  RuleSources sources = rule_sources(options);
  if (!sources.shipped_dir.empty()) sources.image = sources.shipped_dir.parent_path() / "rules.image";
  const auto rules = load_from(sources);
  if (!rules) return {};
  auto cleaner = Cleaner::make(*rules, options.clean);
  if (cleaner) return std::move(*cleaner);
  complain(to_string(cleaner.error()));
  return {};
}

}  // namespace dechaff::cli
