#include "io/zstd.hpp"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cassert>
#include <new>

#include "io/tail.hpp"

namespace dechaff::io {

namespace {

constexpr int window_log_max = 27;       // 128 MiB, the default limit of the zstd tool
constexpr std::size_t block_header = 3;  // bytes (RFC 8878, 3.1.1.2)

Error damaged(std::size_t code) {
  const ZSTD_ErrorCode error = ZSTD_getErrorCode(code);
  if (error == ZSTD_error_memory_allocation) throw std::bad_alloc();
  std::string message = "damaged zstd data: ";
  if (error == ZSTD_error_frameParameter_windowTooLarge) {
    message = "a zstd frame needs a window of more than 128 MiB; compress it without --long";
  } else if (error == ZSTD_error_dictionary_wrong) {
    message = "a zstd frame needs a dictionary, and none is taken; compress it without one";
  } else if (error == ZSTD_error_checksum_wrong) {
    message += "checksum mismatch";
  } else if (error == ZSTD_error_prefix_unknown) {
    message += "here should be the header of a frame";
  } else {
    message += ZSTD_getErrorName(code);
  }
  return {ErrorCode::bad_input, {}, message};
}

struct Free {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

class ZstdDecompressor : public Decompressor {
 public:
  ZstdDecompressor() : context_(ZSTD_createDCtx()) {
    if (!context_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, window_log_max);
  }

  Result<Done> read(std::string_view& in, std::string& out, std::size_t room) override;

  Result<Done> end() override {
    if (at_boundary_) return Done{};
    return Error{ErrorCode::bad_input, {}, "the zstd data is cut off inside a frame"};
  }

  bool at_boundary() const override { return at_boundary_; }

 private:
  std::string_view next_part(std::string_view in) const;

  std::unique_ptr<ZSTD_DCtx, Free> context_;
  std::size_t wanted_ = 1;  // bytes to the end of the next block header, as zstd last told
  bool waiting_ = false;    // there may be output that had no room
  bool at_boundary_ = true;
};

/// As much of `in` as zstd can take without beginning to decode a second part of the frame.
///
/// A call that fails tells nothing of what it had decoded before. So a block is given without the header
/// after it that zstd wants with it, a header byte by byte, and nothing while output is waiting.
std::string_view ZstdDecompressor::next_part(std::string_view in) const {
  if (waiting_) return in.substr(0, 0);
  return in.substr(0, std::max(wanted_, block_header + 1) - block_header);
}

Result<Done> ZstdDecompressor::read(std::string_view& in, std::string& out, std::size_t room) {
  assert(room > 0);
  for (Tail tail(out, room); tail.open() && (waiting_ || !in.empty());) {
    const std::string_view part = next_part(in);
    ZSTD_inBuffer input = {part.data(), part.size(), 0};
    ZSTD_outBuffer output = {tail.data(), tail.size(), 0};
    const std::size_t code = ZSTD_decompressStream(context_.get(), &output, &input);
    if (ZSTD_isError(code) != 0) return damaged(code);
    in.remove_prefix(input.pos);
    tail.advance(output.pos);
    wanted_ = code;
    at_boundary_ = code == 0;
    waiting_ = output.pos == output.size && !at_boundary_;
    if (at_boundary_) break;
  }
  return Done{};
}

std::unique_ptr<ZSTD_CCtx, Free> new_context() {
  std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
  if (!context) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, ZSTD_CLEVEL_DEFAULT);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  return context;
}

/// Compressing fails for nothing but memory that has run out.
std::size_t checked(std::size_t code) {
  if (ZSTD_isError(code) != 0) throw std::bad_alloc();
  return code;
}

class ZstdCompressor : public Compressor {
 public:
  void write(std::string_view in, std::string& out) override { run(in, ZSTD_e_continue, out); }
  void flush(std::string& out) override { run({}, ZSTD_e_flush, out); }
  void finish(std::string& out) override {
    // The first call fixes how the frame is compressed; that it is the last, too, must not matter.
    run({}, ZSTD_e_continue, out);
    run({}, ZSTD_e_end, out);
  }

 private:
  void run(std::string_view in, ZSTD_EndDirective what, std::string& out) {
    ZSTD_inBuffer input = {in.data(), in.size(), 0};
    for (Tail tail(out); tail.open();) {
      ZSTD_outBuffer output = {tail.data(), tail.size(), 0};
      const std::size_t left = checked(ZSTD_compressStream2(context_.get(), &output, &input, what));
      tail.advance(output.pos);
      // While nothing has to come out, what is left is but a hint.
      if (what == ZSTD_e_continue ? input.pos == input.size : left == 0) break;
    }
  }

  std::unique_ptr<ZSTD_CCtx, Free> context_ = new_context();
};

}  // namespace

std::unique_ptr<Decompressor> zstd_decompressor() { return std::make_unique<ZstdDecompressor>(); }

std::unique_ptr<Compressor> zstd_compressor() { return std::make_unique<ZstdCompressor>(); }

std::string zstd_frame(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(
      checked(ZSTD_compress2(new_context().get(), out.data(), out.size(), bytes.data(), bytes.size())));
  return out;
}

}  // namespace dechaff::io
