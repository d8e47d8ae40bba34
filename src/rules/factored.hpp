#pragma once

#include <string>
#include <string_view>

namespace dechaff::rules {

/// A pattern that matches the same texts in the same way, whose long choices are sorted by what they begin
/// with: `(?:home|help|about)` becomes `(?:h(?:ome|elp)|about)`. PCRE2 tries one branch of a choice after
/// the other; so it passes over most of them at a glance.
///
/// Branches that begin with different bytes can't both match at one place, so that their order means
/// nothing; those that begin alike keep theirs. What begins with anything but a plain letter, digit or space,
/// or holds a capture, stays where it is, and none is moved past it. `pattern` is one that PCRE2 takes; what
/// is not understood is left as it is.
std::string factored(std::string_view pattern);

}  // namespace dechaff::rules
