#include "io/gzip.hpp"

#define ZLIB_CONST  // the input of zlib is not const without it
#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <new>

#include "io/tail.hpp"

namespace dechaff::io {

namespace {

constexpr int gzip_window_bits = 15 + 16;  // the largest window, with a gzip header and trailer
constexpr int default_memory_level = 8;

const Bytef* bytes_of(std::string_view in) { return reinterpret_cast<const Bytef*>(in.data()); }

/// Points `stream` to as much of `in` as zlib can count.
void give_input(z_stream& stream, std::string_view in) {
  stream.next_in = bytes_of(in);
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(in.size(), 1U << 30));
}

void give_room(z_stream& stream, Tail& tail) {
  stream.next_out = reinterpret_cast<Bytef*>(tail.data());
  stream.avail_out = static_cast<uInt>(tail.size());
}

Error damaged(std::string_view what) {
  if (what == "incorrect data check") what = "CRC mismatch";
  if (what == "incorrect length check") what = "length mismatch";
  if (what == "incorrect header check") what = "here should be the header of a member";
  return {ErrorCode::bad_input, {}, "damaged gzip data: " + std::string(what)};
}

class GzipDecompressor : public Decompressor {
 public:
  GzipDecompressor() {
    if (inflateInit2(&stream_, gzip_window_bits) != Z_OK) throw std::bad_alloc();
  }
  ~GzipDecompressor() override { inflateEnd(&stream_); }

  Result<Done> read(std::string_view& in, std::string& out, std::size_t room) override;

  Result<Done> end() override {
    if (at_boundary()) return Done{};
    return Error{ErrorCode::bad_input, {}, "the gzip data is cut off inside a member"};
  }

  bool at_boundary() const override { return place_ != Place::inside; }

 private:
  enum class Place { begin, inside, after_member };

  z_stream stream_ = {};
  Place place_ = Place::begin;
};

Result<Done> GzipDecompressor::read(std::string_view& in, std::string& out, std::size_t room) {
  assert(room > 0);
  // Tapes are written in blocks, which zeros fill up.
  if (place_ == Place::after_member) in.remove_prefix(std::min(in.find_first_not_of('\0'), in.size()));
  if (in.empty() && at_boundary()) return Done{};
  place_ = Place::inside;
  for (Tail tail(out, room); tail.open();) {
    give_input(stream_, in);
    give_room(stream_, tail);
    const std::size_t offered = stream_.avail_in;
    const int code = inflate(&stream_, Z_NO_FLUSH);
    in.remove_prefix(offered - stream_.avail_in);
    tail.advance(tail.size() - stream_.avail_out);
    if (code == Z_STREAM_END) {
      inflateReset(&stream_);
      place_ = Place::after_member;
      return Done{};
    }
    if (code == Z_MEM_ERROR) throw std::bad_alloc();
    if (code != Z_OK && code != Z_BUF_ERROR) return damaged(stream_.msg == nullptr ? "invalid" : stream_.msg);
    if (in.empty() && stream_.avail_out > 0) return Done{};
  }
  return Done{};
}

class GzipCompressor : public Compressor {
 public:
  GzipCompressor() {
    // zlib writes no time and no name unless it is given them.
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window_bits, default_memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~GzipCompressor() override { deflateEnd(&stream_); }

  void write(std::string_view in, std::string& out) override {
    while (!in.empty()) {
      give_input(stream_, in);
      const std::size_t offered = stream_.avail_in;
      run(Z_NO_FLUSH, out);
      in.remove_prefix(offered);
    }
  }

  void flush(std::string& out) override { run(Z_SYNC_FLUSH, out); }

  void finish(std::string& out) override {
    run(Z_FINISH, out);
    deflateReset(&stream_);
  }

 private:
  /// Until all input is taken and all output is there: zlib then leaves room.
  void run(int flush, std::string& out) {
    for (Tail tail(out); tail.open();) {
      give_room(stream_, tail);
      [[maybe_unused]] const int code = deflate(&stream_, flush);
      assert(code != Z_STREAM_ERROR);
      tail.advance(tail.size() - stream_.avail_out);
      if (stream_.avail_out > 0) break;
    }
    assert(stream_.avail_in == 0);
  }

  z_stream stream_ = {};
};

}  // namespace

std::unique_ptr<Decompressor> gzip_decompressor() { return std::make_unique<GzipDecompressor>(); }

std::unique_ptr<Compressor> gzip_compressor() { return std::make_unique<GzipCompressor>(); }

}  // namespace dechaff::io
