#pragma once

// While memory runs out in the middle of a constructor its invariants do not hold, and it would end the
// program to say so.
#define JSON_ASSERT(condition) static_cast<void>(0)

#include <nlohmann/json.hpp>
