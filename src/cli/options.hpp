#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app.hpp"
#include "dechaff/cleaner.hpp"

namespace dechaff::cli {

/// Options that say what is in force; the same for every command that reads rules.
struct RuleOptions {
  std::vector<std::string> rules;
  bool no_default_rules = false;
  std::string form;
  CleanOptions clean;
  std::string url;
  std::string language;
};

/// Defines the options on `app`. `options` must outlive the parsing.
void add_rule_options(CLI::App& app, RuleOptions& options);
void add_clean_options(CLI::App& app, RuleOptions& options);

/// Parses; on a mistake, says what is wrong and how it may have been meant, and gives the status to end with.
/// `--help` ends with 0.
std::optional<int> parse(CLI::App& app, const Arguments& arguments);

/// The loaded rules, or nothing where a file is wrong: every mistake has been printed.
std::unique_ptr<RuleSet> load(const RuleOptions& options);

/// Rules and options as a cleaner, or nothing where something is wrong, which has been printed.
std::optional<Cleaner> make_cleaner(RuleOptions& options);

}  // namespace dechaff::cli
