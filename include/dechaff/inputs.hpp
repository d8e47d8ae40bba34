#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/error.hpp"

namespace dechaff {

namespace io {
class NameList;
}

/// What is to be read, as the command line names it.
struct InputOptions {
  std::vector<std::string> paths;             ///< files, folders, and "-" for standard input
  bool recursive = false;                     ///< take what folders hold
  std::vector<std::string> include, exclude;  ///< globs for what is found in folders
  std::optional<std::string> files_from;      ///< a list of further paths; "-" is standard input
  bool null_separated = false;                ///< names in the list end in NUL, not at the line's end
  std::filesystem::path passed_over;          ///< a folder that is not entered where one is found; or empty
};

/// One input.
struct InputPath {
  std::string path;                ///< as it was named, or found below what was named; "-" is standard input
  std::filesystem::path relative;  ///< `path_below(path)`
};

/// Where an input of this path has its place in a folder of outputs: without a leading '/', `..` resolved and
/// those that lead outside left out. "/a/../b/./c" and "../../b/c" are "b/c".
std::filesystem::path path_below(const std::string& path);

/// The inputs of a run, one at a time: the paths in their order, then those of the list.
///
/// - Folders are walked depth first, names sorted by their bytes; of each folder on the way from the root
/// only
///   the names that are left are held, and no descriptor stays open.
/// - A path that is named may be a symbolic link, and may be a device or a pipe. What is found in a folder is
///   taken if it is a regular file; links found there are not followed, so that no loop can be.
/// - Hidden files are taken like others.
/// - A glob is one of fnmatch(3) without flags: `*` stands for any bytes, '/' and a leading '.' too. It is
///   held against the name, or against the path below the output folder where it has a '/' in it; with a '/'
///   at its end it speaks of folders only. What is excluded is not taken, and a folder not entered. Where
///   there are includes, a file is taken if one of them fits.
/// - No path, and no list, is standard input.
class Inputs {
 public:
  /// An error where the options contradict each other or the list cannot be opened.
  static Result<Inputs> open(InputOptions options);
  Inputs(Inputs&&) noexcept;
  Inputs& operator=(Inputs&&) noexcept;
  ~Inputs();

  /// The next input, or none behind the last. An error is about one path or folder; the next call goes on
  /// behind it. Whether a named file can be read shows when it is read. Where the list has to be waited for,
  /// there is none once the descriptor `stop` can be read from.
  Result<std::optional<InputPath>> next(int stop = -1);

 private:
  struct Entry {
    std::string name;
    bool folder = false;
  };
  /// A folder that is being walked; the next entry is the last.
  struct Level {
    std::string path;
    std::vector<Entry> entries;
  };
  enum class Links { follow, refuse };

  Inputs(InputOptions options, std::unique_ptr<io::NameList> list);

  Result<std::optional<InputPath>> next_found();
  Result<std::optional<std::string>> next_named(int stop);
  Result<Done> enter(const std::string& path, Links links);
  bool is_passed_over(int folder) const;
  bool takes(const std::string& path, const Entry& entry) const;

  InputOptions options_;
  std::unique_ptr<io::NameList> list_;
  std::size_t next_path_ = 0;
  std::vector<Level> levels_;  // from the named folder down to the one that is being read
};

}  // namespace dechaff
