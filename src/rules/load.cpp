#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "dechaff/nearest.hpp"
#include "rules/columns.hpp"
#include "rules/files.hpp"
#include "rules/image.hpp"
#include "rules/read_rule.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

namespace dechaff {

namespace rules {
namespace {

// Looking for the nearest of all names takes a while, and nobody reads on.
constexpr std::size_t most_suggestions = 20;

/// An override as read, before its handle is looked up.
struct PendingOverride {
  PlacedString handle;
  std::string file;
  Override set;
  std::vector<PlacedString> add_lines;
  std::vector<Pattern> add_except;
};

Entry builtin(std::string id, std::string why) {
  Entry entry;
  entry.id = std::move(id);
  entry.why = std::move(why);
  return entry;
}

class Loader {
 public:
  Loader(Errors& errors, const Image& image)
      : errors_(errors), image_(image), compiled_(std::make_shared<Compiled>()) {
    compiled_->image = image.lender();
    compiled_->entries.reserve(builtin_entries + image.entries());
    compiled_->rules.reserve(image.rules());
    compiled_->entries = {builtin("text.encoding", "bytes of another encoding, as UTF-8"),
                          builtin("text.invalid", "ill-formed bytes, as U+FFFD"),
                          builtin("text.form", "the Unicode normalization form")};
    // The three names mean something without the shipped files, too; rules/profiles.toml has their values.
    for (const auto& [name, level] :
         {std::pair{"safe", 1}, std::pair{"article", 2}, std::pair{"normalise", 0}}) {
      Profile& fresh = profile(name);
      fresh.level = level;
    }
  }

  void read(SourceFile given) {
    if (!seen_.insert(given.identity.empty() ? given.name : given.identity).second) return;
    SourceFile& file = compiled_->files.emplace_back(std::move(given));
    if (const auto known = image_.find(file); known && take(*known, file)) return;
    const std::size_t bad = text::valid_prefix(file.content());
    if (bad != file.content().size()) {
      errors_.push_back(
          {ErrorCode::bad_rule, place_of(file, bad), "the file is no valid UTF-8; save it as UTF-8"});
      compiled_->files.pop_back();
      return;
    }
    if (file.name.ends_with(".txt")) {
      read_list(file);
    } else if (file.name.ends_with(".scores")) {
      read_score_file(file);
    } else {
      read_toml(file);
    }
  }

  /// What the one file said, for an image, but for its scores; nothing where there is more than one.
  std::optional<FileReading> reading() {
    if (!overrides_.empty() || compiled_->files.size() != 1) return {};
    count_columns_in_bytes(*compiled_, errors_);
    FileReading out{{compiled_->entries.begin() + builtin_entries, compiled_->entries.end()},
                    std::move(compiled_->rules),
                    std::move(compiled_->steps),
                    std::move(profiles_),
                    {}};
    for (Entry& entry : out.entries) entry.pos.file.clear();
    for (Rule& rule : out.rules) {
      rule.entry -= builtin_entries;
      rule.drops.clear();
      rule.keeps.clear();
    }
    for (DeclaredStep& step : out.steps) {
      step.step.entry -= builtin_entries;
      step.examples.clear();
    }
    return out;
  }

  std::shared_ptr<Compiled> finish() {
    const bool joined = take_joint();
    if (!joined) {
      for (Rule& rule : compiled_->rules) resolve_neighbours(rule);
    }
    for (PendingOverride& pending : overrides_) apply(pending);
    if (!joined) {
      for (const ReadScores::Hit& hit : score_hits_) resolve(hit);
      index_scores();
    }
    count_columns_in_bytes(*compiled_, errors_);
    return std::move(compiled_);
  }

 private:
  static SourcePos place_of(const SourceFile& file, std::size_t offset) {
    const std::string_view before = file.content().substr(0, offset);
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
    return {file.name, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(offset - start + 1)};
  }

  void read_toml(SourceFile& file) {
    file.counts_characters = true;  // as the parser does
    const FileErrors errors{file.name, errors_};
    const toml::parse_result parsed = parse_toml(file.content());
    if (!parsed) {
      errors.add(parsed.error().source().begin,
                 "this is no TOML: " + lower_first(parsed.error().description()));
      return;
    }
    TableReader reader(parsed.table(), errors);
    Pack pack;
    if (const toml::table* table = reader.table("pack")) pack = read_pack(*table, errors);
    pack.proven = file.is_as_built();
    for (const PlacedString& name : reader.strings("include")) {
      if (depth_ == most_includes_deep) {
        errors.add(name.at, "files include each other more than " + std::to_string(most_includes_deep) +
                                " deep; include this one further up");
        break;
      }
      auto included = included_file(file, name.text);
      if (included) {
        ++depth_;
        read(std::move(*included));
        --depth_;
      } else {
        errors.add(name.at, included.error().pos.file.empty() ? included.error().message
                                                              : to_string(included.error()));
      }
    }
    for (const toml::table* table : reader.tables("step")) {
      if (is_full(*table, errors)) break;
      ReadStep step = read_step(*table, pack, errors);
      step.step.step.entry = add_entry(std::move(step.entry), file);
      compiled_->steps.push_back(std::move(step.step));
    }
    for (const toml::table* table : reader.tables("rule")) {
      if (is_full(*table, errors)) break;
      ReadRule rule = read_rule(*table, pack, errors);
      rule.rule.entry = add_entry(std::move(rule.entry), file);
      if (rule.rule.pattern) count_memory({&*rule.rule.pattern, 1});
      count_memory(rule.rule.except);
      compiled_->rules.push_back(std::move(rule.rule));
    }
    for (const toml::table* table : reader.tables("override")) {
      if (overrides_.size() == most_overrides) {
        errors.add(table->source().begin,
                   "there are more than " + std::to_string(most_overrides) + " overrides; use fewer");
        break;
      }
      if (takes_too_much(*table, errors)) break;
      read_override(*table, file, errors);
    }
    if (const toml::table* profiles = reader.table("profile")) read_profiles(*profiles, errors);
    reader.finish();
  }

  /// Whether no more rules may come, which is said.
  bool is_full(const toml::table& table, const FileErrors& errors) const {
    if (compiled_->entries.size() >= most_entries) {
      errors.add(table.source().begin, "there are more than " + std::to_string(most_entries) +
                                           " rules and steps; use fewer, with more 'lines' each");
      return true;
    }
    return takes_too_much(table, errors);
  }

  void count_memory(std::span<const Pattern> patterns) {
    for (const Pattern& pattern : patterns) pattern_memory_ += pattern.memory();
  }

  bool takes_too_much(const toml::table& table, const FileErrors& errors) const {
    if (pattern_memory_ <= most_pattern_memory) return false;
    errors.add(table.source().begin, "the patterns before this take more than " +
                                         std::to_string(most_pattern_memory >> 20U) +
                                         " MiB when compiled; use smaller repeats, or fewer rules");
    return true;
  }

  void read_list(const SourceFile& file) {
    const FileErrors errors{file.name, errors_};
    std::vector<PlacedString> phrases;
    std::string_view rest = file.content();
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    for (toml::source_position at{1, 1}; !rest.empty(); ++at.line) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.starts_with('#') || line.find_first_not_of(" \t") == std::string_view::npos) continue;
      phrases.push_back({std::string(line), at});
    }
    Rule rule;
    rule.lines = read_phrases(phrases, false, errors);
    Entry entry;
    entry.id = "list." + list_name(file.name);
    entry.why = "a phrase of the list " + file.name;
    entry.kind = EntryKind::drop;
    entry.level = 1;
    entry.tags = {"list"};
    entry.pos = {file.name, 1, 1};
    rule.entry = add_entry(std::move(entry), file);
    compiled_->rules.push_back(std::move(rule));
  }

  /// Takes what the image holds of its file `number`. False, and nothing done, where that is damaged.
  bool take(std::size_t number, const SourceFile& file) {
    const auto first = static_cast<EntryIndex>(compiled_->entries.size());
    const std::size_t first_rule = compiled_->rules.size();
    const std::size_t first_step = compiled_->steps.size();
    FileReading all{
        std::move(compiled_->entries), std::move(compiled_->rules), std::move(compiled_->steps), {}, {}};
    const bool is_good = image_.append(number, all);
    compiled_->entries = std::move(all.entries);
    compiled_->rules = std::move(all.rules);
    compiled_->steps = std::move(all.steps);
    if (!is_good) return false;
    for (EntryIndex i = first; i < compiled_->entries.size(); ++i) {
      compiled_->entries[i].layer = file.layer;
      compiled_->entries[i].pos.file = file.name;
    }
    for (std::size_t i = first_rule; i < compiled_->rules.size(); ++i) compiled_->rules[i].entry += first;
    for (std::size_t i = first_step; i < compiled_->steps.size(); ++i)
      compiled_->steps[i].step.entry += first;
    for (ProfileReading& profile : all.profiles) change(std::move(profile));
    if (all.scores) {
      for (ReadScores::Hit& hit : all.scores->hits) hit.pos.file = file.name;
      add_scores(std::move(*all.scores), first);
    }
    // Files that come as they do in the image have no id twice: it is made of files without errors.
    if (number == in_order_ && number + 1 == compiled_->files.size())
      ++in_order_;
    else
      know_ids();
    return true;
  }

  /// Takes what the image knows of its files together, if there is nothing but what these add.
  bool take_joint() {
    const std::size_t entries = compiled_->entries.size();
    if (in_order_ == 0 || in_order_ != image_.files() || entries != builtin_entries + image_.entries())
      return false;
    std::optional<JointReading> joint = image_.joint();
    if (!joint || !joint->words.settle(compiled_->scores.files.size()) || !fits(*joint)) return false;
    auto neighbours = joint->neighbours.begin();
    for (Rule& rule : compiled_->rules) {
      for (Neighbour& neighbour : rule.where.neighbours) {
        neighbour.entries.assign(neighbours->begin(), neighbours->end());
        ++neighbours;
      }
    }
    Scores& scores = compiled_->scores;
    for (const JointReading::Hit& hit : joint->hits) scores.hits[hit.entry] = hit.score;
    scores.scales = joint->scales;
    scores.words = std::move(joint->words);
    auto steps = joint->steps.begin();
    for (ScoreTable* table : scores.all_tables()) {
      for (ScoreTable::Dimension& dimension : table->dimensions) dimension.steps = *steps++;
    }
    compiled_->matcher = joint->matcher;
    return true;
  }

  /// Whether it has all that these rules and scores ask for, and names nothing that is not there.
  bool fits(const JointReading& joint) const {
    const auto is_entry = [&](EntryIndex entry) { return entry < compiled_->entries.size(); };
    std::size_t neighbours = 0;
    for (const Rule& rule : compiled_->rules) neighbours += rule.where.neighbours.size();
    if (neighbours != joint.neighbours.size()) return false;
    for (const PlainList<EntryIndex>& entries : joint.neighbours) {
      if (!std::ranges::all_of(entries, is_entry)) return false;
    }
    return std::ranges::all_of(joint.hits, is_entry, &JointReading::Hit::entry) &&
           compiled_->scores.takes(joint.scales, joint.steps);
  }

  void read_score_file(const SourceFile& file) {
    ReadScores read = read_scores(file, errors_);
    add_scores(std::move(read), add_entry(score_entry(file), file));
  }

  void add_scores(ReadScores read, EntryIndex entry) {
    score_hits_.insert(score_hits_.end(), read.hits.begin(), read.hits.end());
    compiled_->scores.add_file(entry, std::move(read));
  }

  void resolve(const ReadScores::Hit& hit) {
    const std::vector<EntryIndex>& entries = entries_of(hit.id);
    if (entries.empty()) errors_.push_back({ErrorCode::bad_rule, hit.pos, unknown_handle(hit.id)});
    for (const EntryIndex entry : entries) compiled_->scores.hits[entry] = hit.score;
  }

  void index_scores() {
    Scores& scores = compiled_->scores;
    const std::optional<Axis> too_fine = scores.index();
    if (!too_fine) return;
    const SourcePos& pos = compiled_->entries[scores.files.back().entry].pos;
    errors_.push_back({ErrorCode::bad_rule, pos,
                       "all scores together cut '" + std::string(axis_name(*too_fine)) + "' into more than " +
                           std::to_string(most_ranges) + " ranges; use fewer different numbers"});
  }

  static Entry score_entry(const SourceFile& file) {
    Entry entry;
    entry.id = "scores." + list_name(file.name);
    entry.why = "the scores of " + std::filesystem::path(file.name).filename().string();
    entry.kind = EntryKind::weigh;
    entry.tags = {"scores"};
    entry.pos = {file.name, 1, 1};
    return entry;
  }

  static std::string lower_first(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
    return out;
  }

  static std::string list_name(const std::string& file) {
    std::string name = std::filesystem::path(file).stem().string();
    std::ranges::transform(name, name.begin(), [](char c) {
      if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
    });
    return name;
  }

  EntryIndex add_entry(Entry entry, const SourceFile& file) {
    entry.layer = file.layer;
    const auto index = static_cast<EntryIndex>(compiled_->entries.size());
    compiled_->entries.push_back(std::move(entry));
    know_ids();
    return index;
  }

  /// Takes note of the ids of all entries that are there. An id that stands already is an error.
  void know_ids() {
    for (; ids_known_ < compiled_->entries.size(); ++ids_known_) {
      const Entry& entry = compiled_->entries[ids_known_];
      if (entry.id.empty() || ids_known_ < builtin_entries) continue;
      const auto [at, fresh] = by_id_.emplace(entry.id, ids_known_);
      if (fresh) continue;
      const SourcePos& other = compiled_->entries[at->second].pos;
      errors_.push_back({ErrorCode::bad_rule, entry.pos,
                         "the id '" + entry.id + "' stands already in " + other.file + ":" +
                             std::to_string(other.line) +
                             (entry.pos.file.ends_with(".txt")
                                  ? "; rename one of the files"
                                  : "; choose another, or change that rule by an [[override]]")});
    }
  }

  void read_override(const toml::table& table, const SourceFile& file, const FileErrors& errors) {
    TableReader reader(table, errors);
    PendingOverride pending;
    pending.file = file.name;
    const auto handle = reader.string("id");
    if (handle) {
      pending.handle = *handle;
    } else if (!reader.has("id")) {
      errors.add(reader.at(), "an override needs the 'id' of a rule, tag or family");
    }
    for (const PlacedString& host : reader.strings("hosts")) pending.set.hosts.push_back(host.text);
    pending.set.hosts = lower_ascii(std::move(pending.set.hosts));
    pending.set.enabled = reader.boolean("enabled");
    if (const auto level = reader.integer("level", 1, 3)) pending.set.level = static_cast<int>(*level);
    pending.set.score = reader.number("score");
    pending.add_lines = reader.strings("add_lines");
    pending.add_except = read_patterns(reader, "add_except", file.is_as_built());
    count_memory(pending.add_except);
    if (!pending.set.hosts.empty() && (!pending.add_lines.empty() || !pending.add_except.empty())) {
      errors.add(reader.at(),
                 "'add_lines' and 'add_except' hold for all hosts; for some hosts write a rule with when = { "
                 "host = [...] }");
    }
    reader.finish();
    if (handle) overrides_.push_back(std::move(pending));
  }

  void read_profiles(const toml::table& profiles, const FileErrors& errors) {
    for (const auto& [name, node] : profiles) {
      const toml::table* table = node.as_table();
      if (table == nullptr) {
        errors.add(name.source().begin,
                   "write a profile as a table [profile." + std::string(name.str()) + "]");
        continue;
      }
      profiles_.push_back(read_profile(std::string(name.str()), *table, errors));
      change(profiles_.back());
    }
  }

  static ProfileReading read_profile(std::string name, const toml::table& table, const FileErrors& errors) {
    ProfileReading profile;
    profile.name = std::move(name);
    TableReader reader(table, errors);
    if (const auto text = reader.string("description")) profile.description = text->text;
    if (const auto level = reader.integer("level", 0, 3)) profile.level = static_cast<int>(*level);
    if (const auto form = reader.string("form")) {
      if (const auto known = form_named(form->text)) {
        profile.form = *known;
      } else {
        errors.add(form->at, "'form' is '" + form->text + "', but must be one of nfc, nfd, nfkc, nfkd, none");
      }
    }
    profile.weigh = reader.boolean("weigh");
    profile.bias = reader.number("bias");
    profile.switch_cost = reader.number("switch_cost");
    if (profile.switch_cost && *profile.switch_cost < 0)
      reader.error("switch_cost", "'switch_cost' must not be below 0");
    profile.untrusted_score = reader.number("untrusted_score");
    profile.max_removed = reader.number("max_removed");
    if (profile.max_removed && (*profile.max_removed < 0 || *profile.max_removed > 1))
      reader.error("max_removed", "'max_removed' is a share from 0 to 1");
    reader.finish();
    return profile;
  }

  void change(ProfileReading reading) {
    Profile& changed = profile(reading.name);
    if (reading.description) changed.description = std::move(*reading.description);
    changed.level = reading.level.value_or(changed.level);
    changed.form = reading.form.value_or(changed.form);
    changed.weigh = reading.weigh.value_or(changed.weigh);
    changed.bias = reading.bias.value_or(changed.bias);
    changed.switch_cost = reading.switch_cost.value_or(changed.switch_cost);
    changed.untrusted_score = reading.untrusted_score.value_or(changed.untrusted_score);
    changed.max_removed = reading.max_removed.value_or(changed.max_removed);
  }

  Profile& profile(const std::string& name) {
    const auto found = std::ranges::find(compiled_->profiles, name, &Profile::name);
    if (found != compiled_->profiles.end()) return *found;
    Profile fresh;
    fresh.name = name;
    compiled_->profiles.push_back(fresh);
    return compiled_->profiles.back();
  }

  std::string unknown_handle(std::string_view handle) {
    std::string message = "'" + std::string(handle) + "' names no rule, tag or family";
    if (++unknown_handles_ > most_suggestions) return message;
    std::set<std::string_view> known;
    for (const Entry& entry : compiled_->entries) {
      known.insert(entry.id);
      known.insert(entry.tags.begin(), entry.tags.end());
    }
    const std::vector<std::string_view> list(known.begin(), known.end());
    if (const auto near = nearest(handle, list)) message += ", did you mean '" + std::string(*near) + "'?";
    return message;
  }

  void name_entries() {
    for (EntryIndex i = 0; i < compiled_->entries.size(); ++i) {
      const Entry& entry = compiled_->entries[i];
      named_[entry.id].push_back(i);
      for (const std::string& tag : entry.tags) {
        if (tag != entry.id) named_[tag].push_back(i);
      }
    }
  }

  /// As `entries_named`, for many handles.
  const std::vector<EntryIndex>& entries_of(std::string_view handle) {
    if (handle.ends_with(".*")) handle.remove_suffix(2);
    if (named_.empty()) name_entries();
    return named_[handle];
  }

  void resolve_neighbours(Rule& rule) {
    for (Neighbour& neighbour : rule.where.neighbours) {
      if (neighbour.dropped) continue;
      neighbour.entries = entries_of(neighbour.target);
      if (neighbour.entries.empty()) {
        errors_.push_back(
            {ErrorCode::bad_rule, compiled_->entries[rule.entry].pos, unknown_handle(neighbour.target)});
      }
    }
  }

  Rule* rule_of(EntryIndex entry) {
    const auto found = std::ranges::lower_bound(compiled_->rules, entry, {}, &Rule::entry);
    return found == compiled_->rules.end() || found->entry != entry ? nullptr : &*found;
  }

  void apply(PendingOverride& pending) {
    const FileErrors errors{pending.file, errors_};
    pending.set.entries = entries_of(pending.handle.text);
    if (pending.set.entries.empty()) {
      errors.add(pending.handle.at, unknown_handle(pending.handle.text));
      return;
    }
    if (pending.set.entries.front() < builtin_entries) {
      errors.add(pending.handle.at,
                 "'" + pending.handle.text +
                     "' is always there; the profile's 'form' and --encoding say what it does");
      return;
    }
    if (!pending.add_lines.empty() || !pending.add_except.empty()) {
      compiled_->matcher = {};  // is for the rules as they were
      extend(pending, errors);
    }
    check_effect(pending, errors);
    if (!pending.set.hosts.empty()) {
      compiled_->host_overrides.push_back(pending.set);
      return;
    }
    for (const EntryIndex index : pending.set.entries) {
      Entry& entry = compiled_->entries[index];
      if (pending.set.enabled) entry.enabled = *pending.set.enabled;
      if (pending.set.level && entry.level != 0) entry.level = *pending.set.level;
      if (pending.set.score && entry.kind == EntryKind::weigh) entry.score = *pending.set.score;
    }
  }

  /// A level or score that none of the entries has would do nothing, and nobody would know.
  void check_effect(const PendingOverride& pending, const FileErrors& errors) const {
    const auto none = [&](auto holds) {
      return std::ranges::none_of(pending.set.entries,
                                  [&](EntryIndex index) { return holds(compiled_->entries[index]); });
    };
    if (pending.set.level && none([](const Entry& entry) { return entry.level != 0; })) {
      errors.add(pending.handle.at,
                 "'" + pending.handle.text + "' has no level: only rules that drop or rewrite do");
    }
    if (pending.set.score && none([](const Entry& entry) { return entry.kind == EntryKind::weigh; })) {
      errors.add(pending.handle.at, "'" + pending.handle.text + "' has no score: only rules that weigh do");
    }
  }

  void extend(const PendingOverride& pending, const FileErrors& errors) {
    Rule* rule = pending.set.entries.size() == 1 ? rule_of(pending.set.entries.front()) : nullptr;
    if (rule == nullptr) {
      errors.add(pending.handle.at, "'add_lines' and 'add_except' need the id of one rule");
      return;
    }
    if (!pending.add_lines.empty() && (!rule->has_text() || rule->scope == Scope::span || rule->replace)) {
      errors.add(pending.handle.at, "'add_lines' needs a rule that hits whole lines by 'lines' or 'pattern'");
      return;
    }
    auto& known = lines_of_[rule->entry];
    if (known.empty()) {
      for (const std::string_view phrase : rule->lines) known.emplace(phrase);
    }
    for (const std::string_view phrase : read_phrases(pending.add_lines, rule->raw, errors)) {
      if (known.emplace(phrase).second) rule->lines.push_back(phrase);
    }
    rule->except.insert(rule->except.end(), pending.add_except.begin(), pending.add_except.end());
    rule->conditional |= !pending.add_except.empty();
  }

  Errors& errors_;
  const Image& image_;
  std::shared_ptr<Compiled> compiled_;
  std::map<std::string, EntryIndex> by_id_;
  std::set<std::string> seen_;
  std::vector<PendingOverride> overrides_;
  std::vector<ReadScores::Hit> score_hits_;
  std::unordered_map<std::string_view, std::vector<EntryIndex>> named_;       // all that a handle means
  std::unordered_map<EntryIndex, std::unordered_set<std::string>> lines_of_;  // of rules that get more
  std::vector<ProfileReading> profiles_;
  std::size_t in_order_ = 0;  // files that were taken from the image, in its order
  EntryIndex ids_known_ = 0;  // entries whose ids are in `by_id_`, or in no other entry
  int depth_ = 0;             // of includes
  std::size_t pattern_memory_ = 0;
  std::size_t unknown_handles_ = 0;
};

}  // namespace

std::optional<FileReading> reading_for_image(const SourceFile& file) {
  Errors errors;
  const Image no_image;
  Loader loader(errors, no_image);
  loader.read(file);
  std::optional<FileReading> out = loader.reading();
  if (out && file.name.ends_with(".scores")) out->scores = read_scores(file, errors);
  return errors.empty() ? std::move(out) : std::nullopt;
}

}  // namespace rules

LoadedRules load_rules(const RuleSources& sources) {
  LoadedRules out;
  const rules::Image image = rules::Image::load(sources.image);
  rules::Loader loader(out.errors, image);
  for (rules::SourceFile& file : rules::gather_files(sources, out.errors, image))
    loader.read(std::move(file));
  auto compiled = loader.finish();
  if (out.errors.empty()) out.rules = std::make_unique<RuleSet>(std::move(compiled));
  return out;
}

}  // namespace dechaff
