#include "option_doc.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <utility>

#include "options.hpp"

namespace dechaff::cli {

namespace {

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> out{""};
  for (const char c : text) {
    if (c == at) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

/// What the type name says of the value: options.hpp.
void read_type(OptionDoc& doc, const std::string& type) {
  if (type == "FILE" || type == "PATH") doc.completion = OptionDoc::Completion::files;
  if (type == "DIR") doc.completion = OptionDoc::Completion::folders;
  if (type.find('|') == std::string::npos) return;
  doc.others = false;
  for (std::string& part : split(type, '|')) {
    if (part == upper(part)) {
      doc.others = true;
    } else {
      doc.values.push_back(std::move(part));
    }
  }
}

OptionDoc describe(const CLI::Option& option) {
  OptionDoc doc;
  for (const std::string& name : option.get_snames()) doc.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) doc.names.push_back("--" + name);
  // CLI11 puts what its checks say of themselves behind a colon.
  std::string type = option.get_type_name();
  type.resize(std::min(type.size(), type.find(':')));
  read_type(doc, type);
  doc.value = doc.names.empty() ? upper(option.get_name(true)) : type;
  doc.value_may_be_missing = option.get_items_expected_max() == 0 && !type.empty();
  doc.repeatable = option.get_items_expected_max() > 1;
  const std::string& text = option.get_description();
  const std::size_t end = text.find('\n');
  doc.brief = text.substr(0, end);
  if (end != std::string::npos) doc.more = text.substr(end + 1);
  doc.default_value = option.get_default_str();
  doc.group = option.get_group();
  return doc;
}

}  // namespace

const CLI::Option* option_of(const CLI::App& app, const std::string& name) {
  const auto options = app.get_options();
  const auto at = std::ranges::find_if(options, [&](const auto* option) { return option->check_name(name); });
  return at == options.end() ? nullptr : *at;
}

CLI::Option* option_of(CLI::App& app, const std::string& name) {
  return const_cast<CLI::Option*>(option_of(std::as_const(app), name));
}

std::vector<OptionDoc> describe(const CLI::App& app) {
  std::vector<OptionDoc> out;
  for (const CLI::Option* option : app.get_options()) out.push_back(describe(*option));
  std::stable_partition(out.begin(), out.end(), [](const OptionDoc& doc) { return !doc.names.empty(); });
  return out;
}

CommandDoc describe(std::string_view name, const CLI::App& app) {
  CommandDoc doc{std::string(name), app.get_name() + " [OPTIONS]", app.get_description(), describe(app)};
  for (const OptionDoc& option : doc.options) {
    if (option.names.empty()) doc.usage += " [" + spelled(option) + "]";
  }
  return doc;
}

std::string spelled(const OptionDoc& option) {
  if (option.names.empty()) return option.value + (option.repeatable ? "..." : "");
  std::string out;
  for (const std::string& name : option.names) out += (out.empty() ? "" : ", ") + name;
  // Of values that are known among others, the text tells.
  const std::string value = option.others ? option.value.substr(option.value.rfind('|') + 1) : option.value;
  if (option.value_may_be_missing) return out + "[=" + value + "]";
  return out + (value.empty() ? "" : " " + value);
}

std::vector<std::string> groups_of(const std::vector<OptionDoc>& options) {
  std::vector<std::string> out{groups::input,   groups::format, groups::output,  groups::cleaning,
                               groups::reports, groups::work,   groups::options, groups::rare};
  for (const OptionDoc& option : options) {
    if (std::ranges::find(out, option.group) == out.end()) out.push_back(option.group);
  }
  std::erase_if(out, [&](const std::string& group) {
    return std::ranges::none_of(
        options, [&](const OptionDoc& option) { return option.group == group && !option.names.empty(); });
  });
  return out;
}

}  // namespace dechaff::cli
