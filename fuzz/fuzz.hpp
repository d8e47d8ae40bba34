#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// Ends the program with the place and the condition where `condition` does not hold. Unlike
/// assert it stays in with NDEBUG.
#define FUZZ_REQUIRE(condition) ((condition) ? void() : ::dechaff::fuzz::fail(__FILE__, __LINE__, #condition))

namespace dechaff::fuzz {

[[noreturn]] inline void fail(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
  std::abort();
}

/// The input as text; a view into `data`.
inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace dechaff::fuzz

/// What each target defines: checks the properties of one input, returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
