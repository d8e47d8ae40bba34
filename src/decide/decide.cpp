#include "decide/decide.hpp"

#include <algorithm>
#include <array>

#include "decide/chain.hpp"
#include "decide/conditions.hpp"
#include "decide/evidence.hpp"
#include "decide/repeats.hpp"
#include "decide/units.hpp"
#include "rules/when.hpp"

namespace dechaff::decide {

namespace {

using rules::Rule;
using rules::Scope;

/// Hits of the rules that ask for no text, where the measures of a line hold; sorted.
match::Hits textless_hits(const rules::Compiled& compiled, const Settings& settings,
                          const text::LineTable& table) {
  std::vector<std::uint32_t> textless;
  for (std::uint32_t rule = 0; rule < compiled.rules.size(); ++rule) {
    if (!compiled.rules[rule].has_text() && settings.matters[compiled.rules[rule].entry])
      textless.push_back(rule);
  }
  match::Hits out;
  for (std::uint32_t line = 0; line < table.size(); ++line) {
    if (table.blank(line)) continue;
    for (const std::uint32_t rule : textless) {
      if (rules::measures_hold(compiled.rules[rule].when, table.measures(line)))
        out.push_back({line, 1, rule});
    }
  }
  return out;
}

/// One pass. The order of its parts is the order of what they can see: conditions on a line alone, then on
/// the hits near it, then drops, then what depends on drops, then the scores.
class Pass {
 public:
  Pass(const rules::Compiled& compiled, const Settings& settings, Reach reach, const text::LineTable& table,
       std::span<const std::uint32_t> alive, Memory& memory)
      : compiled_(compiled),
        settings_(settings),
        reach_(reach),
        table_(table),
        memory_(memory),
        sketches_(*settings.sketches),
        hit_places_(compiled.entries.size(), settings.sketches->distinct_targets) {
    out_.places = places_of(table, alive);
    out_.lines.resize(size());
    gone_.resize(size());
    kept_.resize(size());
  }

  Decisions run(const match::Hits& line_hits, const match::Hits& block_hits) {
    collect(line_hits, block_hits);
    for (const PlacedHit& hit : alone_) hold(hit);
    for (const PlacedHit& hit : by_neighbour_) {
      if (neighbours_hold(hit)) hold(hit);
    }
    protect();
    for (const PlacedHit& hit : holding_) drop(hit);
    repeat(line_hits);
    after_drops();
    rewrite();
    if (reach_ == Reach::full && settings_.profile.weigh) weigh();
    return std::move(out_);
  }

 private:
  std::uint32_t size() const { return out_.places.size(); }
  const Rule& rule_of(const PlacedHit& hit) const { return compiled_.rules[hit.rule]; }
  const RuleSketch& sketch_of(const PlacedHit& hit) const { return sketches_.rules[hit.rule]; }

  bool trusted(EntryIndex entry) const {
    return reach_ == Reach::full ? settings_.trusted[entry] : settings_.certain[entry];
  }

  bool conditions_hold(const PlacedHit& hit) const {
    return sketch_of(hit).unconditional ||
           decide::conditions_hold(rule_of(hit), hit, table_, out_.places, settings_);
  }

  /// Sorts all hits whose measures and place hold by what else they ask for, but for those that wait for
  /// repeats; in the order of places, then of rules.
  void collect(const match::Hits& line_hits, const match::Hits& block_hits) {
    if (!memory_.textless) memory_.textless = textless_hits(compiled_, settings_, table_);
    struct Source {
      match::Hits::const_iterator next, end;
    };
    const auto source = [](const match::Hits& hits) { return Source{hits.begin(), hits.end()}; };
    std::array<Source, 3> sources = {source(line_hits), source(block_hits), source(*memory_.textless)};
    std::vector<PlacedHit> here;
    for (std::uint32_t place = 0; place < size(); ++place) {
      here.clear();
      const std::uint32_t line = out_.places.line[place];
      for (auto& [next, end] : sources) {
        while (next != end && next->line < line) ++next;
        for (; next != end && next->line == line; ++next) {
          const RuleSketch& sketch = sketches_.rules[next->rule];
          if (sketch.kind != RuleSketch::Kind::by_repeat && settings_.on[sketch.entry])
            here.push_back({place, next->count, next->rule});
        }
      }
      if (here.size() > 1) std::ranges::sort(here, {}, &PlacedHit::rule);
      for (const PlacedHit& hit : here) sort_in(hit);
    }
  }

  void sort_in(const PlacedHit& hit) {
    if (!conditions_hold(hit)) return;
    const RuleSketch& sketch = sketch_of(hit);
    const auto kind = settings_.assume_neighbours ? RuleSketch::Kind::alone : sketch.kind;
    if (kind == RuleSketch::Kind::by_drop) {
      by_drop_.push_back(hit);
    } else if (kind == RuleSketch::Kind::by_neighbour) {
      by_neighbour_.push_back(hit);
    } else {
      alone_.push_back(hit);
      for (std::uint32_t p = hit.place; p < hit.place + hit.count; ++p) hit_places_.add(sketch.entry, p);
    }
  }

  void hold(const PlacedHit& hit) {
    holding_.push_back(hit);
    for (std::uint32_t p = hit.place; p < hit.place + hit.count; ++p)
      out_.hits.push_back({p, sketch_of(hit).entry});
  }

  bool neighbours_hold(const PlacedHit& hit) {
    const rules::Where& where = rule_of(hit).where;
    std::size_t target = sketch_of(hit).first_target;
    return std::ranges::all_of(where.neighbours, [&](const rules::Neighbour& n) {
      const std::uint32_t number = sketches_.targets[target++];
      if (n.dropped) return dropped_near(hit, n.side, where.within);
      return hit_places_.near(n, number, hit, where.within);
    });
  }

  bool dropped_near(const PlacedHit& hit, rules::Side side, std::uint32_t within) const {
    const std::uint32_t behind = hit.place + hit.count;
    const auto any_gone = [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t p = begin; p < end; ++p) {
        if (gone_[p]) return true;
      }
      return false;
    };
    const std::uint32_t least = hit.place > within ? hit.place - within : 0;
    const std::uint32_t most = std::min(size() - behind, within) + behind;
    return (side != rules::Side::before && any_gone(least, hit.place)) ||
           (side != rules::Side::after && any_gone(behind, most));
  }

  void protect() {
    for (const PlacedHit& hit : holding_) {
      if (sketch_of(hit).effect != EntryKind::keep) continue;
      for (std::uint32_t p = hit.place; p < hit.place + hit.count; ++p) kept_[p] = true;
    }
  }

  void drop_lines(std::uint32_t begin, std::uint32_t end, std::uint32_t rule) {
    for (std::uint32_t p = begin; p < end; ++p) {
      if (kept_[p] || gone_[p]) continue;
      gone_[p] = true;
      out_.lines[p].verdict = Verdict::drop;
      out_.lines[p].cause = compiled_.rules[rule].entry;
    }
  }

  void drop(const PlacedHit& hit) {
    const RuleSketch& rule = sketch_of(hit);
    if (rule.effect != EntryKind::drop || rule.scope == Scope::span || !trusted(rule.entry)) return;
    // A run goes as a whole or not at all.
    for (std::uint32_t p = hit.place; p < hit.place + hit.count; ++p) {
      if (kept_[p]) return;
    }
    const std::uint32_t end = rule.scope == Scope::section ? section_end(hit) : hit.place + hit.count;
    drop_lines(hit.place, end, hit.rule);
  }

  /// Place behind the last line of the section that `hit` heads; the heading's own where the section is too
  /// long to be one. A protected line ends it.
  std::uint32_t section_end(const PlacedHit& hit) const {
    const Rule& rule = rule_of(hit);
    std::uint32_t end = hit.place + 1;
    while (end < size() && !kept_[end]) {
      if (rule.until == rules::Until::blank && out_.places.first_of_block(end)) break;
      if (rule.until == rules::Until::prose && text::reads_like_prose(table_.measures(out_.places.line[end])))
        break;
      if (end - hit.place == rule.max_lines) return rule.until == rules::Until::end ? hit.place : end;
      ++end;
    }
    return end;
  }

  void repeat(const match::Hits& line_hits) {
    for (const std::uint32_t index : sketches_.repeating) {
      const Rule& rule = compiled_.rules[index];
      if (!settings_.matters[rule.entry]) continue;
      if (!memory_.by_key) memory_.by_key = lines_by_key(table_);
      // Which lines repeat is found for all of them at once; hardly any does.
      for (const std::uint32_t place : repeats(*rule.repeat, table_, *memory_.by_key, out_.places, gone_)) {
        const match::Hit wanted{out_.places.line[place], 1, index};
        const bool is_hit = std::ranges::binary_search(line_hits, wanted) ||
                            std::ranges::binary_search(*memory_.textless, wanted);
        const PlacedHit hit{place, 1, index};
        if (!is_hit || !conditions_hold(hit) || !(settings_.assume_neighbours || neighbours_hold(hit)))
          continue;
        hold(hit);
        drop(hit);
      }
    }
  }

  void after_drops() {
    // What one of these drops is no reason for another: `gone_` is read as it was before all of them.
    std::vector<PlacedHit> met;
    for (const PlacedHit& hit : by_drop_) {
      if (neighbours_hold(hit)) met.push_back(hit);
    }
    for (const PlacedHit& hit : met) {
      hold(hit);
      drop(hit);
    }
  }

  void rewrite() {
    for (const PlacedHit& hit : holding_) {
      const RuleSketch& rule = sketch_of(hit);
      const bool rewrites =
          rule.effect == EntryKind::rewrite || (rule.effect == EntryKind::drop && rule.scope == Scope::span);
      if (!rewrites || !trusted(rule.entry) || kept_[hit.place] || gone_[hit.place]) continue;
      Decision& line = out_.lines[hit.place];
      line.verdict = Verdict::rewrite;
      line.cause = rule.entry;
      out_.rewritings.push_back({hit.place, hit.rule});
    }
    std::ranges::sort(out_.rewritings, [](const Rewriting& a, const Rewriting& b) {
      return a.place != b.place ? a.place < b.place : a.rule < b.rule;
    });
  }

  double score_of(const RuleSketch& rule) const {
    if (rule.effect == EntryKind::weigh) return settings_.scores[rule.entry];
    if (rule.effect != EntryKind::drop || trusted(rule.entry)) return 0;
    const auto fitted = compiled_.scores.hits.find(rule.entry);
    if (fitted == compiled_.scores.hits.end()) return settings_.profile.untrusted_score;
    return static_cast<double>(fitted->second) / rules::parts_of_a_score;
  }

  /// A unit of lines as the chain sees it; it names what speaks most strongly against it.
  struct Weighed {
    Link link;
    double strongest = 0;
    EntryIndex named = 0;
    std::vector<EntryIndex> counted;  // rules that hit it, each once

    void add(double score, EntryIndex entry) {
      link.evidence += score;
      if (score >= strongest) return;
      strongest = score;
      named = entry;
    }
  };

  std::vector<Weighed> weighed(const std::vector<Unit>& units) {
    std::vector<Weighed> out(units.size());
    std::vector<std::uint32_t> unit_of(size());
    for (std::uint32_t u = 0; u < units.size(); ++u) {
      bool all_gone = true;
      for (std::uint32_t p = units[u].place; p < units[u].place + units[u].count; ++p) {
        unit_of[p] = u;
        all_gone &= gone_[p];
        if (kept_[p]) out[u].link.force = Force::keep;
      }
      if (all_gone) out[u].link.force = Force::drop;
    }
    for (const PlacedHit& hit : holding_) {
      const RuleSketch& rule = sketch_of(hit);
      const double score = score_of(rule);
      if (score == 0) continue;
      for (std::uint32_t p = hit.place; p < hit.place + hit.count; ++p) {
        Weighed& unit = out[unit_of[p]];
        if (std::ranges::find(unit.counted, rule.entry) != unit.counted.end()) continue;
        unit.counted.push_back(rule.entry);
        unit.add(score, rule.entry);
      }
    }
    add_evidence(units, out);
    return out;
  }

  static std::vector<Link> links_of(const std::vector<Weighed>& units) {
    std::vector<Link> out(units.size());
    std::ranges::transform(units, out.begin(), &Weighed::link);
    return out;
  }

  void add_evidence(const std::vector<Unit>& units, std::vector<Weighed>& out) {
    const std::vector<Link> links = links_of(out);
    const Weights weights =
        evidence_of(compiled_, settings_, table_, out_.places, units, links, memory_.units);
    for (std::size_t u = 0; u < units.size(); ++u) {
      const Evidence& evidence = weights.units[u];
      out[u].link.evidence += settings_.profile.bias + evidence.score;
      if (evidence.strongest > out[u].strongest) continue;
      out[u].strongest = evidence.strongest;
      out[u].named = evidence.against;
    }
    if (weights.because.empty()) return;
    out_.because.resize(size());
    for (std::size_t u = 0; u < units.size(); ++u) {
      for (std::uint32_t p = units[u].place; p < units[u].place + units[u].count; ++p)
        out_.because[p] = weights.because[u];
    }
  }

  /// A line that goes only because its neighbours do may have nothing against it; it then names what the one
  /// before it names.
  void weigh() {
    const std::vector<Unit> units = units_of(table_, out_.places);
    const std::vector<Weighed> all = weighed(units);
    const std::vector<Link> links = links_of(all);
    const std::vector<bool> dropped = best_labelling(links, settings_.profile.switch_cost);
    EntryIndex before = 0;
    for (std::size_t u = 0; u < units.size(); ++u) {
      if (all[u].strongest < 0) before = all[u].named;
      for (std::uint32_t p = units[u].place; p < units[u].place + units[u].count; ++p) {
        Decision& line = out_.lines[p];
        line.evidence = links[u].evidence;
        if (dropped[u] && !gone_[p] && !kept_[p]) line = {Verdict::drop, true, before, line.evidence};
      }
    }
    std::erase_if(out_.rewritings,
                  [&](const Rewriting& r) { return out_.lines[r.place].verdict != Verdict::rewrite; });
  }

  const rules::Compiled& compiled_;
  const Settings& settings_;
  const Reach reach_;
  const text::LineTable& table_;
  Memory& memory_;
  const RuleSketches& sketches_;
  HitPlaces hit_places_;
  Decisions out_;
  std::vector<PlacedHit> alone_, by_neighbour_, by_drop_;
  std::vector<PlacedHit> holding_;
  std::vector<bool> gone_;  // by place: dropped by a rule
  std::vector<bool> kept_;  // by place: protected
};

}  // namespace

Decisions decide(const rules::Compiled& compiled, const Settings& settings, Reach reach,
                 const text::LineTable& table, std::span<const std::uint32_t> alive,
                 const match::Hits& line_hits, const match::Hits& block_hits, Memory& memory) {
  return Pass(compiled, settings, reach, table, alive, memory).run(line_hits, block_hits);
}

}  // namespace dechaff::decide
