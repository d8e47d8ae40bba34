#include "decide/settings.hpp"

#include <algorithm>
#include <unordered_map>

namespace dechaff::decide {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

void set_level(Settings& settings, EntryIndex entry, int level) {
  settings.trusted[entry] = level != 0 && level <= settings.profile.level;
  settings.certain[entry] = settings.trusted[entry] && level == 1;
}

void switch_by_hand(Settings& settings, const Switches& switches) {
  for (const EntryIndex entry : switches.enable) {
    settings.on[entry] = settings.trusted[entry] = settings.certain[entry] = true;
  }
  for (const EntryIndex entry : switches.disable) settings.on[entry] = false;
}

bool acts(const rules::Rule& rule, const Settings& settings) {
  if (!settings.on[rule.entry]) return false;
  switch (rule.effect) {
    case EntryKind::drop:
      return settings.profile.weigh || settings.trusted[rule.entry];
    case EntryKind::rewrite:
      return settings.trusted[rule.entry];
    case EntryKind::weigh:
      return settings.profile.weigh;
    default:
      return true;
  }
}

/// Rules that act, and those whose hits these ask for. Where none but protection is left, that has nothing to
/// protect from.
void find_what_matters(const rules::Compiled& compiled, Settings& settings) {
  settings.matters.assign(compiled.entries.size(), false);
  std::vector<const rules::Rule*> open;
  bool any = false;
  const auto add = [&](const rules::Rule& rule) {
    if (settings.matters[rule.entry] || !settings.on[rule.entry]) return;
    settings.matters[rule.entry] = true;
    open.push_back(&rule);
  };
  for (const rules::Rule& rule : compiled.rules) {
    if (!acts(rule, settings)) continue;
    any |= rule.effect != EntryKind::keep;
    add(rule);
  }
  std::vector<bool> named(compiled.entries.size());
  while (!open.empty()) {
    for (const rules::Neighbour& neighbour : open.back()->where.neighbours) {
      for (const EntryIndex entry : neighbour.entries) named[entry] = true;
    }
    open.pop_back();
    if (!open.empty()) continue;
    for (const rules::Rule& rule : compiled.rules) {
      if (named[rule.entry]) add(rule);
    }
  }
  settings.idle = !any;
  if (!any) settings.matters.assign(compiled.entries.size(), false);
}

bool applies(const rules::Override& override, std::string_view host) {
  return std::ranges::any_of(override.hosts,
                             [&](const std::string& h) { return rules::host_matches(host, h); });
}

bool is_unconditional(const rules::Rule& rule) {
  const rules::When& when = rule.when;
  return rule.scope != rules::Scope::block && rule.where.head == 0 && rule.where.tail == 0 &&
         !when.block_lines && !when.document_lines && !when.blank_before && !when.blank_after &&
         when.hosts.empty() && when.languages.empty();
}

RuleSketch::Kind kind_of(const rules::Rule& rule) {
  const auto is_dropped = [](const rules::Neighbour& neighbour) { return neighbour.dropped; };
  if (rule.repeat) return RuleSketch::Kind::by_repeat;
  if (std::ranges::any_of(rule.where.neighbours, is_dropped)) return RuleSketch::Kind::by_drop;
  return rule.where.neighbours.empty() ? RuleSketch::Kind::alone : RuleSketch::Kind::by_neighbour;
}

}  // namespace

RuleSketches::RuleSketches(const rules::Compiled& compiled) {
  std::unordered_map<std::string_view, std::uint32_t> numbers;
  rules.reserve(compiled.rules.size());
  for (const rules::Rule& rule : compiled.rules) {
    const RuleSketch::Kind kind = kind_of(rule);
    if (kind == RuleSketch::Kind::by_repeat) repeating.push_back(static_cast<std::uint32_t>(rules.size()));
    rules.push_back({rule.entry, rule.effect, rule.scope, kind, is_unconditional(rule),
                     static_cast<std::uint32_t>(targets.size())});
    for (const rules::Neighbour& neighbour : rule.where.neighbours)
      targets.push_back(numbers.try_emplace(neighbour.target, numbers.size()).first->second);
  }
  distinct_targets = static_cast<std::uint32_t>(numbers.size());
}

Settings settings_for(const rules::Compiled& compiled, const Profile& profile, const Switches& switches) {
  Settings settings;
  settings.profile = profile;
  settings.sketches = std::make_shared<const RuleSketches>(compiled);
  const std::size_t size = compiled.entries.size();
  settings.on.resize(size);
  settings.trusted.resize(size);
  settings.certain.resize(size);
  settings.scores.resize(size);
  for (EntryIndex i = 0; i < size; ++i) {
    const Entry& entry = compiled.entries[i];
    settings.on[i] = entry.enabled && (entry.kind != EntryKind::weigh || profile.weigh);
    settings.scores[i] = entry.score;
    set_level(settings, i, entry.level);
  }
  for (const rules::Rule& rule : compiled.rules) {
    for (const rules::Neighbour& neighbour : rule.where.neighbours) {
      for (const EntryIndex named : neighbour.entries) settings.on[named] = compiled.entries[named].enabled;
    }
  }
  switch_by_hand(settings, switches);
  find_what_matters(compiled, settings);
  return settings;
}

bool depends_on(const rules::Compiled& compiled, std::string_view host, std::string_view language) {
  if (!language.empty()) return true;
  if (host.empty()) return false;
  const auto asks_host = [](const rules::Rule& rule) { return !rule.when->hosts.empty(); };
  return std::ranges::any_of(compiled.host_overrides, [&](const auto& o) { return applies(o, host); }) ||
         std::ranges::any_of(compiled.rules, asks_host);
}

Settings settings_for_document(const rules::Compiled& compiled, const Settings& settings,
                               const Switches& switches, std::string host, std::string language) {
  Settings out = settings;
  for (const rules::Override& override : compiled.host_overrides) {
    if (!applies(override, host)) continue;
    for (const EntryIndex entry : override.entries) {
      if (override.enabled) out.on[entry] = *override.enabled;
      if (override.level && compiled.entries[entry].level != 0) set_level(out, entry, *override.level);
      if (override.score) out.scores[entry] = *override.score;
    }
  }
  if (!language.empty()) {
    for (const rules::Rule& rule : compiled.rules) {
      const bool other =
          !rule.languages.empty() && std::ranges::find(rule.languages, language) == rule.languages.end();
      if (other) out.on[rule.entry] = false;
    }
  }
  switch_by_hand(out, switches);
  find_what_matters(compiled, out);
  out.host = std::move(host);
  out.language = std::move(language);
  return out;
}

std::string host_of(std::string_view url) {
  // The first slash is that of "//" where there is one: "?to=https://…" is no scheme.
  if (const std::size_t slashes = url.find("//");
      slashes == url.find_first_of("/?#") && slashes != url.npos) {
    url.remove_prefix(slashes + 2);
  }
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t user = url.rfind('@'); user != url.npos) url.remove_prefix(user + 1);
  url = url.substr(0, url.starts_with('[') ? url.find(']') + 1 : url.find(':'));
  if (url.ends_with('.')) url.remove_suffix(1);  // of the root: the same host
  return lower(url);
}

}  // namespace dechaff::decide
