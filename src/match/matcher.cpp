#include "match/matcher.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

#include "match/prefixes.hpp"
#include "match/sieve.hpp"
#include "rules/when.hpp"
#include "text/fold.hpp"

namespace dechaff::match {

namespace {

// A document of nothing but candidates has as many runs as lines and more.
constexpr std::size_t most_known_runs = std::size_t{1} << 16;

/// Whether a run that starts with the line of this key may fold to something that begins otherwise than the
/// key: a line of edge punctuation, or of a number that is a list marker once its item follows.
bool first_byte_is_open(std::string_view key) {
  return std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
}

/// The pattern, then the exceptions: rules that have them in common hit the same texts.
std::vector<std::string_view> sources_of(const rules::Rule& rule) {
  std::vector<std::string_view> out{rule.pattern->source()};
  for (const rules::Pattern& except : rule.except) out.push_back(except.source());
  return out;
}

/// Joins the first lines of `block`, at most `most`, with a space between two, as long as a run may go on
/// like that: until `goes_on` says no to the run so far. It is asked where the lines have doubled, for it
/// reads the run from its start. Runs longer than lines may be are not among them. How many lines it looked
/// at.
template <class GoesOn>
std::uint32_t join_lines(const text::LineTable& table, std::span<const std::uint32_t> block, std::size_t most,
                         bool raw, Scratch& scratch, GoesOn goes_on) {
  scratch.run.clear();
  scratch.run_ends.clear();
  const auto lines = static_cast<std::uint32_t>(std::min(block.size(), most));
  for (std::uint32_t i = 0; i < lines; ++i) {
    if (i > 0) scratch.run += ' ';
    scratch.run += raw ? table.line(block[i]).text : table.folded(block[i]);
    if (scratch.run.size() > longest_joined) return i + 1;
    if (i + 1 < lines && std::has_single_bit(i + 1) && !goes_on(scratch.run)) return i + 1;
    scratch.run_ends.push_back(scratch.run.size());
  }
  return lines;
}

}  // namespace

Matcher::Matcher(const rules::Compiled& compiled, Prefilter prefilter) : compiled_(compiled) {
  if (prefilter == Prefilter::on && take_image(compiled.matcher)) return;
  Literals folded, raw;
  add_line_rules(folded_, folded, false, prefilter);
  add_line_rules(raw_, raw, true, prefilter);
  add_block_rules(folded, prefilter);
  folded_.literals = LiteralScanner(std::move(folded));
  raw_.literals = LiteralScanner(std::move(raw));
}

const rules::Sieve& Matcher::sieve_for(const rules::Rule& rule, Prefilter prefilter) {
  if (prefilter == Prefilter::off) return sieves_.emplace_back();
  return rule.sieve ? *rule.sieve : sieves_.emplace_back(sieve_of(rule));
}

void Matcher::add_line_rules(LineRules& out, Literals& literals, bool raw, Prefilter prefilter) {
  std::size_t phrases = 0;
  std::size_t starts = 0;
  for (const rules::Rule& rule : compiled_.rules) {
    if (rule.raw != raw) continue;
    phrases += rule.lines.size();
    starts += rule.sieve ? rule.sieve->starts.size() : 0;
  }
  out.phrases.reserve(phrases);
  out.starts.reserve(starts);
  std::map<std::vector<std::string_view>, std::uint32_t> probe_of;  // its texts → probe
  const auto add_probe = [&](std::uint32_t index) {
    const rules::Rule& rule = compiled_.rules[index];
    const auto next = static_cast<std::uint32_t>(out.probes.size());
    const auto [known, is_new] = probe_of.try_emplace(sources_of(rule), next);
    if (is_new) {
      const rules::Sieve& sieve = sieve_for(rule, prefilter);
      for (const std::string_view start : sieve.starts) out.starts.add(start, next);
      for (const std::string_view literal : sieve.needs) literals.push_back({literal, next});
      if (sieve.starts.empty() && sieve.needs.empty()) out.always.push_back(next);
      out.probes.push_back({&*rule.pattern,
                            {},
                            !sieve.needs.empty() && !sieve.either,
                            !sieve.starts.empty() && !sieve.either});
    }
    out.probes[known->second].rules.push_back(index);
  };
  for (std::uint32_t i = 0; i < compiled_.rules.size(); ++i) {
    const rules::Rule& rule = compiled_.rules[i];
    if (rule.raw != raw) continue;
    if (rule.lines.empty() && !rule.pattern && rule.has_text()) out.bare.push_back(bare(i, prefilter));
    if (rule.scope == rules::Scope::block) continue;
    for (const std::string_view phrase : rule.lines) out.phrases.add(phrase, i);
    if (rule.pattern) add_probe(i);
  }
  out.phrases.arrange();
  out.starts.arrange();
}

void Matcher::add_block_rules(Literals& words, Prefilter prefilter) {
  const auto behind_probes = static_cast<std::uint32_t>(folded_.probes.size());
  std::map<std::tuple<std::vector<std::string_view>, bool, std::uint32_t>, std::uint32_t> known;
  for (std::uint32_t i = 0; i < compiled_.rules.size(); ++i) {
    const rules::Rule& rule = compiled_.rules[i];
    if (rule.scope != rules::Scope::block || (!rule.pattern && rule.lines.empty())) continue;
    const auto next = static_cast<std::uint32_t>(block_rules_.size());
    if (rule.pattern && rule.lines.empty()) {
      const auto [same, is_new] = known.try_emplace({sources_of(rule), rule.raw, rule.max_lines}, next);
      if (!is_new) {
        block_rules_[same->second].rules.push_back(i);
        continue;
      }
    }
    BlockRules& out = block_rules_.emplace_back();
    out.rules.push_back(i);
    // A phrase of a block may begin in any way, and a raw block has no folded lines to look at.
    if (rule.pattern && rule.lines.empty() && !rule.raw) {
      const rules::Sieve& sieve = sieve_for(rule, prefilter);
      out.starts = Starts(sieve.starts);
      out.needs_word = !sieve.needs.empty();
      out.tells_early = prefilter == Prefilter::on;
      for (const std::string_view word : sieve.needs) words.push_back({word, behind_probes + next});
    }
    if (!out.needs_word) wordless_block_rules_.push_back(next);
  }
}

Matcher::Bare Matcher::bare(std::uint32_t rule, Prefilter prefilter) const {
  Bare out{rule, {}};
  if (prefilter == Prefilter::off) return out;
  for (const rules::Pattern& except : compiled_.rules[rule].except)
    out.starts.emplace_back(TextList(prefixes(except.source())));
  return out;
}

bool Matcher::admits(std::uint32_t index, std::uint32_t line, std::string_view subject, Scratch& scratch,
                     std::span<const Starts> starts) const {
  const std::vector<rules::Pattern>& excepts = compiled_.rules[index].except;
  for (std::size_t i = 0; i < excepts.size(); ++i) {
    if (i < starts.size() && !starts[i].may_begin(subject)) continue;
    const rules::Outcome outcome = excepts[i].search(subject, 0, scratch.pcre);
    if (outcome == rules::Outcome::limit) scratch.limits.push_back({index, line});
    if (outcome != rules::Outcome::no_match) return false;
  }
  return true;
}

void Matcher::hold(const LineRules& rules, const Subject& subject, const std::vector<bool>& on,
                   Scratch& scratch, LineHits& out) const {
  const std::uint32_t line = subject.line;
  const std::string_view text = subject.text;
  const auto in_force = [&](std::uint32_t rule) { return on[compiled_.rules[rule].entry]; };
  const auto may_hit = [&](std::uint32_t rule) {
    return in_force(rule) && rules::measures_hold(compiled_.rules[rule].when, subject.measures);
  };
  const auto take = [&](std::uint32_t rule) {
    if (may_hit(rule) && admits(rule, line, text, scratch)) out.hits.push_back({line, 1, rule});
  };
  const auto search = [&](const Probe& probe) {
    // Measures are known already: hardly any rule asks for what a search would cost.
    const auto first = std::ranges::find_if(probe.rules, may_hit);
    if (first == probe.rules.end()) return;
    const rules::Outcome outcome = probe.pattern->search(text, 0, scratch.pcre);
    if (outcome == rules::Outcome::no_match) return;
    if (outcome == rules::Outcome::match && !admits(*first, line, text, scratch)) return;
    for (auto rule = first; rule != probe.rules.end(); ++rule) {
      if (!may_hit(*rule)) continue;
      if (outcome == rules::Outcome::limit)
        scratch.limits.push_back({*rule, line});
      else
        out.hits.push_back({line, 1, *rule});
    }
  };

  if (!text.empty()) rules.phrases.for_each(text, take);
  const auto probes = static_cast<std::uint32_t>(rules.probes.size());
  scratch.marks.wipe(probes + block_rules_.size());
  rules.literals.scan(subject.around, [&](std::uint32_t number) {
    if (scratch.marks.has(number)) return;
    scratch.marks.set(number);
    if (number >= probes)
      out.words.push_back({line, number - probes});
    else if (!rules.probes[number].needs_start)
      search(rules.probes[number]);
  });
  for (std::size_t size = 1; size <= std::min(text.size(), longest_prefix); ++size) {
    rules.starts.for_each(text.substr(0, size), [&](std::uint32_t number) {
      const Probe& probe = rules.probes[number];
      if (probe.needs_literal != scratch.marks.has(number)) return;
      scratch.marks.set(number);
      search(probe);
    });
  }
  for (const std::uint32_t number : rules.always) search(rules.probes[number]);
  for (const Bare& bare : rules.bare) {
    if (may_hit(bare.rule) && admits(bare.rule, line, text, scratch, bare.starts))
      out.hits.push_back({line, 1, bare.rule});
  }
}

void Matcher::match_line(const text::LineTable& table, std::uint32_t line, const std::vector<bool>& on,
                         Scratch& scratch, LineHits& out) const {
  const std::string_view raw = table.line(line).text;
  const std::size_t begin = out.hits.size();
  const text::Measures& measures = table.measures(line);
  hold(folded_, {line, table.key(line), table.folded(line), measures}, on, scratch, out);
  hold(raw_, {line, raw, raw, measures}, on, scratch, out);
  const auto first = out.hits.begin() + static_cast<std::ptrdiff_t>(begin);
  std::sort(first, out.hits.end());
  out.hits.erase(std::unique(first, out.hits.end()), out.hits.end());  // a phrase and a pattern of one rule
}

LineHits Matcher::match_lines(const text::LineTable& table, const std::vector<bool>& on,
                              Scratch& scratch) const {
  LineHits out;
  /// Where the findings of each line begin.
  struct Begin {
    std::size_t hits = 0, words = 0, limits = 0;
  };
  const auto now = [&] { return Begin{out.hits.size(), out.words.size(), scratch.limits.size()}; };
  std::vector<Begin> begins;
  begins.reserve(table.size() + 1);
  begins.push_back(now());
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const auto repeat = [&](auto& found, std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        auto one = found[k];
        one.line = i;
        found.push_back(one);
      }
    };
    if (const std::uint32_t first = table.first_like(i); first < i) {
      repeat(out.hits, begins[first].hits, begins[first + 1].hits);
      repeat(out.words, begins[first].words, begins[first + 1].words);
      repeat(scratch.limits, begins[first].limits, begins[first + 1].limits);
    } else if (!table.blank(i)) {
      match_line(table, i, on, scratch, out);
    }
    begins.push_back(now());
  }
  return out;
}

/// Lines of the longest run at the start of `block` that the rule hits, at least `least`; 0 where it hits
/// none. The lines stand joined in `scratch`.
std::size_t Matcher::longest_run(std::span<const std::uint32_t> block, std::uint32_t index, std::size_t least,
                                 Scratch& scratch) const {
  const rules::Rule& rule = compiled_.rules[index];
  for (std::size_t count = scratch.run_ends.size(); count >= least; --count) {
    const std::string_view run = std::string_view(scratch.run).substr(0, scratch.run_ends[count - 1]);
    const std::string_view subject = rule.raw ? run : text::strip_edges(run);
    bool hit = std::ranges::find(rule.lines, subject) != rule.lines.end();
    if (!hit && rule.pattern) {
      const rules::Outcome outcome = rule.pattern->search(subject, 0, scratch.pcre);
      if (outcome == rules::Outcome::limit) scratch.limits.push_back({index, block.front()});
      hit = outcome == rules::Outcome::match;
    }
    if (!hit) continue;
    // An exception holds for all of what is found: a shorter run would leave half of what people wrote.
    return admits(index, block.front(), subject, scratch) ? count : 0;
  }
  return 0;
}

void Matcher::match_runs(const text::LineTable& table, std::span<const std::uint32_t> block,
                         std::uint32_t index, std::span<const std::uint32_t> words,
                         const std::vector<bool>& on, Scratch& scratch, BlockHits& out) const {
  const BlockRules& rules = block_rules_[index];
  const auto in_force = [&](std::uint32_t rule) { return on[compiled_.rules[rule].entry]; };
  const auto first_in_force = std::ranges::find_if(rules.rules, in_force);
  if (first_in_force == rules.rules.end()) return;
  const rules::Rule& wanted = compiled_.rules[*first_in_force];
  const std::size_t most = std::min<std::size_t>(wanted.max_lines, rules::most_block_lines);
  auto word = words.begin();
  for (std::size_t i = 0; i < block.size();) {
    std::size_t first = i;
    std::size_t least = 1;
    if (rules.needs_word) {
      while (word != words.end() && *word < i) ++word;
      if (word == words.end()) return;
      if (*word >= i + most) first = *word + 1 - most;
      least = *word - first + 1;
    }
    i = first + 1;
    const std::span<const std::uint32_t> rest = block.subspan(first);
    const std::string_view key = table.key(rest.front());
    // Behind a shorter first line, what begins the run goes on in the next.
    if (!first_byte_is_open(key) && !rules.starts.may_begin_so(key)) continue;
    const std::uint64_t key_of_run = std::uint64_t{index} << 32 | rest.front();
    const auto known = out.runs.find(key_of_run);
    BlockHits::Run run = known != out.runs.end() ? known->second : BlockHits::Run();
    if (!run.holds_for(rest)) {
      // A number at the start may yet turn out to be a list marker.
      const bool tells_early = rules.tells_early && !first_byte_is_open(key);
      run.lines = join_lines(table, rest, most, wanted.raw, scratch, [&](std::string_view joined) {
        const std::string_view start = tells_early ? text::strip_edges(joined) : std::string_view();
        return start.empty() || wanted.pattern->may_go_on(start, scratch.pcre);
      });
      run.last = rest[run.lines - 1];
      run.to_end = run.lines == rest.size();
      run.count = static_cast<std::uint32_t>(longest_run(rest, *first_in_force, least, scratch));
      if (known != out.runs.end())
        known->second = run;
      else if (out.runs.size() < most_known_runs)
        out.runs.emplace(key_of_run, run);
    }
    if (run.count == 0) continue;
    for (const std::uint32_t rule : rules.rules) {
      if (in_force(rule)) out.hits.push_back({rest.front(), run.count, rule});
    }
    i = first + run.count;
  }
}

void Matcher::match_block(const text::LineTable& table, std::span<const std::uint32_t> block,
                          const std::vector<bool>& on, const LineHits& lines, Scratch& scratch,
                          BlockHits& out) const {
  // (rules, line of the block) for each line that holds a word which the rules need
  std::vector<std::pair<std::uint32_t, std::uint32_t>> words;
  auto known = std::ranges::lower_bound(lines.words, block.front(), {}, &LineHits::BlockWord::line);
  for (std::uint32_t i = 0; i < block.size(); ++i) {
    while (known != lines.words.end() && known->line < block[i]) ++known;
    for (; known != lines.words.end() && known->line == block[i]; ++known)
      words.emplace_back(known->rules, i);
  }
  std::ranges::sort(words);
  std::vector<std::uint32_t> with_word;
  for (auto word = words.begin(); word != words.end();) {
    const std::uint32_t index = word->first;
    with_word.clear();
    for (; word != words.end() && word->first == index; ++word) with_word.push_back(word->second);
    match_runs(table, block, index, with_word, on, scratch, out);
  }
  for (const std::uint32_t index : wordless_block_rules_)
    match_runs(table, block, index, {}, on, scratch, out);
}

BlockHits Matcher::match_blocks(const text::LineTable& table, std::span<const std::uint32_t> alive,
                                const std::vector<bool>& on, const LineHits& lines, BlockHits before,
                                Scratch& scratch) const {
  BlockHits out;
  out.runs = std::move(before.runs);
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
      match_block(table, {begin, end}, on, lines, scratch, out);
    }
    out.blocks.push_back(block);
    begin = std::find_if_not(end, alive.end(), is_blank);
  }
  std::ranges::sort(out.hits);
  return out;
}

}  // namespace dechaff::match
