#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "match/syntax.hpp"

namespace dechaff::match {

/// How seldom a text stands in folded English, about: minus the logarithm of its share of all places.
double rarity(std::string_view text);

/// Where the rarest `size` bytes of the text begin, the first of equal ones; 0 where it has no more.
std::size_t rarest_window(std::string_view text, std::size_t size);

/// How many of these texts stand at a place of folded English, about.
double frequency(const std::vector<std::string>& texts);

/// Texts of which a match must hold at least one, chosen so that few others hold any; sorted. Empty where
/// none can be told. Right by construction, in the manner of required literals in RE2's prefilter (Cox 2010,
/// "Regular Expression Matching with a Trigram Index"): a set for each part of the pattern, joined from
/// below.
std::vector<std::string> needed_literals(const Syntax& syntax);

/// The same, of texts without a space: a run of lines that were joined by spaces holds them only if one of
/// its lines does.
std::vector<std::string> needed_words(const Syntax& syntax);

}  // namespace dechaff::match
