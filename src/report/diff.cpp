#include <algorithm>

#include "dechaff/report.hpp"
#include "report/visible.hpp"

namespace dechaff {

namespace {

constexpr std::size_t context_lines = 3;

/// Bytes [a, a_end) of the original stand against [c, c_end) of the clean text.
struct Region {
  std::size_t a = 0, a_end = 0;
  std::size_t c = 0, c_end = 0;
};

/// Whether a line starts at `at`, or the text ends there.
bool at_line(std::string_view text, std::size_t at) {
  return at == 0 || at == text.size() || text[at - 1] == '\n';
}

/// The changes, grown to whole lines on both sides and merged where they then touch.
std::vector<Region> changed_lines(std::string_view a, std::string_view c, const Changes& changes) {
  std::vector<Region> out;
  for (const Change& change : changes) {
    Region region{change.from, change.from + change.from_size, change.to, change.to + change.to_size};
    const auto starts_line = [&] {
      return (region.a == 0 || a[region.a - 1] == '\n') && (region.c == 0 || c[region.c - 1] == '\n');
    };
    while (!starts_line() && (out.empty() || region.a > out.back().a_end)) {
      --region.a;
      --region.c;
    }
    const std::size_t next = &change == &changes.back() ? a.size() : (&change + 1)->from;
    while (region.a_end < next && !(at_line(a, region.a_end) && at_line(c, region.c_end))) {
      ++region.a_end;
      ++region.c_end;
    }
    if (!out.empty() && region.a <= out.back().a_end) {
      out.back().a_end = region.a_end;
      out.back().c_end = region.c_end;
    } else {
      out.push_back(region);
    }
  }
  return out;
}

class Diff {
 public:
  Diff(std::string_view a, std::string_view c, bool escape) : a_(a), c_(c), escape_(escape) {}

  std::string hunks(const std::vector<Region>& regions) {
    for (std::size_t begin = 0, end = 0; begin < regions.size(); begin = end) {
      end = begin + 1;
      while (end < regions.size() && common_lines(regions[end - 1], regions[end]) <= 2 * context_lines) ++end;
      hunk({regions.begin() + static_cast<std::ptrdiff_t>(begin),
            regions.begin() + static_cast<std::ptrdiff_t>(end)});
    }
    return std::move(out_);
  }

 private:
  std::size_t common_lines(const Region& one, const Region& two) const {
    const std::string_view between = a_.substr(one.a_end, two.a - one.a_end);
    return static_cast<std::size_t>(std::ranges::count(between, '\n'));
  }

  void hunk(const std::vector<Region>& regions) {
    Region whole{regions.front().a, regions.back().a_end, regions.front().c, regions.back().c_end};
    for (std::size_t i = 0; i < context_lines && whole.a > 0; ++i) {
      const std::size_t line = whole.a < 2 ? 0 : a_.rfind('\n', whole.a - 2) + 1;  // npos + 1 is 0
      whole.c -= whole.a - line;
      whole.a = line;
    }
    for (std::size_t i = 0; i < context_lines && whole.a_end < a_.size(); ++i) {
      const std::size_t end = std::min(a_.find('\n', whole.a_end), a_.size() - 1) + 1;
      whole.c_end += end - whole.a_end;
      whole.a_end = end;
    }
    head(whole);
    std::size_t at = whole.a;
    for (const Region& region : regions) {
      lines(' ', a_.substr(at, region.a - at));
      lines('-', a_.substr(region.a, region.a_end - region.a));
      lines('+', c_.substr(region.c, region.c_end - region.c));
      at = region.a_end;
    }
    lines(' ', a_.substr(at, whole.a_end - at));
  }

  /// "12,3": the first line from 1 and their number; of no lines, the line before.
  std::string span(std::string_view text, std::size_t begin, std::size_t end, std::size_t& line,
                   std::size_t& seen) const {
    line += static_cast<std::size_t>(std::ranges::count(text.substr(seen, begin - seen), '\n'));
    seen = begin;
    const std::string_view inside = text.substr(begin, end - begin);
    auto count = static_cast<std::size_t>(std::ranges::count(inside, '\n'));
    if (!inside.empty() && inside.back() != '\n') ++count;
    return std::to_string(count == 0 ? line : line + 1) + (count == 1 ? "" : "," + std::to_string(count));
  }

  void head(const Region& whole) {
    out_ += "@@ -" + span(a_, whole.a, whole.a_end, a_line_, a_seen_);
    out_ += " +" + span(c_, whole.c, whole.c_end, c_line_, c_seen_) + " @@\n";
  }

  void lines(char mark, std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      out_ += mark;
      out_ += escape_ ? report::visible(line) : std::string(line);
      out_ += end == text.size() ? "\n\\ No newline at end of file\n" : "\n";
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::string_view a_, c_;
  bool escape_;
  std::string out_;
  std::size_t a_line_ = 0, c_line_ = 0;  // lines before what was seen
  std::size_t a_seen_ = 0, c_seen_ = 0;
};

}  // namespace

std::string unified_diff(std::string_view name, std::string_view original, const Cleaned& cleaned,
                         bool escape) {
  if (cleaned.changes.empty()) return {};
  const std::string shown = report::visible(name);
  return "--- " + shown + "\n+++ " + shown + " (clean)\n" +
         Diff(original, cleaned.text, escape).hunks(changed_lines(original, cleaned.text, cleaned.changes));
}

}  // namespace dechaff
