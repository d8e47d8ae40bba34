#include "decide/conditions.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>

#include "rules/when.hpp"

namespace dechaff::decide {

namespace {

bool admits(const std::optional<rules::Range>& range, double value) {
  return !range || range->contains(value);
}
bool admits(const std::optional<bool>& wanted, bool value) { return !wanted || *wanted == value; }

bool context_holds(const rules::When& when, const PlacedHit& hit, const Places& places,
                   const Settings& settings) {
  const std::uint32_t last = hit.place + hit.count - 1;
  if (!admits(when.block_lines, places.block_lines[hit.place]) ||
      !admits(when.document_lines, places.size()) ||
      !admits(when.blank_before, places.first_of_block(hit.place)) ||
      !admits(when.blank_after, places.last_of_block(last))) {
    return false;
  }
  const auto is_host = [&](const std::string& h) { return rules::host_matches(settings.host, h); };
  if (!when.hosts.empty() && std::ranges::none_of(when.hosts, is_host)) return false;
  return when.languages.empty() ||
         std::ranges::find(when.languages, settings.language) != when.languages.end();
}

bool place_holds(const rules::Where& where, const PlacedHit& hit, const Places& places) {
  if (where.head == 0 && where.tail == 0) return true;
  return hit.place + hit.count <= where.head || places.size() - hit.place <= where.tail;
}

text::Measures measures_of_run(const PlacedHit& hit, const text::LineTable& table, const Places& places) {
  std::string joined;
  for (std::uint32_t p = hit.place; p < hit.place + hit.count; ++p) {
    if (!joined.empty()) joined += ' ';
    joined += table.line(places.line[p]).text;
  }
  return text::measure(joined);
}

}  // namespace

bool conditions_hold(const rules::Rule& rule, const PlacedHit& hit, const text::LineTable& table,
                     const Places& places, const Settings& settings) {
  if (!place_holds(rule.where, hit, places) || !context_holds(rule.when, hit, places, settings)) return false;
  // Of a line, only what measures as its rule asks is a hit; of a run of lines, not even of one, nobody
  // knows.
  if (rule.scope != rules::Scope::block) return true;
  return rules::measures_hold(rule.when, hit.count == 1 ? table.measures(places.line[hit.place])
                                                        : measures_of_run(hit, table, places));
}

void HitPlaces::sort() {
  begins_.resize(entries_ + 1);
  for (const Hit& hit : hits_) ++begins_[hit.entry + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<std::uint32_t> next(begins_.begin(), std::prev(begins_.end()));
  sorted_.resize(hits_.size());
  for (const Hit& hit : hits_) sorted_[next[hit.entry]++] = hit.place;
}

bool HitPlaces::near(const rules::Neighbour& neighbour, std::uint32_t target, const PlacedHit& hit,
                     std::uint32_t within) {
  if (begins_.empty()) sort();
  if (!joined_[target]) {
    std::vector<std::uint32_t>& all = joined_[target].emplace();
    for (const EntryIndex entry : neighbour.entries) {
      all.insert(all.end(), sorted_.begin() + begins_[entry], sorted_.begin() + begins_[entry + 1]);
    }
    std::ranges::sort(all);
  }
  const std::vector<std::uint32_t>& places = *joined_[target];
  const auto any_in = [&](std::uint64_t begin, std::uint64_t end) {  // places [begin, end)
    const auto at = std::ranges::lower_bound(places, begin);
    return at != places.end() && *at < end;
  };
  const std::uint64_t first = hit.place;
  const std::uint64_t behind = first + hit.count;
  const bool before_it =
      neighbour.side != rules::Side::before && any_in(first > within ? first - within : 0, first);
  return before_it || (neighbour.side != rules::Side::after && any_in(behind, behind + within));
}

}  // namespace dechaff::decide
