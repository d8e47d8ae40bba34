#pragma once

#include <cstdint>
#include <span>
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

/// Whether the measures and the place of `hit` are what its rule asks for. Neighbours are not looked at.
bool conditions_hold(const rules::Rule& rule, const PlacedHit& hit, const text::LineTable& table,
                     const Places& places, const Settings& settings);

/// Where each entry hit, to ask for neighbours.
class HitPlaces {
 public:
  explicit HitPlaces(std::size_t entries) : places_(entries) {}

  /// Places come in rising order for each entry.
  void add(EntryIndex entry, std::uint32_t place) { places_[entry].push_back(place); }

  /// Whether a hit of one of `entries` stands on a side of the lines of `hit`, at most `within` lines away.
  bool near(std::span<const EntryIndex> entries, const PlacedHit& hit, rules::Side side,
            std::uint32_t within) const;

 private:
  std::vector<std::vector<std::uint32_t>> places_;
};

}  // namespace dechaff::decide
