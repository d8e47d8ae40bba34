#pragma once

#include <string_view>

#include "base/edits.hpp"
#include "text/step.hpp"

namespace dechaff::text {

/// What the algorithm of `step` does to `text`, valid UTF-8. Nothing for `characters`, which run together
/// (CharacterPass), and for layout. Linear in `text.size()`.
Edits edits_of(const Step& step, std::string_view text);

}  // namespace dechaff::text
