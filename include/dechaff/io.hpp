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

/// A file that appears whole or not at all: written beside its place under another name, then renamed.
///
/// An existing file keeps its mode; a symbolic link stays and its target is replaced. What is no regular
/// file, such as a device or a pipe, is written as it is. Nothing is left behind where `commit` is not
/// reached.
class OutputFile {
 public:
  static Result<OutputFile> open(const std::filesystem::path& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  Result<Done> write(std::string_view bytes);
  /// Brings all of it to the disk, not yet into its place: what is left to do needs no descriptor.
  Result<Done> close();
  /// Closes it and brings it into its place.
  Result<Done> commit();

 private:
  OutputFile() = default;

  int descriptor_ = -1;
  std::filesystem::path path_;       // where it belongs
  std::filesystem::path temporary_;  // empty when it is written in place
};

/// A file that grows as it is written, for records that must be there before what depends on them.
class AppendingFile {
 public:
  /// Creates the file, or empties it.
  static Result<AppendingFile> open(const std::filesystem::path& path);
  AppendingFile(AppendingFile&& other) noexcept;
  AppendingFile& operator=(AppendingFile&&) = delete;
  ~AppendingFile();

  Result<Done> write(std::string_view bytes);
  Result<Done> close();

 private:
  AppendingFile() = default;

  int descriptor_ = -1;
  std::filesystem::path path_;
};

}  // namespace dechaff
