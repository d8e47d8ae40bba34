#pragma once

#include <unicode/normalizer2.h>

#include <cstdint>
#include <string_view>

#include "dechaff/form.hpp"
#include "fuzz.hpp"

namespace dechaff::fuzz {

/// Whether ICU holds the text to be in the form, asked without any code of ours.
inline bool is_in_form(std::string_view text, Form form) {
  if (form == Form::none) return true;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normaliser = form == Form::nfc    ? icu::Normalizer2::getNFCInstance(status)
                                       : form == Form::nfd  ? icu::Normalizer2::getNFDInstance(status)
                                       : form == Form::nfkc ? icu::Normalizer2::getNFKCInstance(status)
                                                            : icu::Normalizer2::getNFKDInstance(status);
  FUZZ_REQUIRE(U_SUCCESS(status));
  const bool out =
      normaliser->isNormalizedUTF8({text.data(), static_cast<std::int32_t>(text.size())}, status) != 0;
  FUZZ_REQUIRE(U_SUCCESS(status));
  return out;
}

}  // namespace dechaff::fuzz
