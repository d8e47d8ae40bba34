#pragma once

#include "io/descriptor.hpp"

namespace dechaff::io {

/// A descriptor that can be read once `raise` was called or another one can be read.
class EitherSignal {
 public:
  EitherSignal();

  /// The descriptor. `other` (-1 for none) is given once, and stays open as long as this lives.
  int with(int other) const;

  /// From any thread.
  void raise() const;

 private:
  void watch(int descriptor) const;

  Descriptor event_, both_;
};

}  // namespace dechaff::io
