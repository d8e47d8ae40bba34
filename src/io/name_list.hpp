#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "dechaff/error.hpp"

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

  /// The next name, or none behind the last. A name that no file can have, or an error of reading, is an
  /// error; the list can be read on, and is at its end where nothing more can be read.
  Result<std::optional<std::string>> next();

 private:
  struct Close {
    void operator()(std::FILE* file) const {
      if (file != stdin) std::fclose(file);
    }
  };

  NameList(std::string name, std::FILE* file, Ends ends) : name_(std::move(name)), file_(file), ends_(ends) {}

  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  Ends ends_;
  bool ended_ = false;
};

}  // namespace dechaff::io
