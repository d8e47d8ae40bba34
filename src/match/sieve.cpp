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
    const bool begins = share_that_begin(starts) <= share_that_hold(needs);
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

}  // namespace

rules::Sieve sieve_of(const rules::Rule& rule) {
  const std::optional<Syntax> syntax = parse(rule.pattern->source());
  if (!syntax) return {};
  if (rule.scope == rules::Scope::block) return {prefixes(*syntax), needed_words(*syntax)};
  rules::Sieve whole{prefixes(*syntax), needed_literals(*syntax)};
  std::optional<rules::Sieve> branches = by_branch(*syntax);
  return branches && share_let_through(*branches) < share_let_through(whole) ? *branches : whole;
}

}  // namespace dechaff::match
