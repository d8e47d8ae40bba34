#pragma once

#include <cstdint>
#include <string_view>

namespace dechaff::text {

/// The sum of `Measures::words` over the lines of `text`, which is valid UTF-8. Linear.
std::uint64_t count_words(std::string_view text);

}  // namespace dechaff::text
