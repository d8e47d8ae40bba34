#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "dechaff/error.hpp"
#include "io/descriptor.hpp"

namespace dechaff::io {

/// The bytes of a file or of standard input, as they lie there. Owned by one thread.
class Input {
 public:
  /// "-" is standard input. With a descriptor `stop`, the input ends as soon as that one can be read from.
  /// Fails (ErrorCode::io, with path and the system's reason) for what is not there, or is a folder.
  static Result<Input> open(const std::string& path, int stop = -1);

  /// Appends what there is, waiting for the first byte alone: how many bytes, at most `most` (at least 1);
  /// 0 at the end. Fails like `open`.
  Result<std::size_t> read(std::string& out, std::size_t most);

  /// From now on it ends as soon as this descriptor can be read from; -1 for none.
  void heed(int stop) { stop_ = stop; }

  /// Whether it was told to end before its end.
  bool stopped() const { return stopped_; }

  /// The path, or "(standard input)".
  const std::string& name() const { return name_; }

  /// The bytes of a regular file, when it was opened; nothing for what has no size, such as a pipe.
  std::optional<std::uint64_t> size() const { return size_; }

 private:
  Input(Descriptor file, std::string name, int stop);

  /// How many bytes may come at once, and one: room for more would be made for nothing.
  std::size_t likely() const;

  Descriptor file_;
  std::string name_;
  int stop_;
  bool stopped_ = false;
  std::optional<std::uint64_t> size_;
  std::uint64_t got_ = 0;
};

}  // namespace dechaff::io
