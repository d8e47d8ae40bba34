#include "apply/stage.hpp"

#include <algorithm>
#include <numeric>

#include "base/sorted.hpp"
#include "match/rewrite.hpp"

namespace dechaff::apply {

namespace {

// A text that still changes after so many passes is made to; what is kept then is all of it.
constexpr int most_passes = 64;
constexpr int most_rewritings = 16;

/// What a text of this many bytes may grow to: rules that feed each other could double it in every pass.
constexpr std::size_t longest_text(std::size_t size) { return 8 * size + (std::size_t{1} << 20); }

constexpr EntryIndex nobody = 0;

}  // namespace

Stage::Prepared::Prepared(const Tools& tools, std::string source)
    : text(std::move(source)),
      table(std::string_view(text),
            tools.settings.idle ? text::LineTable::Folds::none : text::LineTable::Folds::all) {
  if (!tools.settings.idle) hits = tools.matcher->match_lines(table, tools.settings.matters, tools.scratch);
}

Stage::Stage(const Tools& tools, std::string text)
    : prepared_(std::make_shared<const Prepared>(tools, std::move(text))),
      memory_(std::make_shared<decide::Memory>()),
      most_bytes_(longest_text(prepared_->text.size())),
      alive_(table().size()),
      removed_by_(table().size(), nobody),
      origin_(table().size()) {
  std::iota(alive_.begin(), alive_.end(), 0U);
  std::iota(origin_.begin(), origin_.end(), 0U);
}

bool Stage::settle(const Tools& tools, decide::Reach reach) {
  lay_out(tools);
  int rewritings = 0;
  for (int passes = 0; passes < most_passes; ++passes) {
    const Pass outcome = pass(tools, reach);
    if (outcome == Pass::nothing) return true;
    if (outcome == Pass::grew) return false;
    if (outcome == Pass::rewrote && ++rewritings > most_rewritings) return false;
  }
  return false;
}

void Stage::lay_out(const Tools& tools) { remove_blank_lines(tools); }

Stage::Pass Stage::pass(const Tools& tools, decide::Reach reach) {
  if (!tools.settings.idle)
    block_hits_ = tools.matcher->match_blocks(table(), alive_, tools.settings.matters, prepared_->hits,
                                              std::move(block_hits_), tools.scratch);
  const decide::Decisions decisions = decide::decide(tools.compiled, tools.settings, reach, table(), alive_,
                                                     prepared_->hits.hits, block_hits_.hits, *memory_);
  note(tools, decisions);
  bool changed = remove_dropped(decisions);
  const std::optional<std::vector<Edit>> rewritten = rewrite(tools, decisions);
  if (!rewritten) return Pass::grew;
  changed |= remove_blank_lines(tools);
  if (!rewritten->empty()) {
    rebuild(tools, *rewritten);
    return Pass::rewrote;
  }
  return changed ? Pass::dropped : Pass::nothing;
}

void Stage::note(const Tools& tools, const decide::Decisions& decisions) {
  const auto first_line = [&](std::uint32_t place) { return origin_[decisions.places.line[place]]; };
  for (const decide::LineHit& hit : decisions.hits) hits_.push_back({first_line(hit.place), hit.entry});
  kept_.clear();
  for (std::uint32_t p = 0; p < decisions.places.size(); ++p) {
    const Fate fate{first_line(p), decisions.lines[p]};
    const bool weighed = fate.decision.weighed && !decisions.because.empty();
    if (fate.decision.verdict == Verdict::drop)
      tell(tools, fate, {weighed ? decisions.because[p] : std::string(), {}});
    else if (tools.settings.explain)
      kept_.push_back(fate);
  }
}

void Stage::tell(const Tools& tools, Fate fate, Story story) {
  fates_.push_back(fate);
  if (tools.settings.explain) stories_.push_back(std::move(story));
}

void Stage::remove(std::uint32_t line, EntryIndex cause) { removed_by_[line] = cause; }

void Stage::remove_blank(const Tools& tools, std::uint32_t line, EntryIndex cause) {
  remove(line, cause);
  tell(tools, {origin_[line], {Verdict::drop, false, cause, 0}}, {});
}

bool Stage::remove_dropped(const decide::Decisions& decisions) {
  const auto goes = [&](std::uint32_t line) {
    const std::uint32_t place = decisions.places.place[line];
    if (place == decide::Places::none || decisions.lines[place].verdict != Verdict::drop) return false;
    remove(line, decisions.lines[place].cause);
    return true;
  };
  return std::erase_if(alive_, goes) > 0;
}

/// The rewritten lines as edits of the table's text; nothing where it would grow too long.
std::optional<std::vector<Edit>> Stage::rewrite(const Tools& tools, const decide::Decisions& decisions) {
  std::vector<Edit> out;
  std::size_t bytes = prepared_->text.size();
  const auto& all = decisions.rewritings;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    const std::uint32_t line = decisions.places.line[all[begin].place];
    std::string now(table().line(line).text);
    EntryIndex cause = nobody;
    for (end = begin; end < all.size() && all[end].place == all[begin].place; ++end) {
      auto next = match::rewrite_line(tools.compiled, all[end].rule, now, line, tools.scratch);
      if (!next) continue;
      bytes += next->size() - now.size();  // modular
      now = std::move(*next);
      if (bytes > most_bytes_) return std::nullopt;
      cause = tools.compiled.rules[all[end].rule].entry;
    }
    if (cause == nobody) continue;
    decide::Decision decision = decisions.lines[all[begin].place];
    decision.cause = cause;
    if (text::is_blank(now)) {
      decision.verdict = Verdict::drop;
      now.clear();
    }
    tell(tools, {origin_[line], decision}, {{}, now});
    const std::size_t offset = table().line(line).offset;
    // A line with nothing left goes with its line feed.
    const bool whole = now.empty() && table().line(line).terminated;
    out.push_back(
        {offset, offset + table().line(line).text.size() + (whole ? 1U : 0U), std::move(now), cause});
  }
  return out;
}

bool Stage::remove_blank_lines(const Tools& tools) {
  const Layout layout(tools.plan);
  if (!layout.takes_blank_lines()) return false;
  std::vector<std::uint32_t> left;
  left.reserve(alive_.size());
  const auto is_text = [&](std::uint32_t line) { return !table().blank(line); };
  for (auto at = alive_.begin(); at != alive_.end();) {
    const auto run = at;
    const auto run_end = std::find_if(at, alive_.end(), is_text);
    const bool at_edge = run == alive_.begin() || run_end == alive_.end();
    for (; at != run_end; ++at) {
      if (const auto cause = layout.remover(at != run, at_edge))
        remove_blank(tools, *at, *cause);
      else
        left.push_back(*at);
    }
    for (; at != alive_.end() && is_text(*at); ++at) left.push_back(*at);
  }
  const bool removed = left.size() != alive_.size();
  alive_ = std::move(left);
  return removed;
}

Edits Stage::removals() const {
  Edits out;
  std::size_t next = 0;
  for (std::uint32_t line = 0; line < table().size(); ++line) {
    if (next < alive_.size() && alive_[next] == line) {
      ++next;
      continue;
    }
    const text::Line& gone = table().line(line);
    out.push_back(
        {gone.offset, gone.offset + gone.text.size() + (gone.terminated ? 1U : 0U), {}, removed_by_[line]});
  }
  return out;
}

void Stage::rebuild(const Tools& tools, const std::vector<Edit>& rewritten) {
  Edits edits = removals();
  edits.insert(edits.end(), rewritten.begin(), rewritten.end());
  std::ranges::sort(edits, {}, &Edit::begin);
  const Changes to_rewritten = changes_of(edits);
  text::Normalised again = text::normalise(apply_edits(prepared_->text, edits), tools.plan);
  const Changes step = compose(to_rewritten, again.changes);
  changes_ = compose(changes_, step);

  const std::shared_ptr<const Prepared> old = prepared_;
  prepared_ = std::make_shared<const Prepared>(tools, std::move(again.text));
  memory_ = std::make_shared<decide::Memory>();
  const std::vector<std::uint32_t> old_origin = std::move(origin_);
  origin_.assign(table().size(), 0);
  // Each line comes from the old line that its first byte comes from.
  std::size_t change = 0;
  std::size_t old_line = 0;
  for (std::uint32_t line = 0; line < table().size(); ++line) {
    const std::size_t at = table().line(line).offset;
    while (change < step.size() && step[change].to + step[change].to_size <= at) ++change;
    std::size_t from = at;
    if (change < step.size() && step[change].to <= at && at < step[change].to + step[change].to_size) {
      from = step[change].from;
    } else if (change > 0) {
      const Change& last = step[change - 1];
      from = last.from + last.from_size + (at - last.to - last.to_size);
    }
    while (old_line + 1 < old->table.size() &&
           old->table.line(static_cast<std::uint32_t>(old_line + 1)).offset <= from)
      ++old_line;
    origin_[line] = old_origin.empty() ? 0 : old_origin[old_line];
  }
  alive_.resize(table().size());
  std::iota(alive_.begin(), alive_.end(), 0U);
  removed_by_.assign(table().size(), nobody);
  block_hits_ = {};
  lay_out(tools);
}

Stage::Result Stage::finish(const Tools& tools) const {
  Edits edits = removals();
  if (!alive_.empty()) {
    const text::Line& last = table().line(alive_.back());
    Layout(tools.plan, tools.is_part).end_text(table().text(), last.offset + last.text.size(), edits);
  }
  return {apply_edits(prepared_->text, edits), compose(changes_, changes_of(edits))};
}

std::uint64_t Stage::words() const {
  std::uint64_t sum = 0;
  for (const std::uint32_t line : alive_) sum += table().measures(line).words;
  return sum;
}

std::uint64_t Stage::lines() const {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(alive_, [&](std::uint32_t line) { return !table().blank(line); }));
}

std::vector<decide::LineHit> Stage::hits() const {
  std::vector<std::uint64_t> each;  // numbers sort faster than pairs
  each.reserve(hits_.size());
  for (const decide::LineHit& hit : hits_) each.push_back(std::uint64_t{hit.place} << 32 | hit.entry);
  sort_each_once(each);
  std::vector<decide::LineHit> out;
  out.reserve(each.size());
  for (const std::uint64_t hit : each)
    out.push_back({static_cast<std::uint32_t>(hit >> 32), static_cast<EntryIndex>(hit)});
  return out;
}

}  // namespace dechaff::apply
