#include "match/matcher.hpp"

#include <algorithm>

#include "match/first_bytes.hpp"
#include "text/fold.hpp"

namespace dechaff::match {

namespace {

unsigned char first_byte(std::string_view text) { return static_cast<unsigned char>(text.front()); }

/// Whether a run that starts with the line of this key may fold to something that begins otherwise than the key: a line
/// of edge punctuation, or of a number that is a list marker once its item follows.
bool first_byte_is_open(std::string_view key) {
  return std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Matcher::Matcher(const rules::Compiled& compiled, Prefilter prefilter) : compiled_(compiled) {
  for (std::uint32_t i = 0; i < compiled.rules.size(); ++i) {
    const rules::Rule& rule = compiled.rules[i];
    const bool block = rule.scope == rules::Scope::block;
    if (rule.pattern) add_pattern(i, block ? blocks_ : rule.raw ? raw_ : folded_, prefilter);
    if (rule.lines.empty() && !rule.pattern && rule.has_text()) (rule.raw ? raw_ : folded_).anywhere.push_back(i);
    if (block && !rule.lines.empty() && !rule.pattern) blocks_.anywhere.push_back(i);
    for (const std::string& phrase : rule.lines) {
      if (!block) (rule.raw ? raw_phrases_ : folded_phrases_)[phrase].push_back(i);
    }
  }
}

void Matcher::add_pattern(std::uint32_t index, Candidates& candidates, Prefilter prefilter) const {
  const rules::Rule& rule = compiled_.rules[index];
  // A phrase of a block may begin with any byte, and a raw block has no folded first line to look at.
  const bool plain = prefilter == Prefilter::on &&
                     !(rule.scope == rules::Scope::block && (rule.raw || !rule.lines.empty()));
  const ByteSet bytes = plain ? first_bytes(rule.pattern->source()) : ByteSet{}.set();
  if (bytes.all()) {
    candidates.anywhere.push_back(index);
    return;
  }
  for (std::size_t b = 0; b < bytes.size(); ++b) {
    if (bytes.test(b)) candidates.by_byte[b].push_back(index);
  }
}

bool Matcher::admits(std::uint32_t index, std::uint32_t line, std::string_view subject, Scratch& scratch) const {
  for (const rules::Pattern& except : compiled_.rules[index].except) {
    const rules::Outcome outcome = except.search(subject, 0, scratch.pcre);
    if (outcome == rules::Outcome::limit) scratch.limits.push_back({index, line});
    if (outcome != rules::Outcome::no_match) return false;
  }
  return true;
}

bool Matcher::hits(std::uint32_t index, std::uint32_t line, std::string_view subject, Scratch& scratch) const {
  const rules::Rule& rule = compiled_.rules[index];
  if (rule.pattern) {
    const rules::Outcome outcome = rule.pattern->search(subject, 0, scratch.pcre);
    if (outcome == rules::Outcome::limit) scratch.limits.push_back({index, line});
    if (outcome != rules::Outcome::match) return false;
  }
  return admits(index, line, subject, scratch);
}

Hits Matcher::match_lines(const text::LineTable& table, const std::vector<bool>& on, Scratch& scratch) const {
  Hits out;
  const auto in_force = [&](std::uint32_t rule) { return on[compiled_.rules[rule].entry]; };
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const std::string_view raw = table.line(i).text;
    if (table.blank(i) || raw.size() > longest_line) continue;
    const std::size_t begin = out.size();
    const auto try_all = [&](const std::vector<std::uint32_t>& rules, std::string_view subject) {
      for (const std::uint32_t rule : rules) {
        if (in_force(rule) && hits(rule, i, subject, scratch)) out.push_back({i, 1, rule});
      }
    };
    const auto look_up = [&](const Phrases& phrases, std::string_view line) {
      const auto found = phrases.find(line);
      if (found == phrases.end()) return;
      for (const std::uint32_t rule : found->second) {
        if (in_force(rule) && admits(rule, i, line, scratch)) out.push_back({i, 1, rule});
      }
    };
    const std::string_view key = table.key(i);
    if (!key.empty()) {
      look_up(folded_phrases_, key);
      try_all(folded_.by_byte[first_byte(key)], key);
    }
    try_all(folded_.anywhere, key);
    look_up(raw_phrases_, raw);
    try_all(raw_.by_byte[first_byte(raw)], raw);
    try_all(raw_.anywhere, raw);
    const auto first = out.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, out.end());
    out.erase(std::unique(first, out.end()), out.end());  // a phrase and a pattern of one rule
  }
  return out;
}

bool Matcher::match_window(const text::LineTable& table, std::span<const std::uint32_t> window, std::uint32_t index,
                           Scratch& scratch) const {
  const rules::Rule& rule = compiled_.rules[index];
  std::string& joined = scratch.window;
  joined.clear();
  for (const std::uint32_t line : window) {
    if (!joined.empty()) joined += ' ';
    joined += rule.raw ? table.line(line).text : table.folded(line);
    if (joined.size() > longest_line) return false;
  }
  const std::string_view subject = rule.raw ? std::string_view(joined) : text::strip_edges(joined);
  if (std::ranges::find(rule.lines, subject) != rule.lines.end()) return admits(index, window.front(), subject, scratch);
  return rule.pattern && hits(index, window.front(), subject, scratch);
}

void Matcher::match_block(const text::LineTable& table, std::span<const std::uint32_t> block,
                          const std::vector<bool>& on, Scratch& scratch, Hits& out) const {
  std::unordered_map<std::uint32_t, std::size_t> taken;  // rule → first line of the block behind its last run
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::string_view key = table.key(block[i]);
    const auto try_rule = [&](std::uint32_t rule) {
      if (!on[compiled_.rules[rule].entry]) return;
      if (const auto last = taken.find(rule); last != taken.end() && i < last->second) return;
      const std::size_t most = std::min<std::size_t>(compiled_.rules[rule].max_lines, block.size() - i);
      for (std::size_t count = most; count > 0; --count) {
        if (!match_window(table, block.subspan(i, count), rule, scratch)) continue;
        out.push_back({block[i], static_cast<std::uint32_t>(count), rule});
        taken[rule] = i + count;
        break;
      }
    };
    if (first_byte_is_open(key)) {
      for (std::uint32_t rule = 0; rule < compiled_.rules.size(); ++rule) {
        if (compiled_.rules[rule].scope == rules::Scope::block) try_rule(rule);
      }
      continue;
    }
    for (const std::uint32_t rule : blocks_.by_byte[first_byte(key)]) try_rule(rule);
    for (const std::uint32_t rule : blocks_.anywhere) try_rule(rule);
  }
}

Hits Matcher::match_blocks(const text::LineTable& table, std::span<const std::uint32_t> alive,
                           const std::vector<bool>& on, Scratch& scratch) const {
  Hits out;
  const auto is_blank = [&](std::uint32_t line) { return table.blank(line); };
  for (auto begin = alive.begin(); begin != alive.end();) {
    begin = std::find_if_not(begin, alive.end(), is_blank);
    const auto end = std::find_if(begin, alive.end(), is_blank);
    match_block(table, {begin, end}, on, scratch, out);
    begin = end;
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace dechaff::match
