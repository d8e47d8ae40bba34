#pragma once

#include <string>
#include <string_view>

namespace dechaff::report {

/// Text as a terminal may have it: controls, escapes and invisible characters as \n-like or \u{200B}-like
/// escapes, tabs as they are, backslashes untouched. Ill-formed bytes become \x{FF}-like escapes.
std::string visible(std::string_view text);

}  // namespace dechaff::report
