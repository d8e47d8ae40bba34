#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "choices.hpp"
#include "fuzz.hpp"
#include "match/matcher.hpp"
#include "match/sieve.hpp"
#include "rules/rule.hpp"
#include "text/utf8.hpp"

namespace {

using namespace dechaff;
using dechaff::fuzz::Choices;

constexpr std::array<std::string_view, 64> atoms = {
    "a",        "b",      "c",           "1",         "2",        " ",        "\\.",   "\\)",
    "-",        "é",      "ß",           "λ",         "#",        "x",        "k",     "ſ",
    ".",        "\\d",    "\\w",         "\\s",       "\\D",      "\\W",      "\\S",   "\\h",
    "\\b",      "\\B",    "\\A",         "\\z",       "$",        "^",        "\\K",   "\\R",
    "[ab]",     "[^ab]",  "[]a]",        "[]-a]",     "[^]a]",    "[a-c]",    "[a-]",  "[+--]",
    "[\\w-]",   "[é-ü]",  "[[:alpha:]]", "[\\]x]",    "[\\s\\d]", "[a\\b]",   "[(|)]", "[#\\-b]",
    "\\p{L}",   "\\P{L}", "\\pN",        "\\x61",     "\\x{e9}",  "\\Qa(\\E", "\\N",   "\\X",
    "\\o{141}", "\\1",    "(?1)",        "(*ACCEPT)", "(?#a)",    "(?i)",     "(?x)",  "()"};
constexpr std::array<std::string_view, 16> quantifiers = {
    "", "", "", "", "?", "*", "+", "??", "*?", "++", "{0}", "{2}", "{0,2}", "{1,}", "{,2}", "{}"};
constexpr std::array<std::string_view, 8> openings = {
    "(", "(?:", "(?>", "(?=", "(?!", "(?<=", "(?<n>", "(?|"};
constexpr std::array<std::string_view, 8> words = {"a",
                                                   "b",
                                                   "a b",
                                                   "1",
                                                   "1. a",
                                                   "é",
                                                   "-",
                                                   "a\xC2\xA0"
                                                   "b"};

std::string expression(Choices& choices, int depth);

std::string item(Choices& choices, int depth) {
  // One choice a statement: within one, compilers differ over which comes first.
  const bool group = choices.below(4) == 0 && depth < 3;
  std::string out(group ? openings[choices.below(openings.size())] : atoms[choices.below(atoms.size())]);
  if (group) {
    out += expression(choices, depth + 1);
    out += ')';
  }
  out += quantifiers[choices.below(quantifiers.size())];
  return out;
}

std::string expression(Choices& choices, int depth) {
  std::string out;
  for (std::size_t branches = 1 + choices.below(3); branches > 0; --branches) {
    for (std::size_t items = choices.below(4); items > 0; --items) out += item(choices, depth);
    if (branches > 1) out += '|';
  }
  return out;
}

std::optional<rules::Pattern> pattern(Choices& choices) {
  constexpr std::array<std::string_view, 8> starts = {"^", "^(?:", "\\A", "", "^|", "^?", "^{0}", "^^"};
  const std::size_t start = choices.below(starts.size());
  std::string source = std::string(starts[start]) + expression(choices, 0) + (start == 1 ? ")$" : "");
  rules::PatternError error;
  const auto compiled = rules::Pattern::compile(source, error);
  if (!compiled) return {};
  return *compiled;
}

rules::Rule rule(Choices& choices) {
  constexpr std::array scopes = {rules::Scope::line, rules::Scope::block, rules::Scope::span,
                                 rules::Scope::section};
  rules::Rule out;
  out.scope = scopes[choices.below(scopes.size())];
  out.raw = choices.below(4) == 0;
  out.max_lines = 1 + static_cast<std::uint32_t>(choices.below(4));
  if (choices.below(4) != 0) out.pattern = pattern(choices);
  if (choices.below(4) == 0) out.lines = {std::string(words[choices.below(words.size())])};
  if (choices.below(8) == 1) {
    if (auto except = pattern(choices)) out.except.push_back(std::move(*except));
  }
  return out;
}

rules::Compiled rule_set(Choices& choices) {
  rules::Compiled out;
  for (std::size_t i = 0; i < 6 && !choices.done(); ++i) {
    out.entries.emplace_back();
    out.rules.push_back(rule(choices));
    out.rules.back().entry = static_cast<EntryIndex>(i);
  }
  return out;
}

void check_sieves(const rules::Compiled& compiled, std::string_view subject, rules::Scratch& scratch) {
  for (const rules::Rule& one : compiled.rules) {
    if (!one.pattern || subject.empty()) continue;
    const auto matches = [&](const rules::Pattern& pattern) {
      return pattern.search(subject, 0, scratch) == rules::Outcome::match;
    };
    if (!matches(*one.pattern) || std::ranges::any_of(one.except, matches)) continue;
    const rules::Sieve sieve = match::sieve_of(one);
    const auto begins = [&](std::string_view start) { return subject.starts_with(start); };
    const auto holds = [&](std::string_view need) { return subject.find(need) != subject.npos; };
    const bool begun = std::ranges::any_of(sieve.starts, begins);
    const bool held = std::ranges::any_of(sieve.needs, holds);
    FUZZ_REQUIRE(sieve.either ? begun || held
                              : (sieve.starts.empty() || begun) && (sieve.needs.empty() || held));
  }
}

void check_hits(const rules::Compiled& compiled, const text::LineTable& table) {
  const match::Matcher quick(compiled, match::Prefilter::on);
  const match::Matcher plain(compiled, match::Prefilter::off);
  const std::vector<bool> on(compiled.entries.size(), true);
  std::vector<std::uint32_t> all(table.size());
  std::iota(all.begin(), all.end(), 0U);
  match::Scratch scratch;
  const match::LineHits quick_lines = quick.match_lines(table, on, scratch);
  const match::LineHits plain_lines = plain.match_lines(table, on, scratch);
  FUZZ_REQUIRE(quick_lines.hits == plain_lines.hits);
  FUZZ_REQUIRE(quick.match_blocks(table, all, on, quick_lines, {}, scratch).hits ==
               plain.match_blocks(table, all, on, plain_lines, {}, scratch).hits);
}

/// `bytes` with a question mark for each that is no valid UTF-8.
std::string valid_utf8(std::string_view bytes) {
  std::string out(bytes);
  for (std::size_t bad; (bad = text::valid_prefix(out)) != out.size();) out[bad] = '?';
  return out;
}

}  // namespace

/// The input: a byte that says how many of those behind it choose rules from a small grammar; the rest is a
/// text. The prefilter changes nothing about the hits, and a text that a pattern matches begins with one of
/// its prefixes and of its first bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 2 << 10) return 0;  // longer inputs only cost time
  const std::string_view input = fuzz::as_text(data, size).substr(1);
  Choices choices(input.substr(0, data[0]));
  const rules::Compiled compiled = rule_set(choices);
  const std::string document = valid_utf8(input.substr(std::min<std::size_t>(input.size(), data[0])));
  const text::LineTable table{std::string_view(document)};
  rules::Scratch scratch;
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    check_sieves(compiled, table.key(i), scratch);
    check_sieves(compiled, table.line(i).text, scratch);
  }
  check_hits(compiled, table);
  return 0;
}
