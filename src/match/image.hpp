#pragma once

#include <filesystem>
#include <string>

#include "dechaff/error.hpp"

namespace dechaff::match {

/// The image (rules::Image) of the pattern files of a folder, with the sieves of their patterns and, unless a
/// file is for no image, with all that is known of them together. What is wrong with a file goes to `errors`.
std::string image_of(const std::filesystem::path& folder, Errors& errors);

}  // namespace dechaff::match
