#pragma once

#include <unicode/utypes.h>

#include <new>

namespace dechaff::text {

/// For calls of ICU that fail only where memory has run out; throws that then.
inline void require(UErrorCode status) {
  if (U_FAILURE(status)) throw std::bad_alloc();
}

}  // namespace dechaff::text
