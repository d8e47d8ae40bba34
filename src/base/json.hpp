#pragma once

// While memory runs out in the middle of a constructor its invariants do not hold, and it would end the
// program to say so.
#define JSON_ASSERT(condition) static_cast<void>(0)

#include <nlohmann/json.hpp>

namespace dechaff {

/// An empty object. One that is made of null as the first member comes does not survive that memory runs out.
inline nlohmann::ordered_json json_object() { return nlohmann::ordered_json::object(); }

}  // namespace dechaff
