#include "match/sieve.hpp"

#include <algorithm>
#include <cmath>

#include "base/sorted.hpp"
#include "match/literals.hpp"
#include "match/prefixes.hpp"
#include "match/syntax.hpp"

namespace dechaff::match {

namespace {

// Places of a line at which a literal may stand, about.
constexpr double places = 60;

/// The share of lines that begin with one of the texts, about; 1 if none are told.
double share_that_begin(const std::vector<std::string>& starts) {
  if (starts.empty()) return 1;
  double sum = 0;
  for (const std::string& start : starts) sum += std::exp(-rarity(start));
  return std::min(1.0, sum);
}

double share_that_hold(const std::vector<std::string>& needs) {
  return needs.empty() ? 1 : std::min(1.0, places * frequency(needs));
}

/// For each branch of the pattern what tells it best; nothing where one of them cannot be told.
std::optional<rules::Sieve> by_branch(const Syntax& syntax) {
  if (syntax.whole.kind != Expression::Kind::choice) return {};
  rules::Sieve out;
  for (const Expression& branch : syntax.whole.parts) {
    const Syntax alone{branch, syntax.anchored};
    const std::vector<std::string> starts = prefixes(alone);
    const std::vector<std::string> needs = needed_literals(alone);
    if (starts.empty() && needs.empty()) return {};
    // What is not told is no choice, however little the other tells.
    const bool begins =
        needs.empty() || (!starts.empty() && share_that_begin(starts) <= share_that_hold(needs));
    std::vector<std::string>& to = begins ? out.starts : out.needs;
    const std::vector<std::string>& from = begins ? starts : needs;
    to.insert(to.end(), from.begin(), from.end());
  }
  sort_each_once(out.starts);
  sort_each_once(out.needs);
  out.either = !out.starts.empty() && !out.needs.empty();
  return out;
}

double share_let_through(const rules::Sieve& sieve) {
  const double begin = share_that_begin(sieve.starts);
  const double hold = share_that_hold(sieve.needs);
  return sieve.either ? begin + hold : begin * hold;
}

/// What the start of a text must match for the exception to leave it alone: all texts but the empty one hold
/// a match of "^(?!…)." unless that does.
std::optional<Syntax> asked_by(const rules::Pattern& except) {
  constexpr std::string_view head = "^(?!", tail = ").";
  std::string_view inner = except.source();
  if (!inner.starts_with(head) || !inner.ends_with(tail)) return {};
  inner.remove_prefix(head.size());
  inner.remove_suffix(tail.size());
  return parse(inner);  // as a whole, or the brackets are not those of each other
}

/// The same, with what the exceptions ask for where that is rarer.
rules::Sieve with_exceptions(rules::Sieve sieve, const rules::Rule& rule) {
  // A pattern that told nothing may match the empty text, which such exceptions leave alone.
  if (sieve.either || (sieve.starts.empty() && sieve.needs.empty())) return sieve;
  for (const rules::Pattern& except : rule.except) {
    const std::optional<Syntax> asked = asked_by(except);
    if (!asked) continue;
    std::vector<std::string> needs =
        rule.scope == rules::Scope::block ? needed_words(*asked) : needed_literals(*asked);
    if (!needs.empty() && share_that_hold(needs) < share_that_hold(sieve.needs))
      sieve.needs = std::move(needs);
  }
  return sieve;
}

}  // namespace

rules::Sieve sieve_of(const rules::Rule& rule) {
  const std::optional<Syntax> syntax = parse(rule.pattern->source());
  if (!syntax) return {};
  if (rule.scope == rules::Scope::block)
    return with_exceptions({prefixes(*syntax), needed_words(*syntax)}, rule);
  const rules::Sieve whole = with_exceptions({prefixes(*syntax), needed_literals(*syntax)}, rule);
  const std::optional<rules::Sieve> branches = by_branch(*syntax);
  return branches && share_let_through(*branches) < share_let_through(whole) ? *branches : whole;
}

}  // namespace dechaff::match
