#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dechaff/error.hpp"
#include "dechaff/rules.hpp"
#include "rules/image.hpp"
#include "rules/rule.hpp"

namespace dechaff::rules {

/// A pattern file may be this large.
inline constexpr std::size_t max_file_bytes = 8 << 20;

/// Limits on what all pattern files of a run may ask for: rule files come from strangers. The shipped ones
/// need a tenth of them at most.
inline constexpr std::size_t most_entries = 20'000;  ///< rules, steps, lists and score files
inline constexpr std::size_t most_overrides = 10'000;
inline constexpr std::size_t most_exceptions = 1'000;         ///< patterns of an `except` or `add_except`
inline constexpr std::size_t most_pattern_memory = 64 << 20;  ///< bytes of compiled patterns
inline constexpr int most_includes_deep = 16;
inline constexpr std::size_t most_replacement_bytes =
    4'096;  ///< of a `replace`, or what a step makes of a character

/// The files of all layers, shipped ones first, without what they include. What cannot be read is an error.
/// Those that are as built are sooner known by an image.
std::vector<SourceFile> gather_files(const RuleSources& sources, Errors& errors, const Image& image = {});

/// The file that `file` names by `include = ["name"]`: below the folder of `file`, never outside it. Embedded
/// files include each other by name.
Result<SourceFile> included_file(const SourceFile& file, const std::string& name);

}  // namespace dechaff::rules
