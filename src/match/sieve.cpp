#include "match/sieve.hpp"

#include "match/first_bytes.hpp"
#include "match/literals.hpp"
#include "match/syntax.hpp"

namespace dechaff::match {

rules::Sieve sieve_of(const rules::Rule& rule) {
  const std::optional<Syntax> syntax = parse(rule.pattern->source());
  if (!syntax) return {};
  const bool block = rule.scope == rules::Scope::block;
  return {prefixes(*syntax), block ? needed_words(*syntax) : needed_literals(*syntax)};
}

}  // namespace dechaff::match
