#include <algorithm>
#include <memory>

#include "apply/stage.hpp"
#include "decide/settings.hpp"
#include "match/matcher.hpp"
#include "match/sieve.hpp"
#include "rules/lint.hpp"

namespace dechaff {

namespace {

using rules::Compiled;

/// Runs single rules and steps on texts, with nothing else in force.
class Bench {
 public:
  explicit Bench(const Compiled& compiled)
      : compiled_(compiled),
        matcher_(compiled),
        sketches_(std::make_shared<const decide::RuleSketches>(compiled)) {}

  /// What the rule alone, trusted, makes of `text`; neighbours count as there.
  std::string apply(const rules::Rule& rule, const std::string& text) {
    decide::Settings settings = only(rule.entry);
    settings.trusted[rule.entry] = settings.certain[rule.entry] = true;
    settings.assume_neighbours = true;
    if (!rule.when->hosts.empty()) settings.host = rule.when->hosts.front();
    if (!rule.when->languages.empty()) settings.language = rule.when->languages.front();
    const text::Plan layout(Form::none, rules::form_entry, layout_steps());
    const apply::Tools tools{compiled_, &matcher_, layout, settings, scratch_};
    apply::Stage stage(tools, text);
    stage.settle(tools, decide::Reach::certain);
    hit_ = !stage.hits().empty();
    return stage.finish(tools).text;
  }

  /// Whether the rule of the last `apply` hit anything.
  bool hit() const { return hit_; }

  /// What the step alone makes of `text`, before the rules or, for layout, after them.
  std::string apply(const text::Step& step, const std::string& text) {
    const text::Plan plan(Form::none, rules::form_entry, {step});
    const decide::Settings settings = only(step.entry);
    const apply::Tools tools{compiled_, &matcher_, plan, settings, scratch_};
    apply::Stage stage(tools, text::normalise(text, plan).text);
    stage.lay_out(tools);
    return stage.finish(tools).text;
  }

 private:
  decide::Settings only(EntryIndex entry) const {
    decide::Settings settings;
    settings.profile.level = 1;
    settings.sketches = sketches_;
    settings.on.assign(compiled_.entries.size(), false);
    settings.trusted = settings.certain = settings.on;
    settings.scores.assign(compiled_.entries.size(), 0);
    settings.on[entry] = true;
    settings.matters = settings.on;
    return settings;
  }

  static std::vector<text::Step> layout_steps() {
    std::vector<text::Step> steps;
    for (const auto action :
         {text::StepAction::blank_lines, text::StepAction::edge_lines, text::StepAction::trailing_space}) {
      steps.push_back({rules::form_entry, action, {}});
    }
    return steps;
  }

  const Compiled& compiled_;
  match::Matcher matcher_;
  std::shared_ptr<const decide::RuleSketches> sketches_;
  match::Scratch scratch_;
  bool hit_ = false;
};

std::string shown(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\n' ? std::string("\\n") : std::string(1, c);
  return out + "'";
}

std::string_view without_final_newline(std::string_view text) {
  return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
}

bool same(std::string_view a, std::string_view b) {
  return without_final_newline(a) == without_final_newline(b);
}

class Examples {
 public:
  explicit Examples(const Compiled& compiled) : compiled_(compiled), bench_(compiled) {}

  ExampleReport run_all(const EntryFilter& wanted) {
    for (const rules::DeclaredStep& step : compiled_.steps) {
      if (wanted(compiled_.entries[step.step.entry])) run(step);
    }
    for (const rules::Rule& rule : compiled_.rules) {
      if (wanted(compiled_.entries[rule.entry])) run(rule);
    }
    return std::move(report_);
  }

 private:
  void fail(EntryIndex entry, const rules::Example& example, std::string message) {
    report_.failures.push_back({example.pos, compiled_.entries[entry].id + ": " + std::move(message)});
  }

  void count(std::size_t examples) {
    report_.rules += examples > 0 ? 1U : 0U;
    report_.examples += examples;
  }

  void run(const rules::DeclaredStep& step) {
    count(step.examples.size());
    for (const rules::Example& example : step.examples) {
      const std::string got = bench_.apply(step.step, example.text);
      if (got != example.leaves)
        fail(step.step.entry, example,
             shown(example.text) + " became " + shown(got) + ", not " + shown(example.leaves));
    }
  }

  void run(const rules::Rule& rule) {
    count(rule.drops.size() + rule.keeps.size());
    // Scores and protection change no text by themselves: their examples say what they hit.
    const bool by_hit = rule.effect == EntryKind::weigh || rule.effect == EntryKind::keep;
    const bool drops_hit = rule.effect != EntryKind::keep;
    for (const rules::Example& example : rule.drops) {
      const std::string got = bench_.apply(rule, example.text);
      if (by_hit ? bench_.hit() != drops_hit : !same(got, example.leaves)) {
        fail(rule.entry, example,
             "the 'drops' example " + shown(example.text) +
                 (by_hit ? hit_words(drops_hit) : " leaves " + shown(got)));
      }
    }
    for (const rules::Example& example : rule.keeps) {
      const std::string got = bench_.apply(rule, example.text);
      if (by_hit ? bench_.hit() == drops_hit : !same(got, example.leaves)) {
        fail(rule.entry, example,
             "the 'keeps' example " + shown(example.text) +
                 (by_hit ? hit_words(!drops_hit) : " becomes " + shown(got)));
      }
    }
  }

  static std::string hit_words(bool wanted) { return wanted ? " is not hit" : " is hit"; }

  const Compiled& compiled_;
  Bench bench_;
  ExampleReport report_;
};

/// Patterns that are tried on every line, since no text tells which ones they may match.
std::vector<Finding> untold_patterns(const Compiled& compiled, const EntryFilter& wanted) {
  std::vector<Finding> out;
  for (const rules::Rule& rule : compiled.rules) {
    const Entry& entry = compiled.entries[rule.entry];
    if (!rule.pattern || !wanted(entry)) continue;
    const rules::Sieve sieve = rule.sieve ? *rule.sieve : match::sieve_of(rule);
    if (!sieve.starts.empty() || !sieve.needs.empty()) continue;
    out.push_back(
        {entry.pos, entry.id + ": the pattern is tried on every line, which is slow; let it begin with ^ and "
                               "what lines must begin with, or with a word that they must hold"});
  }
  return out;
}

}  // namespace

ExampleReport run_examples(const RuleSet& rules, const EntryFilter& wanted) {
  return Examples(rules.compiled()).run_all(wanted);
}

std::vector<Finding> check_rules(const RuleSet& rules, const EntryFilter& wanted) {
  std::vector<Finding> findings = rules::lint(rules.compiled(), wanted);
  const ExampleReport report = run_examples(rules, wanted);
  findings.insert(findings.end(), report.failures.begin(), report.failures.end());
  const std::vector<Finding> untold = untold_patterns(rules.compiled(), wanted);
  findings.insert(findings.end(), untold.begin(), untold.end());
  std::ranges::stable_sort(findings, [](const Finding& a, const Finding& b) {
    return a.pos.file != b.pos.file ? a.pos.file < b.pos.file : a.pos.line < b.pos.line;
  });
  return findings;
}

}  // namespace dechaff
