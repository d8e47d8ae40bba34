#include "options.hpp"

#include <CLI/CLI.hpp>
#include <cctype>

#include "command.hpp"
#include "config.hpp"
#include "dechaff/nearest.hpp"
#include "dechaff/report.hpp"
#include "help.hpp"
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
  app.add_option(
         "-p,--profile", options.clean.profile,
         "What to trust: safe, article, normalise, or one of your own\n"
         "safe would rather leave chaff than lose a sentence, article goes for the main text, normalise "
         "only mends characters and white space; NAME is one of your own.")
      ->type_name("safe|article|normalise|NAME")
      ->capture_default_str()
      ->group(groups::cleaning)
      ->configurable();
  app.add_option("--rules", options.rules,
                 "A pattern file, a phrase list or a folder of them; repeatable\n"
                 "They come on top of all others.")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->group(groups::cleaning)
      ->configurable();
  app.add_flag("--no-default-rules", options.no_default_rules,
               "Leave out the packs and steps that ship with dechaff")
      ->group(groups::cleaning)
      ->configurable();
  app.add_option("--enable", options.clean.enable,
                 "Put a rule, step, tag or family in force and trust it; repeatable")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->group(groups::cleaning)
      ->configurable();
  app.add_option("--disable", options.clean.disable, "Switch a rule, step, tag or family off; repeatable")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->group(groups::cleaning)
      ->configurable();
  add_config_options(app);
}

void add_clean_options(CLI::App& app, RuleOptions& options) {
  add_rule_options(app, options);
  app.add_option("--form", options.form, "Unicode normalization form; the profile's where it is not given")
      ->type_name("nfc|nfd|nfkc|nfkd|none")
      ->group(groups::cleaning)
      ->configurable();
  app.add_option("--encoding", options.clean.encoding, "auto, or a WHATWG name such as windows-1252")
      ->type_name("auto|utf-8|windows-1252|NAME")
      ->capture_default_str()
      ->group(groups::cleaning)
      ->configurable();
  app.add_option("--url", options.url, "The documents' address, for rules of its host")
      ->type_name("URL")
      ->group(groups::rare)
      ->configurable();
  app.add_option("--language", options.language, "The documents' language, such as de")
      ->type_name("TAG")
      ->group(groups::rare)
      ->configurable();
}

namespace {

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// As sed and perl have it, a flag whose value may be left out takes what stands right behind its letter, if
/// that is no letter or digit: "-ri.bak" becomes "-r" and "--in-place=.bak".
Arguments with_values_apart(const CLI::App& app, const std::string& argument) {
  for (std::size_t at = 1; at + 1 < argument.size() && argument.front() == '-'; ++at) {
    const CLI::Option* option = option_of(app, std::string("-") + argument[at]);
    if (option == nullptr || option->get_items_expected_max() > 0) break;  // the rest is its value
    if (option->get_type_name().empty() || is_letter_or_digit(argument[at + 1])) continue;
    const std::size_t value = argument[at + 1] == '=' ? at + 2 : at + 1;
    Arguments out{"--" + option->get_lnames().front() + "=" + argument.substr(value)};
    if (at > 1) out.insert(out.begin(), argument.substr(0, at));
    return out;
  }
  return {argument};
}

Arguments with_values_apart(const CLI::App& app, const Arguments& arguments) {
  Arguments out;
  for (auto at = arguments.begin(); at != arguments.end(); ++at) {
    if (*at == "--") {
      out.insert(out.end(), at, arguments.end());
      break;
    }
    for (std::string& argument : with_values_apart(app, *at)) out.push_back(std::move(argument));
  }
  return out;
}

std::optional<int> parse_once(CLI::App& app, const Arguments& given) {
  const Arguments arguments = with_values_apart(app, given);
  app.allow_extras();  // so that a misspelt option can be named with the nearest right one
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return print(short_help(app)) ? done : some_failed;
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

bool is_given(const CLI::App& app, const char* flag) {
  const CLI::Option* option = option_of(app, flag);
  return option != nullptr && option->count() > 0;
}

}  // namespace

void add_config_options(CLI::App& app) {
  app.add_flag("--no-config")->description("Leave all configuration files out")->group(groups::work);
  app.add_flag("--print-config")
      ->description("Say which settings are in force and from where, and do nothing else")
      ->group(groups::rare);
}

std::optional<int> parse(const Command& command, const Arguments& arguments) {
  CLI::App& app = *command.app;
  // First by itself, since it says whether there are configuration files at all; and what is wrong with the
  // command line, or asked of it, needs none.
  if (const auto status = parse_once(app, arguments)) return status;
  if (option_of(app, "--no-config") == nullptr) return {};
  Config config;
  const auto files = is_given(app, "--no-config") ? std::vector<std::filesystem::path>() : config_files();
  if (!files.empty()) {
    Errors errors;
    config = read_config(files, *clean_command().app, errors);
    for (const Error& error : errors) say(to_string(error));
    if (!errors.empty()) return wrong_usage;
    apply(config, app);
    if (const auto status = parse_once(app, arguments)) return status;
    for (const Setting& setting : config.settings) {
      if (command.rules != nullptr && !is_given(app, ("--" + setting.key).c_str()))
        command.rules->clean.places[setting.key] = setting.pos;
    }
  }
  if (!is_given(app, "--print-config")) return {};
  return print_visible(to_toml(config, app)) ? done : some_failed;
}

namespace {

std::unique_ptr<RuleSet> load_from(const RuleSources& sources) {
  LoadedRules loaded = load_rules(sources);
  for (const Error& error : loaded.errors) say(to_string(error));
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
  if (cleaner.error().pos.file.empty())
    complain(to_string(cleaner.error()));
  else
    say(to_string(cleaner.error()));
  return {};
}

}  // namespace dechaff::cli
