#pragma once

#include <cstdint>
#include <optional>
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
  HitPlaces(std::size_t entries, std::size_t targets) : entries_(entries), joined_(targets) {}

  /// All is added before anything is asked.
  void add(EntryIndex entry, std::uint32_t place) { hits_.push_back({entry, place}); }

  /// Whether a hit of what `neighbour` names stands on its side of the lines of `hit`, at most `within` lines
  /// away. `target` is the number of what it names (RuleSketches::targets).
  bool near(const rules::Neighbour& neighbour, std::uint32_t target, const PlacedHit& hit,
            std::uint32_t within);

 private:
  struct Hit {
    EntryIndex entry = 0;
    std::uint32_t place = 0;
  };

  void sort();

  std::size_t entries_;
  std::vector<Hit> hits_;
  std::vector<std::uint32_t> sorted_;  // their places by entry, once it is asked for any
  std::vector<std::uint32_t> begins_;  // entry → its first; one more for the end
  std::vector<std::optional<std::vector<std::uint32_t>>> joined_;  // by target, if it was asked for; sorted
};

}  // namespace dechaff::decide
