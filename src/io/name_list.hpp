#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "dechaff/error.hpp"
#include "io/input.hpp"

namespace dechaff::io {

/// Names of inputs from a file or from standard input, read as they are asked for.
///
/// - A name is a line, or ends in NUL. A last one without its end counts, an empty one does not.
/// - A name is bytes: white space, a CR and ill-formed UTF-8 belong to it.
class NameList {
 public:
  enum class Ends { newline, null };

  /// Opens `path`, or standard input for "-".
  static Result<NameList> open(const std::string& path, Ends ends);

  /// The next name, or none behind the last, and none where `stop` can be read from before there is one. A
  /// name that no file can have, or an error of reading, is an error; the list can be read on, and is at its
  /// end where nothing more can be read.
  Result<std::optional<std::string>> next(int stop = -1);

 private:
  NameList(Input input, Ends ends);
  Result<std::optional<std::string>> next_line();

  Input input_;
  Ends ends_;
  std::string bytes_;      // that were read
  std::size_t begin_ = 0;  // of those that no name was taken from
  bool ended_ = false;
};

}  // namespace dechaff::io
