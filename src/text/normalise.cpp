#include "text/normalise.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "text/form.hpp"
#include "text/step_edits.hpp"

namespace dechaff::text {

namespace {

// What all rounds of a text may cost: text of hostile depth ends here, not after the square of its size.
constexpr std::size_t most_bytes = std::size_t{256} << 20;
constexpr std::size_t most_rounds = 256;
constexpr std::size_t bytes_per_round = 512;  // what a round of the shortest text costs

/// A text on its way, and the way it has come.
struct Draft {
  std::string text;
  Changes changes = {};
};

/// Runs the steps of a plan on drafts and counts what they do.
class Runner {
 public:
  Runner(const Plan& plan, std::size_t text_size)
      : plan_(plan), bytes_left_(most_bytes + most_rounds * text_size) {
    for (const Step& step : plan.steps()) counts_.push_back({step.entry, 0});
    counts_.push_back({plan.form_cause(), 0});
  }

  /// Whether there may be one more round of `text`.
  bool may_run(std::string_view text) const { return text.size() + bytes_per_round <= bytes_left_; }

  /// Counts a round of `text` that is not run, since it would do nothing.
  void skip_round(std::string_view text) { skip_bytes(text.size() + bytes_per_round); }

  /// Counts what a round does not look at.
  void skip_bytes(std::size_t size) { bytes_left_ -= size; }

  /// Runs every step once; whether one of them changed the text.
  bool run_round(Draft& draft) {
    skip_round(draft.text);
    const std::size_t already = changed_;
    bool tables_done = false;
    for (const Step& step : plan_.steps()) {
      if (step.action != StepAction::characters) {
        make_and_count(draft, edits_of(step, draft.text), step.entry);
      } else if (!std::exchange(tables_done, true)) {
        run_tables(draft);
      }
    }
    if (plan_.form() != Form::none) {
      make_and_count(draft, normal_form_edits(draft.text, plan_.form(), plan_.form_cause()),
                     plan_.form_cause());
    }
    first_round_ = false;
    return changed_ != already;
  }

  std::vector<StepCount> counts() && {
    std::erase_if(counts_, [](const StepCount& count) { return count.hits == 0; });
    return std::move(counts_);
  }

 private:
  void run_tables(Draft& draft) {
    const CharacterPass::Result result = plan_.characters().run(draft.text);
    for (std::size_t i = 0; i < result.hits.size(); ++i) {
      const Step& step = plan_.characters().steps()[i];
      if (first_round_ || !step.table.count_only) hits_of(step.entry) += result.hits[i];
    }
    make(draft, result.edits);
  }

  void make_and_count(Draft& draft, const Edits& edits, EntryIndex entry) {
    hits_of(entry) += edits.size();
    make(draft, edits);
  }

  void make(Draft& draft, const Edits& edits) {
    if (edits.empty()) return;
    draft.text = apply_edits(draft.text, edits);
    draft.changes = compose(draft.changes, changes_of(edits));
    ++changed_;
  }

  std::uint64_t& hits_of(EntryIndex entry) {
    return std::ranges::find(counts_, entry, &StepCount::entry)->hits;
  }

  const Plan& plan_;
  std::size_t bytes_left_;
  std::vector<StepCount> counts_;
  std::size_t changed_ = 0;  // how often a step changed a text
  bool first_round_ = true;
};

std::size_t line_begin(std::string_view text, std::size_t at) {
  return at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
}

/// End of the line of the byte `at`, with its line feed.
std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t line_feed = text.find('\n', at);
  return line_feed == std::string_view::npos ? text.size() : line_feed + 1;
}

/// The lines of `text` that `changes` led to, each with the one that follows, since a soft hyphen may join
/// the two.
std::vector<LineRange> changed_lines(std::string_view text, const Changes& changes) {
  std::vector<LineRange> out;
  std::size_t covered = 0;  // end of the last line that changed
  for (const Change& change : changes) {
    const std::size_t change_end = change.to + change.to_size;
    if (change_end < covered) continue;
    const std::size_t begin = line_begin(text, change.to);
    covered = line_end(text, change_end);
    const std::size_t end = line_end(text, covered);
    if (!out.empty() && begin <= out.back().end) {
      out.back().end = end;
    } else {
      out.push_back({begin, end});
    }
  }
  return out;
}

/// Runs rounds until nothing changes.
Draft settled(std::string text, Runner& runner) {
  const std::size_t most = 4 * text.size() + 4096;  // tables that feed each other may grow without end
  Draft draft{std::move(text)};
  while (draft.text.size() <= most && runner.may_run(draft.text)) {
    Draft next = draft;
    if (!runner.run_round(next) || next.text == draft.text) break;
    draft = std::move(next);
  }
  return draft;
}

/// The lines of `draft` that changed, settled. A round that left a line alone would leave it alone again.
Draft with_changed_lines_settled(Draft draft, const Plan& plan, Runner& runner) {
  Draft out;
  Changes later;
  std::size_t done = 0;
  for (const LineRange& range : changed_lines(draft.text, draft.changes)) {
    const std::string_view lines = std::string_view(draft.text).substr(range.begin, range.end - range.begin);
    if (plan.sieve().find(lines).empty()) {
      if (runner.may_run(lines)) runner.skip_round(lines);
      continue;
    }
    out.text.append(draft.text, done, range.begin - done);
    const Draft part = settled(std::string(lines), runner);
    for (Change change : part.changes) {
      change.from += range.begin;
      change.to += out.text.size();
      later.push_back(change);
    }
    out.text += part.text;
    done = range.end;
  }
  if (later.empty()) return draft;
  out.text.append(draft.text, done);
  out.changes = compose(draft.changes, later);
  return out;
}

/// The lines of `ranges`, one behind the other.
std::string excerpt(std::string_view text, std::span<const LineRange> ranges) {
  std::string out;
  for (const LineRange& range : ranges) out += text.substr(range.begin, range.end - range.begin);
  return out;
}

/// `text` with the lines of `ranges` as they have become in `made`, which began as their excerpt.
Draft put_back(std::string_view text, std::span<const LineRange> ranges, const Draft& made) {
  Draft out{{}, made.changes};
  out.text.reserve(text.size() + made.text.size());
  std::size_t done = 0;
  std::size_t left_out = 0;  // bytes of the text before the range that are not in the excerpt
  std::size_t range = 0;
  const auto end_in_excerpt = [&] { return ranges[range].end - left_out; };
  left_out = ranges[0].begin;
  for (Change& change : out.changes) {
    for (; change.from >= end_in_excerpt() && range + 1 < ranges.size(); ++range)
      left_out += ranges[range + 1].begin - ranges[range].end;
    out.text.append(text, done, change.from + left_out - done);
    out.text.append(made.text, change.to, change.to_size);
    change.from += left_out;
    change.to += left_out;
    done = change.from + change.from_size;
  }
  out.text.append(text.substr(done));
  return out;
}

}  // namespace

Plan::Plan(Form form, EntryIndex form_cause, std::vector<Step> steps)
    : form_(form),
      form_cause_(form_cause),
      steps_(std::move(steps)),
      characters_(steps_),
      sieve_(form_, steps_) {
  // ICU reads its tables when they are first asked for: here, before there are threads that would all ask.
  (void)normal_form_edits({}, form_, form_cause_);
}

std::optional<EntryIndex> Plan::entry_of(StepAction action) const {
  const auto found = std::ranges::find(steps_, action, &Step::action);
  if (found == steps_.end()) return std::nullopt;
  return found->entry;
}

Normalised normalise(std::string text, const Plan& plan) {
  const std::vector<LineRange> ranges = plan.sieve().find(text);
  if (ranges.empty()) return {std::move(text), {}, {}};
  Runner runner(plan, text.size());
  Draft draft{excerpt(text, ranges)};
  runner.skip_bytes(text.size() - draft.text.size());
  const bool changed = runner.run_round(draft);
  draft = changed ? with_changed_lines_settled(put_back(text, ranges, draft), plan, runner)
                  : Draft{std::move(text)};
  return {std::move(draft.text), std::move(draft.changes), std::move(runner).counts()};
}

}  // namespace dechaff::text
