#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "decide/places.hpp"
#include "decide/settings.hpp"
#include "rules/rule.hpp"

namespace dechaff::decide {

/// Lines [place, place + count) that a rule hits.
struct PlacedHit {
  std::uint32_t place = 0;
  std::uint32_t count = 1;
  std::uint32_t rule = 0;  ///< index into Compiled::rules
};

/// Whether the measures and the place of `hit` are what its rule asks for; what hits a single line has the
/// right measures already (match::Hit). Neighbours are not looked at.
bool conditions_hold(const rules::Rule& rule, const PlacedHit& hit, const text::LineTable& table,
                     const Places& places, const Settings& settings);

/// Where each entry hit, to ask for neighbours.
class HitPlaces {
 public:
  explicit HitPlaces(std::size_t entries) : places_(entries) {}

  /// All is added before anything is asked.
  void add(EntryIndex entry, std::uint32_t place) { places_[entry].push_back(place); }

  /// Whether a hit of what `neighbour` names stands on its side of the lines of `hit`, at most `within` lines
  /// away.
  bool near(const rules::Neighbour& neighbour, const PlacedHit& hit, std::uint32_t within);

 private:
  std::vector<std::vector<std::uint32_t>> places_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> joined_;  // by target; sorted
};

}  // namespace dechaff::decide
