#pragma once

#include <gtest/gtest.h>

#include <string>

namespace dechaff {

/// Names the rows of a table of cases by their member `name`, which is a C++ identifier.
inline constexpr auto case_name = [](const auto& info) { return std::string(info.param.name); };

}  // namespace dechaff
