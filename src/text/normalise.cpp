#include "text/normalise.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
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

/// The lines of `ranges`, one behind the other.
std::string excerpt(std::string_view text, std::span<const LineRange> ranges) {
  std::size_t size = 0;
  for (const LineRange& range : ranges) size += range.end - range.begin;
  std::string out;
  out.reserve(size);
  for (const LineRange& range : ranges) out += text.substr(range.begin, range.end - range.begin);
  return out;
}

/// `text` with the lines of `ranges` as they have become in `made`, which began as their excerpt, and the
/// changes from `text`.
Draft put_back(std::string_view text, std::span<const LineRange> ranges, const Draft& made) {
  std::size_t size = text.size() + made.text.size();
  for (const LineRange& told : ranges) size -= told.end - told.begin;
  Draft out{{}, made.changes};
  out.text.reserve(size);
  std::size_t done = 0;
  std::size_t range = 0;
  std::size_t left_out = ranges[range].begin;  // bytes of the text before the range not in the excerpt
  const auto end_in_excerpt = [&] { return ranges[range].end - left_out; };
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

  /// Runs every step once on the lines that the sieve tells; nothing where no step changed the text.
  std::optional<Draft> run_round(const Draft& draft) {
    bytes_left_ -= draft.text.size() + bytes_per_round;
    const std::vector<LineRange> ranges = plan_.sieve().find(draft.text);
    if (ranges.empty()) return std::nullopt;
    const std::size_t already = changed_;
    Draft told{excerpt(draft.text, ranges)};
    run_steps(told);
    first_round_ = false;
    if (changed_ == already) return std::nullopt;
    Draft out = put_back(draft.text, ranges, told);
    out.changes = compose(draft.changes, out.changes);
    return out;
  }

  std::vector<StepCount> counts() && {
    std::erase_if(counts_, [](const StepCount& count) { return count.hits == 0; });
    return std::move(counts_);
  }

 private:
  void run_steps(Draft& draft) {
    bool tables_done = false;
    for (const Step& step : plan_.steps()) {
      if (step.action != StepAction::characters) {
        make_and_count(draft, edits_of(step, draft.text), step.entry);
      } else if (!std::exchange(tables_done, true)) {
        run_tables(draft);
      }
    }
    if (plan_.form() == Form::none) return;
    make_and_count(draft, normal_form_edits(draft.text, plan_.form(), plan_.form_cause()),
                   plan_.form_cause());
  }

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
    std::optional<Draft> next = runner.run_round(draft);
    if (!next || next->text == draft.text) break;
    draft = std::move(*next);
  }
  return draft;
}

/// The lines of `draft` that changed, settled. A round that left a line alone would leave it alone again.
Draft with_changed_lines_settled(Draft draft, Runner& runner) {
  Draft out;
  Changes later;
  std::size_t done = 0;
  for (const LineRange& range : changed_lines(draft.text, draft.changes)) {
    const Draft part = settled(draft.text.substr(range.begin, range.end - range.begin), runner);
    if (part.changes.empty()) continue;
    out.text.append(draft.text, done, range.begin - done);
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
  Runner runner(plan, text.size());
  Draft draft{std::move(text)};
  if (std::optional<Draft> next = runner.run_round(draft))
    draft = with_changed_lines_settled(std::move(*next), runner);
  return {std::move(draft.text), std::move(draft.changes), std::move(runner).counts()};
}

}  // namespace dechaff::text
