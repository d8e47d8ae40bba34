#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "dechaff/error.hpp"

namespace dechaff {

/// All bytes of a file, or of standard input for "-". Errors name the path and the system's reason.
Result<std::string> read_input(const std::string& path);

/// Writes all of `bytes` to a file descriptor, however many calls it takes. The error is the system's,
/// without a name.
Result<Done> write_all(int descriptor, std::string_view bytes);

/// A file that appears whole or not at all: written without a name where the system can do that (O_TMPFILE),
/// else under another name beside its place, then renamed.
///
/// - What replaces a file takes over its mode, owner, and extended attributes as far as the system lets it,
///   and is on the disk before it does. A symbolic link stays, its target is replaced; of several hard links
///   only this one is.
/// - What is no regular file, such as a device or a pipe, is written as it is.
/// - Nothing is left behind where `commit` is not reached. Where the process is killed, nothing that has a
///   name, but in the instant in which the name of a file goes over to its successor: that is left as
///   `.NAME.dechaff-0`, and goes when the file is replaced the next time.
class OutputFile {
 public:
  static Result<OutputFile> open(const std::filesystem::path& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  Result<Done> write(std::string_view bytes);
  /// Brings all of it to the disk, not yet into its place.
  Result<Done> sync();
  /// Closes it and brings it into its place. What stood there is kept under `backup`, where that is a name.
  Result<Done> commit(const std::filesystem::path& backup = {});

 private:
  OutputFile() = default;

  enum class Kind { special, nameless, temporary };
  Result<Done> give_name();

  int descriptor_ = -1;
  Kind kind_ = Kind::special;
  bool replaces_ = false;  // a file that is there
  bool synced_ = false;
  std::filesystem::path path_;       // where it belongs
  std::filesystem::path temporary_;  // its name until then; empty where it has none
};

/// A file that grows as it is written, for records that must be there before what depends on them.
class AppendingFile {
 public:
  enum class Existing { emptied, kept };
  /// Creates the file; what it holds already is emptied, or kept and written behind.
  static Result<AppendingFile> open(const std::filesystem::path& path, Existing existing);
  AppendingFile(AppendingFile&& other) noexcept;
  AppendingFile& operator=(AppendingFile&&) = delete;
  ~AppendingFile();

  Result<Done> write(std::string_view bytes);
  /// Brings what was written to the disk, and its name.
  Result<Done> sync();
  /// Gives it another name, in place of what has it.
  Result<Done> move_to(const std::filesystem::path& path);
  Result<Done> close();

 private:
  AppendingFile() = default;

  int descriptor_ = -1;
  bool name_synced_ = false;
  std::filesystem::path path_;
};

}  // namespace dechaff
