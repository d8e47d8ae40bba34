#include "rules/lint.hpp"

#include <unicode/uchar.h>

#include <cstdio>
#include <map>
#include <set>

#include "text/utf8.hpp"

namespace dechaff::rules {

namespace {

/// What a scan of a pattern remembers of an open group.
struct Group {
  bool repeats = false;  // holds an unbounded repeat that can give back
  bool atomic = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A quantifier at the start of `rest`: its length, 0 where there is none.
struct Quantifier {
  std::size_t size = 0;
  bool unbounded = false;
};

Quantifier quantifier_at(std::string_view rest) {
  if (rest.empty()) return {};
  Quantifier out;
  if (rest.front() == '*' || rest.front() == '+') {
    out = {1, true};
  } else if (rest.front() == '?') {
    out = {1, false};
  } else if (rest.front() == '{') {
    const std::size_t close = rest.find('}');
    if (close == std::string_view::npos || close < 2 || !is_digit(rest[1])) return {};
    out = {close + 1, rest[close - 1] == ','};
  } else {
    return {};
  }
  const char next = rest.size() > out.size ? rest[out.size] : ' ';
  if (next == '+') out.unbounded = false;  // possessive: never gives back
  if (next == '+' || next == '?') ++out.size;
  return out;
}

std::size_t class_end(std::string_view pattern, std::size_t at) {
  std::size_t i = at + 1;
  if (i < pattern.size() && pattern[i] == '^') ++i;
  if (i < pattern.size() && pattern[i] == ']') ++i;
  for (; i < pattern.size() && pattern[i] != ']'; ++i) {
    if (pattern[i] == '\\') ++i;
  }
  return i;
}

bool repeats_in_repeats(std::string_view pattern) {
  std::vector<Group> open{Group{}};
  for (std::size_t i = 0; i < pattern.size();) {
    Group closed;
    if (pattern[i] == '\\') {
      i += 2;
    } else if (pattern[i] == '[') {
      i = class_end(pattern, i) + 1;
    } else if (pattern[i] == '(') {
      open.push_back({false, pattern.substr(i).starts_with("(?>")});
      ++i;
      continue;
    } else if (pattern[i] == ')' && open.size() > 1) {
      closed = open.back();
      open.pop_back();
      ++i;
    } else {
      ++i;
    }
    if (i > pattern.size()) break;
    const Quantifier quantifier = quantifier_at(pattern.substr(i));
    i += quantifier.size;
    if (quantifier.unbounded && closed.repeats && !closed.atomic) return true;
    open.back().repeats |= quantifier.unbounded || (closed.repeats && !closed.atomic);
  }
  return false;
}

/// Whether some branch at the top level of an alternation is anchored and another is not.
bool anchors_one_branch(std::string_view pattern) {
  int depth = 0;
  std::vector<std::string_view> branches;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '[') {
      i = class_end(pattern, i);
    } else if (pattern[i] == '(') {
      ++depth;
    } else if (pattern[i] == ')') {
      --depth;
    } else if (pattern[i] == '|' && depth == 0) {
      branches.push_back(pattern.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  if (branches.empty()) return false;
  branches.push_back(pattern.substr(begin));
  std::size_t starts = 0;
  std::size_t ends = 0;
  for (const std::string_view branch : branches) {
    starts += branch.starts_with('^') ? 1U : 0U;
    ends += branch.ends_with('$') && !branch.ends_with("\\$") ? 1U : 0U;
  }
  return (starts != 0 && starts != branches.size()) || (ends != 0 && ends != branches.size());
}

class Linter {
 public:
  Linter(const Compiled& compiled, const EntryFilter& wanted) : compiled_(compiled), wanted_(wanted) {}

  std::vector<Finding> run() {
    files();
    for (const Rule& rule : compiled_.rules) {
      if (wanted_(entry_of(rule))) look_at(rule);
    }
    phrases();
    return std::move(findings_);
  }

 private:
  const Entry& entry_of(const Rule& rule) const { return compiled_.entries[rule.entry]; }

  void add(const Rule& rule, std::string message) {
    const Entry& entry = entry_of(rule);
    findings_.push_back({entry.pos, entry.id + ": " + std::move(message)});
  }

  void look_at(const Rule& rule) {
    const bool list = entry_of(rule).pos.file.ends_with(".txt");
    if (!rule.pattern && rule.lines.empty() && rule.drops.empty() && rule.effect != EntryKind::weigh) {
      add(rule, "has no 'drops' example; show a text that it is for");
    }
    if (rule.pattern && rule.drops.empty())
      add(rule, "its pattern has no 'drops' example; show a text that it is for");
    if (rule.pattern && rule.keeps.empty()) {
      add(rule, "its pattern has no 'keeps' example; show a text that is near and must stay");
    }
    if (entry_of(rule).why.empty() && !list)
      add(rule, "has no 'why'; the ledger and explain would have nothing to say");
    std::vector<const Pattern*> patterns;
    if (rule.pattern) patterns.push_back(&*rule.pattern);
    for (const Pattern& pattern : rule.except) patterns.push_back(&pattern);
    for (const Pattern* pattern : patterns) {
      if (pattern->matches_empty())
        add(rule, "the pattern '" + std::string(pattern->source()) +
                      "' can match nothing at all, so it hits every line");
      if (const auto problem = pattern_problem(pattern->source()))
        add(rule, "the pattern '" + std::string(pattern->source()) + "' " + *problem);
    }
  }

  bool acts_on_lines_alone(const Rule& rule) const {
    return rule.effect == EntryKind::drop && rule.scope == Scope::line && !rule.conditional && !rule.raw &&
           entry_of(rule).enabled;
  }

  /// Phrases that another rule has, or that another rule's pattern drops anyway.
  void phrases() {
    std::map<std::string_view, const Rule*> first;
    Scratch scratch;
    for (const Rule& rule : compiled_.rules) {
      if (!acts_on_lines_alone(rule)) continue;
      for (const std::string_view phrase : rule.lines) {
        const auto [at, fresh] = first.emplace(phrase, &rule);
        if (!fresh && wanted_(entry_of(rule)))
          add(rule, "the phrase '" + std::string(phrase) + "' stands in " + entry_of(*at->second).id +
                        " already (phrases are compared folded)");
      }
    }
    for (const Rule& pattern : compiled_.rules) {
      if (!acts_on_lines_alone(pattern) || !pattern.pattern) continue;
      for (const Rule& rule : compiled_.rules) {
        if (!acts_on_lines_alone(rule) || !wanted_(entry_of(rule)) ||
            entry_of(rule).level < entry_of(pattern).level)
          continue;
        for (const std::string_view phrase : rule.lines) {
          if (pattern.pattern->search(phrase, 0, scratch) != Outcome::match) continue;
          add(rule, "the phrase '" + std::string(phrase) + "' is never needed: the pattern of " +
                        entry_of(pattern).id + " drops it");
        }
      }
    }
  }

  void files() {
    std::set<std::string_view> names;
    for (const Entry& entry : compiled_.entries) {
      if (wanted_(entry)) names.insert(entry.pos.file);
    }
    for (const SourceFile& file : compiled_.files) {
      if (names.contains(file.name)) look_at(file);
    }
  }

  void look_at(const SourceFile& file) {
    const bool is_list = file.name.ends_with(".txt");
    std::uint32_t line = 1;
    std::size_t line_start = 0;
    for (std::size_t at = 0; at < file.content().size(); at += text::char_size(file.content(), at)) {
      const char32_t c = text::char_at(file.content(), at);
      if (c == '\n') {
        ++line;
        line_start = at + 1;
        continue;
      }
      const auto u = static_cast<UChar32>(c);
      const bool space = u_isUWhiteSpace(u) && c != ' ' && c != '\t' && c != '\r';
      if (u_charType(u) != U_FORMAT_CHAR && !space) continue;
      char spelled[16];
      std::snprintf(spelled, sizeof spelled, "U+%04X", static_cast<unsigned>(c));
      findings_.push_back({{file.name, line, static_cast<std::uint32_t>(at - line_start + 1)},
                           std::string("the invisible character ") + spelled + " stands in the file; " +
                               (is_list ? "take it out" : "write it as an escape in a \"…\" string")});
    }
  }

  const Compiled& compiled_;
  const EntryFilter& wanted_;
  std::vector<Finding> findings_;
};

}  // namespace

std::optional<std::string> pattern_problem(std::string_view pattern) {
  if (repeats_in_repeats(pattern))
    return "repeats without bound what repeats without bound, which can take for ever; bound one of them";
  if (anchors_one_branch(pattern)) return "anchors one branch of an alternation only; group it: ^(a|b)$";
  return {};
}

std::vector<Finding> lint(const Compiled& compiled, const EntryFilter& wanted) {
  return Linter(compiled, wanted).run();
}

}  // namespace dechaff::rules
