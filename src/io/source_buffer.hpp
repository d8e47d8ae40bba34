#pragma once

#include <istream>
#include <optional>
#include <streambuf>
#include <string>

#include "dechaff/error.hpp"
#include "io/source.hpp"

namespace dechaff::io {

/// Lets readers of std::istream read a Source:
///
///     std::istream in(nullptr);
///     SourceBuffer buffer(source, in);
///
/// Where reading fails, the stream goes bad and `error` says why. A stream swallows what is thrown while it
/// is read, such as memory that has run out; `error` throws that again.
class SourceBuffer : public std::streambuf {
 public:
  /// `stream` reads from here. Source and stream are used as long as the buffer is read from.
  SourceBuffer(Source& source, std::istream& stream);

  const std::optional<Error>& error() const;

 protected:
  int_type underflow() override;

 private:
  Source& source_;
  std::istream& stream_;
  std::string piece_;
  std::optional<Error> error_;
};

}  // namespace dechaff::io
