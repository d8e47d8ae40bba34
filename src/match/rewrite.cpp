#include "match/rewrite.hpp"

#include "rules/replacement.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

namespace dechaff::match {

namespace {

// A rule that has not come to rest by then never will, or grows the line without end.
constexpr int most_rounds = 8;

/// What a line of this many bytes may grow to.
std::size_t longest_result(std::size_t size) { return 2 * size + (64 << 10); }

/// The text that is searched, and where its bytes come from in the line.
struct Subject {
  std::string_view text;
  text::FoldedWithOrigins folded;
  bool raw = false;
  std::size_t skipped = 0;  // of the folded text, before `text`

  Subject(const rules::Rule& rule, std::string_view line) : text(line), raw(rule.raw) {
    if (raw) return;
    folded = text::fold_with_origins(line);
    text = text::strip_edges(folded.text);
    skipped = text.empty() ? 0 : static_cast<std::size_t>(text.data() - folded.text.data());
  }

  std::size_t origin(std::size_t at) const { return raw ? at : folded.origins[skipped + at]; }
};

bool is_space(std::string_view line, std::size_t at) { return at < line.size() && line[at] == ' '; }

/// Appends what stands for the match of `line` bytes [begin, end); returns where to go on.
std::size_t put(std::string& out, std::string_view line, std::size_t end, std::string_view instead) {
  out += instead;
  const bool space_before = out.empty() || out.back() == ' ';
  return instead.empty() && space_before && is_space(line, end) ? end + 1 : end;
}

enum class Round { same, changed, limit };

Round one_round(const rules::Rule& rule, std::string& line, std::size_t most_bytes, Scratch& scratch) {
  const Subject subject(rule, line);
  std::string out;
  std::size_t copied = 0;  // of the line
  for (std::size_t from = 0; from <= subject.text.size();) {
    const rules::Outcome outcome = rule.pattern->search(subject.text, from, scratch.pcre);
    if (outcome == rules::Outcome::limit) return Round::limit;
    if (outcome == rules::Outcome::no_match) break;
    const auto [begin, end] = scratch.pcre.capture(0);
    const std::size_t first = subject.origin(begin);
    const std::size_t behind = subject.origin(end);
    if (begin <= end && first >= copied && (end > begin || rule.replace)) {
      out.append(line, copied, first - copied);
      const std::string instead =
          rule.replace ? rules::expand(*rule.replace, *rule.pattern, subject.text, scratch.pcre) : "";
      copied = put(out, line, behind, instead);
      if (out.size() > most_bytes) return Round::limit;
    }
    if (end > begin) {
      from = end;
    } else {
      from = end < subject.text.size() ? end + text::char_size(subject.text, end) : end + 1;
    }
  }
  out.append(line, std::min(copied, line.size()));
  if (out == line) return Round::same;
  line = std::move(out);
  return Round::changed;
}

}  // namespace

std::optional<std::string> rewrite_line(const rules::Compiled& compiled, std::uint32_t rule,
                                        std::string_view line, std::uint32_t number, Scratch& scratch) {
  std::string now(line);
  for (int round = 0; round < most_rounds; ++round) {
    const Round outcome = one_round(compiled.rules[rule], now, longest_result(line.size()), scratch);
    if (outcome == Round::same) return round == 0 ? std::nullopt : std::optional(std::move(now));
    if (outcome == Round::limit) break;
  }
  scratch.limits.push_back({rule, number});
  return {};
}

}  // namespace dechaff::match
