#pragma once

#include <string>
#include <string_view>

#include "base/edits.hpp"
#include "dechaff/form.hpp"

namespace dechaff::text {

/// The edits that bring valid UTF-8 `text` into `form` (UAX #15), each as small as its characters allow and
/// none across a line feed; empty where the text is in the form already. Linear in `text.size()` for text
/// with fewer than some dozens of combining marks in a row, and never worse than n log n.
Edits normal_form_edits(std::string_view text, Form form, EntryIndex cause);

}  // namespace dechaff::text
