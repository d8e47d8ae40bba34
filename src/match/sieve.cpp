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

using Texts = std::vector<std::string>;

/// A sieve in the making.
struct Told {
  Texts starts, needs;
  bool either = false;
};

/// The share of lines that begin with one of the texts, about; 1 if none are told.
double share_that_begin(const Texts& starts) {
  if (starts.empty()) return 1;
  double sum = 0;
  for (const std::string& start : starts) sum += std::exp(-rarity(start));
  return std::min(1.0, sum);
}

double share_that_hold(const Texts& needs) {
  return needs.empty() ? 1 : std::min(1.0, places * frequency(needs));
}

/// For each branch of the pattern what tells it best; nothing where one of them cannot be told.
std::optional<Told> by_branch(const Syntax& syntax) {
  if (syntax.whole.kind != Expression::Kind::choice) return {};
  Told out;
  for (const Expression& branch : syntax.whole.parts) {
    const Syntax alone{branch, syntax.anchored};
    const Texts starts = prefixes(alone);
    const Texts needs = needed_literals(alone);
    if (starts.empty() && needs.empty()) return {};
    // What is not told is no choice, however little the other tells.
    const bool begins =
        needs.empty() || (!starts.empty() && share_that_begin(starts) <= share_that_hold(needs));
    Texts& to = begins ? out.starts : out.needs;
    const Texts& from = begins ? starts : needs;
    to.insert(to.end(), from.begin(), from.end());
  }
  sort_each_once(out.starts);
  sort_each_once(out.needs);
  out.either = !out.starts.empty() && !out.needs.empty();
  return out;
}

double share_let_through(const Told& told) {
  const double begin = share_that_begin(told.starts);
  const double hold = share_that_hold(told.needs);
  return told.either ? begin + hold : begin * hold;
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
Told with_exceptions(Told told, const rules::Rule& rule) {
  // A pattern that told nothing may match the empty text, which such exceptions leave alone.
  if (told.either || (told.starts.empty() && told.needs.empty())) return told;
  for (const rules::Pattern& except : rule.except) {
    const std::optional<Syntax> asked = asked_by(except);
    if (!asked) continue;
    Texts needs = rule.scope == rules::Scope::block ? needed_words(*asked) : needed_literals(*asked);
    if (!needs.empty() && share_that_hold(needs) < share_that_hold(told.needs)) told.needs = std::move(needs);
  }
  return told;
}

Told told_by(const Syntax& syntax, const rules::Rule& rule) {
  if (rule.scope == rules::Scope::block)
    return with_exceptions({prefixes(syntax), needed_words(syntax)}, rule);
  Told whole = with_exceptions({prefixes(syntax), needed_literals(syntax)}, rule);
  std::optional<Told> branches = by_branch(syntax);
  return branches && share_let_through(*branches) < share_let_through(whole) ? std::move(*branches) : whole;
}

}  // namespace

rules::Sieve sieve_of(const rules::Rule& rule) {
  const std::optional<Syntax> syntax = parse(rule.pattern->source());
  if (!syntax) return {};
  const Told told = told_by(*syntax, rule);
  return {TextList(told.starts), TextList(told.needs), told.either};
}

}  // namespace dechaff::match
