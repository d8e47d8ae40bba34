#pragma once

#include <optional>
#include <string_view>

namespace dechaff {

/// Unicode normalization form (UAX #15) of the output; `none` leaves the form as it came.
enum class Form { none, nfc, nfd, nfkc, nfkd };

/// "nfc" → Form::nfc; nothing for a name that is none of the five.
std::optional<Form> form_named(std::string_view name);

/// The name that `form_named` reads.
std::string_view name_of(Form form);

}  // namespace dechaff
