#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/mapped_file.hpp"
#include "rules/rule.hpp"
#include "rules/scores.hpp"

namespace dechaff::rules {

/// What a pattern file without steps, overrides, profiles and includes says, its examples left out.
struct FileReading {
  std::vector<Entry> entries;  ///< without layer; their places have no file
  std::vector<Rule> rules;     ///< `entry` counts `entries`
  std::optional<ReadScores> scores;
};

/// Readings of pattern files, so that a program that starts often need not read the same TOML each time. They
/// are made when the program is built, and hold for files of the very same bytes only; a damaged image is as
/// good as none.
class Image {
 public:
  /// An image without readings where there is none, or none of this program's.
  static Image load(const std::filesystem::path& path);

  std::optional<FileReading> reading_of(const SourceFile& file) const;

 private:
  std::optional<io::MappedFile> file_;
  std::unordered_map<std::uint64_t, std::string_view> readings_;  // by hash of the file's content
};

/// What an image may hold of a file, or nothing. Defined beside the reading of files.
std::optional<FileReading> reading_for_image(const SourceFile& file);

/// The bytes of an image.
std::string make_image(const std::vector<std::pair<SourceFile, FileReading>>& readings);

}  // namespace dechaff::rules
