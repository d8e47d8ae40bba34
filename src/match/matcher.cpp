#include "match/matcher.hpp"

#include <algorithm>
#include <unordered_map>

#include "text/fold.hpp"

namespace dechaff::match {

namespace {

unsigned char first_byte(std::string_view text) { return static_cast<unsigned char>(text.front()); }

/// Whether a run that starts with the line of this key may fold to something that begins otherwise than the
/// key: a line of edge punctuation, or of a number that is a list marker once its item follows.
bool first_byte_is_open(std::string_view key) {
  return std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
}

/// Joins the first lines of `block`, as many as the longest run may have, with a space between two: folded
/// and as they are. Runs longer than lines may be are not among them.
void join_lines(const text::LineTable& table, std::span<const std::uint32_t> block, Scratch& scratch) {
  const auto join = [&](std::string& run, std::vector<std::size_t>& ends, auto text_of) {
    run.clear();
    ends.clear();
    for (std::size_t i = 0; i < std::min(block.size(), rules::most_block_lines); ++i) {
      if (i > 0) run += ' ';
      run += text_of(block[i]);
      if (run.size() > longest_joined) break;
      ends.push_back(run.size());
    }
  };
  join(scratch.folded_run, scratch.folded_ends, [&](std::uint32_t line) { return table.folded(line); });
  join(scratch.raw_run, scratch.raw_ends, [&](std::uint32_t line) { return table.line(line).text; });
}

}  // namespace

Matcher::Matcher(const rules::Compiled& compiled, Prefilter prefilter) : compiled_(compiled) {
  std::size_t phrases = 0;
  for (const rules::Rule& rule : compiled.rules) phrases += rule.raw ? 0 : rule.lines.size();
  folded_phrases_.reserve(phrases);
  for (std::uint32_t i = 0; i < compiled.rules.size(); ++i) {
    const rules::Rule& rule = compiled.rules[i];
    const bool block = rule.scope == rules::Scope::block;
    if (block) block_rules_.push_back(i);
    if (rule.pattern) add_pattern(i, block ? blocks_ : rule.raw ? raw_ : folded_, prefilter);
    if (rule.lines.empty() && !rule.pattern && rule.has_text())
      (rule.raw ? raw_ : folded_).anywhere.push_back(i);
    if (block && !rule.lines.empty() && !rule.pattern) blocks_.anywhere.push_back(i);
    for (const std::string& phrase : rule.lines) {
      if (!block) (rule.raw ? raw_phrases_ : folded_phrases_).add(phrase, i);
    }
  }
}

void Matcher::add_pattern(std::uint32_t index, Candidates& candidates, Prefilter prefilter) {
  const rules::Rule& rule = compiled_.rules[index];
  // A phrase of a block may begin in any way, and a raw block has no folded first line to look at.
  const bool plain =
      prefilter == Prefilter::on && !(rule.scope == rules::Scope::block && (rule.raw || !rule.lines.empty()));
  const auto add = [&](std::string_view start) {
    std::vector<std::uint32_t>& same_byte = candidates.by_byte[first_byte(start)];
    if (same_byte.empty() || same_byte.back() != index) same_byte.push_back(index);
    candidates.by_prefix.add(start, index);
  };
  if (plain && rule.starts && !rule.starts->empty()) {
    for (const std::string& start : *rule.starts) add(start);
    return;
  }
  std::vector<std::string> starts;
  if (plain && !rule.starts) starts = prefixes(rule.pattern->source());
  if (starts.empty()) candidates.anywhere.push_back(index);
  for (std::string& start : starts) add(prefixes_.emplace_back(std::move(start)));
}

bool Matcher::admits(std::uint32_t index, std::uint32_t line, std::string_view subject,
                     Scratch& scratch) const {
  for (const rules::Pattern& except : compiled_.rules[index].except) {
    const rules::Outcome outcome = except.search(subject, 0, scratch.pcre);
    if (outcome == rules::Outcome::limit) scratch.limits.push_back({index, line});
    if (outcome != rules::Outcome::no_match) return false;
  }
  return true;
}

bool Matcher::finds(std::uint32_t index, std::uint32_t line, std::string_view subject,
                    Scratch& scratch) const {
  const rules::Outcome outcome = compiled_.rules[index].pattern->search(subject, 0, scratch.pcre);
  if (outcome == rules::Outcome::limit) scratch.limits.push_back({index, line});
  return outcome == rules::Outcome::match;
}

bool Matcher::hits(std::uint32_t index, std::uint32_t line, std::string_view subject,
                   Scratch& scratch) const {
  if (compiled_.rules[index].pattern && !finds(index, line, subject, scratch)) return false;
  return admits(index, line, subject, scratch);
}

Hits Matcher::match_lines(const text::LineTable& table, const std::vector<bool>& on, Scratch& scratch) const {
  Hits out;
  const auto in_force = [&](std::uint32_t rule) { return on[compiled_.rules[rule].entry]; };
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const std::string_view raw = table.line(i).text;
    if (table.blank(i)) continue;
    const std::size_t begin = out.size();
    const auto try_rule = [&](std::uint32_t rule, std::string_view subject) {
      if (in_force(rule) && hits(rule, i, subject, scratch)) out.push_back({i, 1, rule});
    };
    const auto try_all = [&](const Candidates& candidates, std::string_view subject) {
      candidates.for_text(subject, [&](std::uint32_t rule) { try_rule(rule, subject); });
      for (const std::uint32_t rule : candidates.anywhere) try_rule(rule, subject);
    };
    const auto look_up = [&](const RuleIndex& phrases, std::string_view line) {
      phrases.for_each(line, [&](std::uint32_t rule) {
        if (in_force(rule) && admits(rule, i, line, scratch)) out.push_back({i, 1, rule});
      });
    };
    const std::string_view key = table.key(i);
    if (!key.empty()) look_up(folded_phrases_, key);
    try_all(folded_, key);
    look_up(raw_phrases_, raw);
    try_all(raw_, raw);
    const auto first = out.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, out.end());
    out.erase(std::unique(first, out.end()), out.end());  // a phrase and a pattern of one rule
  }
  return out;
}

/// Lines of the longest run at the start of `block` that the rule hits, 0 where it hits none. The runs stand
/// joined in `scratch`.
std::size_t Matcher::longest_run(std::span<const std::uint32_t> block, std::uint32_t index,
                                 Scratch& scratch) const {
  const rules::Rule& rule = compiled_.rules[index];
  const std::string_view joined = rule.raw ? scratch.raw_run : scratch.folded_run;
  const std::vector<std::size_t>& ends = rule.raw ? scratch.raw_ends : scratch.folded_ends;
  for (std::size_t count = std::min<std::size_t>(rule.max_lines, ends.size()); count > 0; --count) {
    const std::string_view run = joined.substr(0, ends[count - 1]);
    const std::string_view subject = rule.raw ? run : text::strip_edges(run);
    const bool phrase = std::ranges::find(rule.lines, subject) != rule.lines.end();
    if (!phrase && !(rule.pattern && finds(index, block.front(), subject, scratch))) continue;
    // An exception holds for all of what is found: a shorter run would leave half of what people wrote.
    return admits(index, block.front(), subject, scratch) ? count : 0;
  }
  return 0;
}

void Matcher::match_block(const text::LineTable& table, std::span<const std::uint32_t> block,
                          const std::vector<bool>& on, Scratch& scratch, Hits& out) const {
  std::unordered_map<std::uint32_t, std::size_t> taken;  // rule → first line of the block behind its last run
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::span<const std::uint32_t> rest = block.subspan(i);
    bool joined = false;
    const auto try_rule = [&](std::uint32_t rule) {
      if (!on[compiled_.rules[rule].entry]) return;
      if (const auto last = taken.find(rule); last != taken.end() && i < last->second) return;
      if (!joined) join_lines(table, rest, scratch);
      joined = true;
      const std::size_t count = longest_run(rest, rule, scratch);
      if (count == 0) return;
      out.push_back({block[i], static_cast<std::uint32_t>(count), rule});
      taken[rule] = i + count;
    };
    const std::string_view key = table.key(block[i]);
    if (first_byte_is_open(key)) {
      for (const std::uint32_t rule : block_rules_) try_rule(rule);
      continue;
    }
    const auto try_all = [&](const std::vector<std::uint32_t>& rules) {
      for (const std::uint32_t rule : rules) try_rule(rule);
    };
    // Behind a shorter first line, what begins the run goes on in the next.
    if (key.size() >= longest_prefix) {
      blocks_.for_text(key, try_rule);
    } else {
      try_all(blocks_.by_byte[first_byte(key)]);
    }
    try_all(blocks_.anywhere);
  }
}

BlockHits Matcher::match_blocks(const text::LineTable& table, std::span<const std::uint32_t> alive,
                                const std::vector<bool>& on, const BlockHits& before,
                                Scratch& scratch) const {
  BlockHits out;
  auto old_block = before.blocks.begin();
  auto old_hit = before.hits.begin();
  const auto is_blank = [&](std::uint32_t line) { return table.blank(line); };
  for (auto begin = std::find_if_not(alive.begin(), alive.end(), is_blank); begin != alive.end();) {
    const auto end = std::find_if(begin, alive.end(), is_blank);
    const BlockHits::Block block{*begin, *(end - 1), static_cast<std::uint32_t>(end - begin)};
    while (old_block != before.blocks.end() && old_block->first < block.first) ++old_block;
    while (old_hit != before.hits.end() && old_hit->line < block.first) ++old_hit;
    if (old_block != before.blocks.end() && *old_block == block) {
      for (; old_hit != before.hits.end() && old_hit->line <= block.last; ++old_hit)
        out.hits.push_back(*old_hit);
    } else {
      match_block(table, {begin, end}, on, scratch, out.hits);
    }
    out.blocks.push_back(block);
    begin = std::find_if_not(end, alive.end(), is_blank);
  }
  std::ranges::sort(out.hits);
  return out;
}

}  // namespace dechaff::match
