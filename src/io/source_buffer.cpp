#include "io/source_buffer.hpp"

#include <new>

namespace dechaff::io {

namespace {

constexpr std::size_t piece_size = 64 << 10;

}  // namespace

SourceBuffer::SourceBuffer(Source& source, std::istream& stream) : source_(source), stream_(stream) {
  stream.rdbuf(this);
}

const std::optional<Error>& SourceBuffer::error() const {
  if (!error_ && stream_.bad()) throw std::bad_alloc();  // nothing else makes it bad
  return error_;
}

SourceBuffer::int_type SourceBuffer::underflow() {
  if (error_) return traits_type::eof();
  piece_.clear();
  const auto more = source_.read(piece_, piece_size);
  setg(piece_.data(), piece_.data(), piece_.data() + piece_.size());
  if (!more) {
    error_ = more.error();
    // A streambuf can only say that there is no more, which would pass for the end.
    stream_.setstate(std::ios::badbit);
  }
  return more && *more ? traits_type::to_int_type(*gptr()) : traits_type::eof();
}

}  // namespace dechaff::io
