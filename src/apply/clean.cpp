#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <utility>

#include "apply/layout.hpp"
#include "apply/stage.hpp"
#include "apply/text_window.hpp"
#include "dechaff/cleaner.hpp"
#include "dechaff/nearest.hpp"
#include "decide/settings.hpp"
#include "match/matcher.hpp"
#include "text/decode.hpp"
#include "text/normalise.hpp"
#include "text/words.hpp"

namespace dechaff {

using decide::Reach;

struct Workspace::State {
  match::Scratch scratch;
};

Workspace::Workspace() : state_(std::make_unique<State>()) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

struct Cleaner::State {
  State(const RuleSet& set, const Profile& chosen, const decide::Switches& by_hand)
      : rules(set),
        switches(by_hand),
        settings(decide::settings_for(set.compiled(), chosen, by_hand)),
        plan(plan_for(settings)) {
    matcher_for(settings);
  }

  /// The matcher, made when it is first needed: a profile may let no rule act, and it takes a while.
  const match::Matcher* matcher_for(const decide::Settings& in_force) const {
    if (in_force.idle) return nullptr;
    if (const match::Matcher* made = made_.load(std::memory_order_acquire)) return made;
    // std::call_once aborts where memory runs out within: to unwind, the C library needs some itself.
    const std::lock_guard lock(making_);
    if (!matcher_) made_.store(&matcher_.emplace(rules.compiled()), std::memory_order_release);
    return &*matcher_;
  }

  /// Whether `plan` is that of these settings, too: one plan knows more of characters with every document.
  bool has_steps_of(const decide::Settings& other) const {
    const auto same = [&](const rules::DeclaredStep& declared) {
      return other.on[declared.step.entry] == settings.on[declared.step.entry];
    };
    return other.profile.form == settings.profile.form && std::ranges::all_of(rules.compiled().steps, same);
  }

  text::Plan plan_for(const decide::Settings& in_force) const {
    std::vector<text::Step> steps;
    for (const rules::DeclaredStep& declared : rules.compiled().steps) {
      if (in_force.on[declared.step.entry]) steps.push_back(declared.step);
    }
    return text::Plan(in_force.profile.form, rules::form_entry, std::move(steps));
  }

  RuleSet rules;
  const text::Encoding* encoding = nullptr;  // null: guess
  decide::Switches switches;
  decide::Settings settings;
  text::Plan plan;
  std::size_t most_lines = 0;

 private:
  mutable std::mutex making_;
  mutable std::optional<match::Matcher> matcher_;
  mutable std::atomic<const match::Matcher*> made_{nullptr};
};

namespace {

std::string unknown(std::string_view what, std::string_view name, std::span<const std::string_view> known) {
  std::string message = "unknown " + std::string(what) + " '" + std::string(name) + "'";
  if (const auto near = nearest(name, known)) return message + ", did you mean '" + std::string(*near) + "'?";
  return message;
}

Result<const Profile*> find_profile(const RuleSet& rules, std::string_view name) {
  if (const Profile* profile = rules.compiled().profile(name)) return profile;
  std::vector<std::string_view> names;
  for (const Profile& profile : rules.profiles()) names.push_back(profile.name);
  std::string message = unknown("profile", name, names) + " (there are";
  for (const std::string_view known : names) message += " " + std::string(known);
  return Error{ErrorCode::usage, {}, message + ")"};
}

Result<std::vector<EntryIndex>> find_entries(const RuleSet& rules, const std::vector<std::string>& handles) {
  std::vector<EntryIndex> out;
  for (const std::string& handle : handles) {
    const auto named = rules::entries_named(rules.compiled().entries, handle);
    if (named.empty()) {
      std::set<std::string_view> known;
      for (const Entry& entry : rules.entries()) {
        known.insert(entry.id);
        known.insert(entry.tags.begin(), entry.tags.end());
      }
      const std::vector<std::string_view> list(known.begin(), known.end());
      return Error{ErrorCode::usage, {}, unknown("rule, tag or family", handle, list)};
    }
    out.insert(out.end(), named.begin(), named.end());
  }
  return out;
}

/// Gathers, by entry, what stages, steps and changes tell.
class Counter {
 public:
  EntryCount& of(EntryIndex entry) {
    EntryCount& count = counts_[entry];
    count.entry = entry;
    return count;
  }

  std::vector<EntryCount> take() const {
    std::vector<EntryCount> out;
    for (const auto& [entry, count] : counts_) out.push_back(count);
    return out;
  }

 private:
  std::map<EntryIndex, EntryCount> counts_;
};

/// A line may be given up on in every pass, and as the start of several runs; it counts once.
std::vector<match::LimitHit> each_once(std::vector<match::LimitHit> limits) {
  const auto key = [](const match::LimitHit& hit) { return std::pair(hit.rule, hit.line); };
  std::ranges::sort(limits, {}, key);
  const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  limits.erase(std::unique(limits.begin(), limits.end(), same), limits.end());
  return limits;
}

/// Parts of at most so many lines, cut as windows are.
std::vector<std::string_view> parts_of(std::string_view text, std::size_t most_lines) {
  std::vector<std::string_view> out;
  const auto end_of_lines = [&] {
    std::size_t end = 0;
    for (std::size_t line = 0; line < most_lines && end < text.size(); ++line)
      end = std::min(text.find('\n', end), text.size() - 1) + 1;
    return end;
  };
  while (text.size() > most_lines) {
    const std::size_t most = end_of_lines();
    if (most == text.size()) break;
    out.push_back(text.substr(0, apply::window_size(text, most, "utf-8")));
    text.remove_prefix(out.back().size());
  }
  out.push_back(text);
  return out;
}

/// What the rules have made of a text, or of a part of one.
struct Outcome {
  apply::Stage first, last;
  bool guarded = false, unsettled = false;
};

Outcome settle(const apply::Tools& tools, std::string text) {
  apply::Stage first(tools, std::move(text));
  Outcome out{first, first};
  if (!out.last.settle(tools, Reach::certain)) {
    out.last = std::move(first);
    out.last.lay_out(tools);
    out.unsettled = true;
  }
  const Profile& profile = tools.settings.profile;
  if (out.unsettled || (profile.level <= 1 && !profile.weigh)) return out;
  apply::Stage full = out.last;
  const bool settled = full.settle(tools, Reach::full);
  const auto certain_words = static_cast<double>(out.last.words());
  const auto lost = certain_words - static_cast<double>(full.words());
  out.guarded = settled && lost > profile.max_removed * certain_words;
  out.unsettled = !settled;
  if (settled && !out.guarded) out.last = std::move(full);
  return out;
}

std::vector<LineReport> report_lines(const apply::Stage& first, const apply::Stage& last) {
  const text::LineTable& table = first.table();
  std::vector<LineReport> out(table.size());
  for (std::uint32_t i = 0; i < table.size(); ++i) out[i].text = table.line(i).text;
  for (const apply::Fate& fate : last.kept()) {
    out[fate.line].evidence = fate.decision.evidence;
  }
  for (std::size_t i = 0; i < last.fates().size(); ++i) {
    const apply::Fate& fate = last.fates()[i];
    LineReport& line = out[fate.line];
    line.verdict = fate.decision.verdict;
    line.cause = fate.decision.cause;
    line.weighed = fate.decision.weighed;
    line.evidence = fate.decision.evidence;
    line.because = last.stories()[i].because;
    line.rewritten = last.stories()[i].rewritten;
  }
  for (const decide::LineHit& hit : last.hits()) out[hit.place].hits.push_back(hit.entry);
  return out;
}

/// What `clean_part` makes of a text in which no rule acts: all there is to do is its layout.
Cleaned lay_out_part(const apply::Tools& tools, std::string text, Cleaned& about, Counter& counter) {
  const apply::LaidOut laid_out = apply::lay_out(text, apply::Layout(tools.plan, tools.is_part));
  about.lines_in += laid_out.lines;
  about.lines_out += laid_out.lines;
  about.words_in += laid_out.words;
  about.words_out += laid_out.words;
  for (const EntryIndex cause : laid_out.removed_by) ++counter.of(cause).lines;
  Cleaned out;
  out.text = laid_out.edits.empty() ? std::move(text) : apply_edits(text, laid_out.edits);
  out.changes = changes_of(laid_out.edits);
  return out;
}

/// Cleans a text, or a part of one, to text and changes; what else there is to tell is added to `about` and
/// `counter`.
Cleaned clean_part(const apply::Tools& tools, std::string text, Detail detail, Cleaned& about,
                   Counter& counter) {
  if (tools.settings.idle && !tools.settings.profile.weigh)
    return lay_out_part(tools, std::move(text), about, counter);
  tools.scratch.limits.clear();
  const Outcome outcome = settle(tools, std::move(text));
  const auto& [first, last, guarded, unsettled] = outcome;
  about.guarded |= guarded;
  about.unsettled |= unsettled;
  about.lines_in += first.lines();
  about.lines_out += last.lines();
  about.words_in += first.words();
  about.words_out += last.words();
  for (const decide::LineHit& hit : last.hits()) ++counter.of(hit.entry).hits;
  for (const apply::Fate& fate : last.fates()) ++counter.of(fate.decision.cause).lines;
  for (const match::LimitHit& limit : each_once(tools.scratch.limits))
    ++counter.of(tools.compiled.rules[limit.rule].entry).limits;
  if (detail == Detail::lines) std::ranges::move(report_lines(first, last), std::back_inserter(about.lines));
  apply::Stage::Result result = last.finish(tools);
  Cleaned out;
  out.text = std::move(result.text);
  out.changes = std::move(result.changes);
  return out;
}

/// Puts the parts behind each other. What goes from one to the next is a blank line, if there was one.
Changes join(std::span<const std::string_view> parts, std::vector<Cleaned> cleaned, std::string& text) {
  bool ends = true;
  for (std::size_t i = parts.size(); i-- > 0;) {
    if (!ends) apply::keep_blank_line(cleaned[i], parts[i]);
    ends &= cleaned[i].text.empty();
  }
  Changes out;
  std::size_t from = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (Change change : cleaned[i].changes) {
      change.from += from;
      change.to += text.size();
      out.push_back(change);
    }
    from += parts[i].size();
    text += cleaned[i].text;
  }
  return out;
}

/// The changes that lead to `out.text`.
Changes clean_parts(apply::Tools tools, std::string text, std::size_t most_lines, Detail detail, Cleaned& out,
                    Counter& counter) {
  const std::vector<std::string_view> parts = parts_of(text, most_lines);
  if (parts.size() == 1) {
    Cleaned whole = clean_part(tools, std::move(text), detail, out, counter);
    out.text = std::move(whole.text);
    return std::move(whole.changes);
  }
  out.in_parts = true;
  const bool is_part = std::exchange(tools.is_part, true);
  std::vector<Cleaned> cleaned;
  cleaned.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i + 1 == parts.size()) tools.is_part = is_part;
    cleaned.push_back(clean_part(tools, std::string(parts[i]), detail, out, counter));
  }
  return join(parts, std::move(cleaned), out.text);
}

}  // namespace

Result<Cleaner> Cleaner::make(const RuleSet& rules, const CleanOptions& options) {
  const auto placed = [&](Error error, const std::string& option) {
    if (const auto place = options.places.find(option); place != options.places.end())
      error.pos = place->second;
    return error;
  };
  const auto profile = find_profile(rules, options.profile);
  if (!profile) return placed(profile.error(), "profile");
  auto enable = find_entries(rules, options.enable);
  if (!enable) return placed(enable.error(), "enable");
  auto disable = find_entries(rules, options.disable);
  if (!disable) return placed(disable.error(), "disable");
  Profile chosen = **profile;
  if (options.form) chosen.form = *options.form;
  auto state =
      std::make_shared<State>(rules, chosen, decide::Switches{std::move(*enable), std::move(*disable)});
  state->most_lines = std::max<std::size_t>(options.most_lines, 1);
  if (options.encoding != "auto") {
    const auto encoding = text::encoding_named(options.encoding);
    if (!encoding) return placed(encoding.error(), "encoding");
    state->encoding = *encoding;
  }
  return Cleaner(std::move(state));
}

const RuleSet& Cleaner::rules() const { return state_->rules; }
const Profile& Cleaner::profile() const { return state_->settings.profile; }

bool Cleaner::in_force(EntryIndex entry) const {
  const decide::Settings& settings = state_->settings;
  if (!settings.on[entry]) return false;
  const EntryKind kind = state_->rules.entries()[entry].kind;
  const bool acts_alone = kind == EntryKind::drop || kind == EntryKind::rewrite;
  if (acts_alone && !settings.trusted[entry]) return settings.profile.weigh && kind == EntryKind::drop;
  return kind != EntryKind::weigh || settings.profile.weigh;
}

Cleaned Cleaner::clean(const Input& input, Workspace& workspace, Detail detail) const {
  const State& state = *state_;
  const rules::Compiled& compiled = state.rules.compiled();
  match::Scratch& scratch = workspace.state_->scratch;

  std::optional<decide::Settings> own;
  std::optional<text::Plan> own_plan;
  const std::string host = decide::host_of(input.url);
  const std::string language = rules::primary_language(input.language);
  if (decide::depends_on(compiled, host, language)) {
    own = decide::settings_for_document(compiled, state.settings, state.switches, host, language);
    if (!state.has_steps_of(*own)) own_plan = state.plan_for(*own);
  }
  if (detail == Detail::lines) {
    if (!own) own = state.settings;
    own->explain = true;
    own->matters = own->on;  // every hit is to be told
    own->idle = false;
  }
  const decide::Settings& settings = own ? *own : state.settings;
  const text::Plan& plan = own_plan ? *own_plan : state.plan;
  const apply::Tools tools{compiled, state.matcher_for(settings), plan, settings, scratch, input.is_part};

  const text::Encoding* encoding = state.encoding;
  if (!input.encoding.empty()) {
    if (const auto declared = text::encoding_named(input.encoding)) encoding = *declared;
  }
  text::Decoded decoded = text::decode(input.bytes, encoding, {rules::encoding_entry, rules::invalid_entry});
  text::Normalised normal = text::normalise(std::move(decoded.text), tools.plan);
  Cleaned out;
  Counter counter;
  const std::size_t most_lines = settings.idle ? std::string_view::npos : state.most_lines;
  const Changes settled = clean_parts(tools, std::move(normal.text), most_lines, detail, out, counter);
  out.changes = compose(compose(decoded.changes, normal.changes), settled);
  out.encoding = std::move(decoded.encoding);
  out.confidence = decoded.confidence;
  out.invalid = decoded.invalid;
  for (const text::StepCount& step : normal.counts) counter.of(step.entry).hits += step.hits;
  if (decoded.invalid > 0) counter.of(rules::invalid_entry).hits += decoded.invalid;
  for (const Change& change : out.changes) counter.of(change.cause).bytes += change.from_size;
  out.counts = counter.take();
  return out;
}

}  // namespace dechaff
