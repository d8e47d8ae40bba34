#include "config.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/real_path.hpp"
#include "config_places.hpp"
#include "dechaff/io.hpp"
#include "dechaff/nearest.hpp"
#include "option_doc.hpp"
#include "rules/toml.hpp"

namespace dechaff::cli {

namespace {

namespace fs = std::filesystem;

// Settings are a few lines; a file beyond this is something else.
constexpr std::uintmax_t max_config_bytes = 1 << 20;

bool is_regular(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

/// The long names without their dashes.
std::vector<std::string_view> keys_of(const std::vector<OptionDoc>& options, const CLI::App& app) {
  std::vector<std::string_view> out;
  for (const OptionDoc& option : options) {
    for (const std::string& name : option.names) {
      if (name.starts_with("--") && option_of(app, name)->get_configurable())
        out.push_back(std::string_view(name).substr(2));
    }
  }
  return out;
}

const OptionDoc* option_named(const std::vector<OptionDoc>& options, const std::string& name) {
  const auto at = std::ranges::find_if(options, [&](const OptionDoc& option) {
    return std::ranges::find(option.names, name) != option.names.end();
  });
  return at == options.end() ? nullptr : &*at;
}

/// Reads one file.
class Reader {
 public:
  Reader(fs::path file, CLI::App& app, Config& config, Errors& errors)
      : file_(std::move(file)), app_(app), options_(describe(app)), config_(config), errors_(errors) {}

  void read() {
    std::error_code ignored;
    if (is_regular(file_) && fs::file_size(file_, ignored) > max_config_bytes) {
      errors_.push_back({ErrorCode::usage, {file_.string(), 0, 0}, "is too large for settings: over 1 MiB"});
      return;
    }
    const auto text = read_input(file_.string());
    if (!text) {
      errors_.push_back(text.error());
      return;
    }
    const toml::parse_result parsed = rules::parse_toml(*text);
    if (!parsed) {
      add(parsed.error().source().begin, std::string(parsed.error().description()));
      return;
    }
    config_.files.push_back(file_);
    // In the order of the file, so that mistakes are too.
    std::vector<std::pair<const toml::key*, const toml::node*>> entries;
    for (const auto& [key, value] : parsed.table()) entries.emplace_back(&key, &value);
    std::ranges::sort(entries, [](const auto& a, const auto& b) {
      const auto [x, y] = std::pair(a.first->source().begin, b.first->source().begin);
      return std::pair(x.line, x.column) < std::pair(y.line, y.column);
    });
    for (const auto& [key, value] : entries) read(*key, *value);
  }

 private:
  void add(toml::source_position at, std::string message) {
    errors_.push_back({ErrorCode::usage, {file_.string(), at.line, at.column}, std::move(message)});
  }

  void read(const toml::key& key, const toml::node& value) {
    const std::string name(key.str());
    const OptionDoc* doc = option_named(options_, "--" + name);
    if (doc == nullptr) return unknown(key);
    CLI::Option& option = *option_of(app_, "--" + name);
    if (!option.get_configurable())
      return add(key.source().begin,
                 "'" + name + "' is about one run; give it on the command line as --" + name);
    const std::size_t errors_before = errors_.size();
    Setting setting{name,
                    values(name, *doc, value),
                    {file_.string(), key.source().begin.line, key.source().begin.column}};
    if (errors_.size() > errors_before) return;
    try {
      option.clear();
      option.add_result(setting.values);
      option.run_callback();
    } catch (const CLI::Error& error) {
      return add(value.source().begin, error.what());
    }
    config_.settings.push_back(std::move(setting));
  }

  void unknown(const toml::key& key) {
    const auto keys = keys_of(options_, app_);
    const auto near = nearest(key.str(), keys);
    add(key.source().begin, "unknown key '" + std::string(key.str()) + "'" +
                                (near ? ", did you mean '" + std::string(*near) + "'?"
                                      : "; keys are the long names of options: dechaff help config"));
  }

  /// What the value is on a command line; nothing where that has been said to be wrong.
  std::vector<std::string> values(const std::string& name, const OptionDoc& doc, const toml::node& value) {
    const auto wrong = [&](const toml::node& node, std::string_view wanted) {
      add(node.source().begin, "'" + name + "' must be " + std::string(wanted));
      return std::vector<std::string>();
    };
    if (doc.value.empty()) {
      const auto* flag = value.as_boolean();
      if (flag == nullptr) return wrong(value, "true or false");
      return {flag->get() ? "true" : "false"};
    }
    if (doc.repeatable) {
      const auto* list = value.as_array();
      if (list == nullptr) return wrong(value, "a list of strings, such as [\"one\", \"two\"]");
      std::vector<std::string> out;
      for (const toml::node& element : *list) {
        const auto* text = element.as_string();
        if (text == nullptr) return wrong(element, "a list of strings; put this in quotes");
        out.push_back(placed(doc, text->get()));
      }
      return out;
    }
    if (doc.value == "N") {
      const auto* number = value.as_integer();
      return number == nullptr ? wrong(value, "a whole number")
                               : std::vector<std::string>{std::to_string(number->get())};
    }
    const auto* text = value.as_string();
    if (text == nullptr) return wrong(value, "a string, in quotes");
    if (doc.others || std::ranges::find(doc.values, text->get()) != doc.values.end())
      return {placed(doc, text->get())};
    std::string choices;
    for (const std::string& choice : doc.values) choices += (choices.empty() ? "" : ", ") + choice;
    return wrong(value, "one of " + choices);
  }

  /// A relative path is relative to the file, wherever the program is run.
  std::string placed(const OptionDoc& doc, const std::string& value) const {
    if (doc.completion == OptionDoc::Completion::none || value.empty()) return value;
    return (file_.parent_path() / value).lexically_normal().string();
  }

  fs::path file_;
  CLI::App& app_;
  std::vector<OptionDoc> options_;
  Config& config_;
  Errors& errors_;
};

bool is_control(char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (is_control(c)) {
      char escape[8];
      (void)std::snprintf(escape, sizeof escape, "\\u%04X",
                          static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string as_toml(const OptionDoc& doc, const std::vector<std::string>& values) {
  if (doc.value.empty() || doc.value == "N") return values.empty() ? "" : values.back();
  if (!doc.repeatable) return values.empty() ? quoted("") : quoted(values.back());
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "" : ", ") + quoted(value);
  return "[" + list + "]";
}

}  // namespace

std::vector<fs::path> config_files() {
  if (const char* named = std::getenv("DECHAFF_CONFIG"); named != nullptr && *named != '\0') return {named};
  fs::path project = nearest_above(".dechaff.toml", fs::file_type::regular);
  if (!project.empty()) project = project.lexically_proximate(current_folder().value_or(fs::path()));
  std::vector<fs::path> out{"/etc/dechaff/config.toml", user_config("config.toml"), project};
  std::erase_if(out, [](const fs::path& path) { return !may_be(path, fs::file_type::regular); });
  return out;
}

Config read_config(const std::vector<fs::path>& files, CLI::App& app, Errors& errors) {
  Config config;
  for (const fs::path& file : files) Reader(file, app, config, errors).read();
  return config;
}

void apply(const Config& config, CLI::App& app) {
  for (const Setting& setting : config.settings) {
    CLI::Option* option = option_of(app, "--" + setting.key);
    if (option == nullptr || !option->get_configurable()) continue;
    option->clear();
    option->add_result(setting.values);
    option->run_callback();
    option->clear();
  }
}

std::string to_toml(const Config& config, const CLI::App& app) {
  std::string out = config.files.empty() ? "# no configuration files\n" : "# files, the strongest last:\n";
  for (const fs::path& file : config.files) out += "#   " + file.string() + "\n";
  for (const OptionDoc& doc : describe(app)) {
    if (doc.names.empty() || !doc.names.back().starts_with("--")) continue;
    const CLI::Option& option = *option_of(app, doc.names.back());
    if (!option.get_configurable()) continue;
    const std::string key = doc.names.back().substr(2);
    const auto setting = std::find_if(config.settings.rbegin(), config.settings.rend(),
                                      [&](const Setting& candidate) { return candidate.key == key; });
    if (option.count() > 0) {
      out += key + " = " + as_toml(doc, option.results()) + "  # command line\n";
    } else if (setting != config.settings.rend()) {
      out += key + " = " + as_toml(doc, setting->values) + "  # " + setting->pos.file + ":" +
             std::to_string(setting->pos.line) + "\n";
    } else if (!doc.default_value.empty()) {
      out += key + " = " + as_toml(doc, {doc.default_value}) + "  # default\n";
    }
  }
  return out;
}

}  // namespace dechaff::cli
