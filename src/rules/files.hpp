#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dechaff/error.hpp"
#include "dechaff/rules.hpp"
#include "rules/rule.hpp"

namespace dechaff::rules {

/// A pattern file may be this large.
inline constexpr std::size_t max_file_bytes = 8 << 20;

/// The files of all layers, shipped ones first, without what they include. What cannot be read is an error.
std::vector<SourceFile> gather_files(const RuleSources& sources, Errors& errors);

/// Whether the library was built with a shipped file of this name and these bytes, so that it holds no
/// mistake.
bool is_as_built(const SourceFile& file);

/// The file that `file` names by `include = ["name"]`: below the folder of `file`, never outside it. Embedded
/// files include each other by name.
Result<SourceFile> included_file(const SourceFile& file, const std::string& name);

}  // namespace dechaff::rules
