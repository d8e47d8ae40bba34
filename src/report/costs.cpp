#include <chrono>
#include <unordered_set>

#include "dechaff/report.hpp"
#include "rules/rule.hpp"
#include "text/decode.hpp"
#include "text/line_table.hpp"
#include "text/normalise.hpp"

namespace dechaff {

namespace {

/// The texts as rules see them.
struct Corpus {
  std::vector<std::string> texts;
  std::vector<text::LineTable> tables;

  Corpus(const rules::Compiled& compiled, const std::vector<std::string>& raw) {
    std::vector<text::Step> steps;
    for (const rules::DeclaredStep& declared : compiled.steps) {
      if (compiled.entries[declared.step.entry].enabled) steps.push_back(declared.step);
    }
    const text::Plan plan(Form::nfc, rules::form_entry, std::move(steps));
    for (const std::string& bytes : raw) {
      text::Decoded decoded = text::decode(bytes, nullptr, {});
      texts.push_back(text::normalise(std::move(decoded.text), plan).text);
    }
    for (const std::string& text : texts) tables.emplace_back(std::string_view(text));
  }
};

std::uint64_t hits_of(const rules::Rule& rule, const text::LineTable& table, rules::Scratch& scratch) {
  const std::unordered_set<std::string_view> phrases(rule.lines.begin(), rule.lines.end());
  std::uint64_t hits = 0;
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    if (table.blank(i)) continue;
    const std::string_view subject = rule.raw ? table.line(i).text : table.key(i);
    const bool hit = phrases.contains(subject) ||
                     (rule.pattern && rule.pattern->search(subject, 0, scratch) == rules::Outcome::match);
    hits += hit ? 1U : 0U;
  }
  return hits;
}

}  // namespace

std::vector<RuleCost> measure_rules(const RuleSet& rules, const std::vector<std::string>& texts) {
  using clock = std::chrono::steady_clock;
  const Corpus corpus(rules.compiled(), texts);
  rules::Scratch scratch;
  std::vector<RuleCost> out;
  for (const rules::Rule& rule : rules.compiled().rules) {
    if (!rule.has_text()) continue;
    RuleCost cost{.entry = rule.entry, .hits = 0, .milliseconds = 0};
    const auto start = clock::now();
    for (const text::LineTable& table : corpus.tables) cost.hits += hits_of(rule, table, scratch);
    cost.milliseconds = std::chrono::duration<double, std::milli>(clock::now() - start).count();
    out.push_back(cost);
  }
  return out;
}

}  // namespace dechaff
