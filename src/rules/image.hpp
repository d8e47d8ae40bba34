#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/mapped_file.hpp"
#include "rules/rule.hpp"
#include "rules/scores.hpp"

namespace dechaff::rules {

/// What a file says of a profile; what it does not say stays as it is.
struct ProfileReading {
  std::string name;
  std::optional<std::string> description;
  std::optional<int> level;
  std::optional<Form> form;
  std::optional<bool> weigh;
  std::optional<double> bias, switch_cost, untrusted_score, max_removed;
};

/// What a pattern file without overrides and includes says, its examples left out.
struct FileReading {
  std::vector<Entry> entries;       ///< without layer; their places have no file
  std::vector<Rule> rules;          ///< `entry` counts `entries`
  std::vector<DeclaredStep> steps;  ///< `entry` counts `entries`
  std::vector<ProfileReading> profiles;
  std::optional<ReadScores> scores;
};

/// What is known of all files of an image together, where nothing else adds rules or scores.
struct JointReading {
  struct Hit {
    EntryIndex entry = 0;
    std::int32_t score = 0;
  };

  std::vector<PlainList<EntryIndex>> neighbours;  ///< `Neighbour::entries`, of one after the other
  PlainList<Hit> hits;                            ///< `Scores::hits`
  std::array<Scale, axes> scales;
  WordTable words;                              ///< `Scores::words`
  std::vector<PlainList<std::uint32_t>> steps;  ///< of the dimensions of all tables, one after the other
  std::string_view matcher;                     ///< lent
};

/// Readings of pattern files, so that a program that starts often need not read the same TOML each time. They
/// are made when the program is built, and hold for files of the very same bytes only; a damaged image is as
/// good as none. Texts and tables of what it gives are lent by it, and last as long as `lender` does.
class Image {
 public:
  /// An image without readings where there is none, or none of this program's.
  static Image load(const std::filesystem::path& path);

  std::size_t files() const { return readings_.size(); }
  /// Of all files.
  std::uint32_t entries() const { return entries_; }
  std::uint32_t rules() const { return rules_; }

  /// The file that the library was built with, if it has this name and these bytes and a reading is here:
  /// what it holds need not be looked at for that. Null for others.
  const EmbeddedFile* built_file(std::string_view name, std::string_view bytes) const;

  /// Which file this is, of those that readings are of; nothing for others.
  std::optional<std::size_t> find(const SourceFile& file) const;

  /// Puts the reading of a file behind what `out` holds: its entries count from the first of them. False, and
  /// nothing done, where it is damaged.
  bool append(std::size_t file, FileReading& out) const;

  /// Nothing where the readings are not of all shipped files, or it is damaged.
  std::optional<JointReading> joint() const;

  std::shared_ptr<const void> lender() const { return file_; }

 private:
  friend std::string make_image(const std::vector<std::pair<SourceFile, FileReading>>& readings,
                                const std::optional<JointReading>& joint);

  /// Of the content of a file.
  struct Hash {
    std::uint64_t low = 0, high = 0;

    friend bool operator==(const Hash&, const Hash&) = default;
  };

  struct Reading {
    Hash hash;
    std::string_view digest;  // EmbeddedFile::digest, if it is as built
    std::string_view bytes;
  };

  static Hash hash_of(std::string_view content);

  std::shared_ptr<const io::MappedFile> file_;
  std::vector<Reading> readings_;
  std::string_view joint_;
  std::uint32_t entries_ = 0, rules_ = 0;
};

/// What an image may hold of a file, or nothing. Defined beside the reading of files.
std::optional<FileReading> reading_for_image(const SourceFile& file);

/// What is known of all files together, once they were read. `matcher` outlives what is given.
JointReading joint_reading(Compiled compiled, std::string_view matcher);

/// The bytes of an image.
std::string make_image(const std::vector<std::pair<SourceFile, FileReading>>& readings,
                       const std::optional<JointReading>& joint = {});

}  // namespace dechaff::rules
