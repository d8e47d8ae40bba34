#include <algorithm>

#include "base/ascii.hpp"
#include "rules/rule.hpp"

namespace dechaff {

namespace rules {

const Profile* Compiled::profile(std::string_view name) const {
  const auto found = std::ranges::find(profiles, name, &Profile::name);
  return found == profiles.end() ? nullptr : &*found;
}

std::vector<EntryIndex> entries_named(const std::vector<Entry>& entries, std::string_view handle) {
  std::vector<EntryIndex> out;
  if (handle.ends_with(".*")) handle.remove_suffix(2);
  for (EntryIndex i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    if (entry.id == handle || std::ranges::find(entry.tags, handle) != entry.tags.end()) out.push_back(i);
  }
  return out;
}

std::string primary_language(std::string_view tag) {
  return ascii_lower(tag.substr(0, tag.find_first_of("-_")));
}

bool host_matches(std::string_view host, std::string_view pattern) {
  if (pattern.starts_with("*.")) pattern.remove_prefix(2);
  if (!host.ends_with(pattern)) return false;
  return host.size() == pattern.size() || host[host.size() - pattern.size() - 1] == '.';
}

}  // namespace rules

std::span<const Entry> RuleSet::entries() const { return compiled_->entries; }
std::span<const Profile> RuleSet::profiles() const { return compiled_->profiles; }

std::string RuleSet::source_of(EntryIndex index) const {
  const Entry& entry = compiled_->entries[index];
  const auto file = std::ranges::find(compiled_->files, entry.pos.file, &rules::SourceFile::name);
  if (file == compiled_->files.end() || !file->name.ends_with(".toml")) return {};
  std::string out;
  std::string_view rest = file->content();
  for (std::uint32_t line = 1; !rest.empty(); ++line) {
    const std::string_view text = rest.substr(0, rest.find('\n'));
    if (line > entry.pos.line &&
        (text.starts_with("[[") || text.starts_with("[pack") || text.starts_with("[profile")))
      break;
    if (line >= entry.pos.line) out.append(text).push_back('\n');
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
  }
  // Blank lines and comments before the next table belong to that one.
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace dechaff
