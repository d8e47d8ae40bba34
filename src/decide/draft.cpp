#include "decide/draft.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dechaff::decide {

namespace {

using rules::Axis;

/// Margins run from -10 to 10, in fifths.
std::int32_t scaled(double margin) {
  return static_cast<std::int32_t>(std::floor(50 + 5 * std::clamp(margin, -10.0, 10.0) + 0.5));
}

class Draft {
 public:
  Draft(std::span<const Link> links, double switch_cost, AxisColumns& values)
      : links_(links),
        values_(values),
        margins_(margins(links, switch_cost)),
        words_(links.size() + 1),
        kept_words_(links.size() + 1) {
    for (std::size_t u = 0; u < size(); ++u) {
      const std::int64_t words = values[Axis::words][u];
      words_[u + 1] = words_[u] + words;
      kept_words_[u + 1] = kept_words_[u] + (keeps(u) ? words : 0);
    }
  }

  void fill() {
    runs();
    values_.set_all(Axis::keep_share, share_in_percent(kept(), words_.back()));
    values_.set_all(Axis::keep_words, kept());
    for (std::size_t u = 0; u < size(); ++u) around(u);
    distances();
  }

 private:
  std::size_t size() const { return links_.size(); }
  bool keeps(std::size_t unit) const { return margins_[unit] >= 0; }
  std::int64_t kept() const { return kept_words_.back(); }

  void set(std::size_t unit, Axis axis, std::int64_t value) { values_.set(unit, axis, value); }

  void runs() {
    std::int64_t most = -1;
    std::size_t first = 0, last = 0;  // of the kept run of most words
    for (std::size_t begin = 0, end = 0; begin < size(); begin = end) {
      double evidence = 0;
      for (end = begin; end < size() && keeps(end) == keeps(begin); ++end)
        evidence += std::clamp(links_[end].evidence, -100.0, 100.0);
      const auto lines = static_cast<std::int64_t>(end - begin);
      const std::int64_t words = words_[end] - words_[begin];
      for (std::size_t u = begin; u < end; ++u) {
        set(u, Axis::draft, scaled(margins_[u]));
        set(u, Axis::mean_evidence, scaled(evidence / static_cast<double>(lines)));
        set(u, Axis::keep_run, keeps(begin) ? lines : 0);
        set(u, Axis::drop_run, keeps(begin) ? 0 : lines);
        set(u, Axis::keep_run_words, keeps(begin) ? words : 0);
        set(u, Axis::drop_run_words, keeps(begin) ? 0 : words);
      }
      if (!keeps(begin) || words <= most) continue;
      most = words;
      first = begin;
      last = end - 1;
    }
    for (std::size_t u = 0; u < size(); ++u) {
      const std::size_t distance = u < first ? first - u : u > last ? u - last : 0;
      set(u, Axis::main_distance, most < 0 ? rules::axis_none : static_cast<std::int64_t>(distance));
    }
    values_.set_all(Axis::main_share, share_in_percent(most, kept()));
  }

  void around(std::size_t u) {
    set(u, Axis::keep_before, share_in_percent(kept_words_[u], kept()));
    set(u, Axis::keep_after, share_in_percent(kept() - kept_words_[u + 1], kept()));
    set(u, Axis::kept_before8, share(u > 8 ? u - 8 : 0, u));
    set(u, Axis::kept_before25, share(u > 25 ? u - 25 : 0, u));
    set(u, Axis::kept_after8, share(u + 1, std::min(size(), u + 9)));
    set(u, Axis::kept_after25, share(u + 1, std::min(size(), u + 26)));
  }

  /// Share of words that the draft keeps.
  std::int32_t share(std::size_t begin, std::size_t end) const {
    if (begin >= end) return rules::axis_none;
    return share_in_percent(kept_words_[end] - kept_words_[begin], words_[end] - words_[begin]);
  }

  void distances() {
    std::int64_t since = rules::axis_none;
    for (std::size_t u = 0; u < size(); ++u) {
      set(u, Axis::since_keep, since);
      if (keeps(u)) since = 0;
      if (since != rules::axis_none) ++since;
    }
    std::int64_t until = rules::axis_none;
    for (std::size_t u = size(); u-- > 0;) {
      set(u, Axis::until_keep, until);
      if (keeps(u)) until = 0;
      if (until != rules::axis_none) ++until;
    }
  }

  std::span<const Link> links_;
  AxisColumns& values_;
  std::vector<double> margins_;
  std::vector<std::int64_t> words_, kept_words_;  // of all units before
};

}  // namespace

void draft_axes(std::span<const Link> links, double switch_cost, AxisColumns& values) {
  Draft(links, switch_cost, values).fill();
}

}  // namespace dechaff::decide
