#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "dechaff/error.hpp"

namespace dechaff::io {

/// How bytes are compressed: not at all, by gzip (RFC 1952) or by Zstandard (RFC 8878).
enum class Codec { none, gzip, zstd };

/// What the name of a file promises: .gz, .zst and .zstd in letters of either case, else `none`.
Codec codec_of_name(std::string_view path);

/// What the first bytes say: the magic of gzip with its only method, deflate, or that of a zstd frame, be it
/// one to skip. Four bytes are always enough.
Codec codec_of_bytes(std::string_view first);

/// Whether `first` is too short to tell: bytes that follow it could still make codec_of_bytes say more
/// than `none`.
bool is_start_of_magic(std::string_view first);

/// Where the next member of a gzip file (its fixed bits: magic, method, no reserved flag) or the next frame
/// of a zstd file may begin, from byte `from` of `bytes` on; npos where there is none. Never for `none`.
std::size_t find_member(Codec codec, std::string_view bytes, std::size_t from);

/// Decompresses members (gzip) or frames (zstd) that stand one after the other, piece by piece.
///
/// Owned by one thread. The bytes that come out, those before an error too, and the error do not depend on
/// how the input is cut into pieces. After an error nothing but the destructor may be called.
class Decompressor {
 public:
  virtual ~Decompressor() = default;
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;

  /// Takes bytes from the front of `in` and appends at most `room` of those they stand for to `out`.
  ///
  /// - Returns when `in` is used up, when `room` (at least 1) is, or after the end of a member.
  /// - Where all of `room` was used, more may come without more input: call it again, even with none.
  /// - Zeros after a gzip member are padding, as to gzip(1).
  /// - Fails (ErrorCode::bad_input) for what is damaged, and for zstd frames with a window of more than
  ///   128 MiB or with a dictionary. What came before the damage has been appended; `in` stands at most one
  ///   block before the place where the damage showed.
  virtual Result<Done> read(std::string_view& in, std::string& out, std::size_t room) = 0;

  /// To be called when there is no more input: an error where it stopped inside a member.
  virtual Result<Done> end() = 0;

  /// Whether all members that began have ended.
  virtual bool at_boundary() const = 0;

 protected:
  Decompressor() = default;
};

/// `none` copies.
std::unique_ptr<Decompressor> decompressor(Codec codec);

/// Compresses into one member or frame after the other, at the level that is the tool's default (gzip 6,
/// zstd 3), with a checksum and without times or names.
///
/// Owned by one thread. The bytes depend on what is written and on where it is flushed, not on the pieces.
class Compressor {
 public:
  virtual ~Compressor() = default;
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  /// Takes all of `in`; appends what is ready to `out`.
  virtual void write(std::string_view in, std::string& out) = 0;

  /// Appends what is missing for a reader to get all that was written. Costs some compression.
  virtual void flush(std::string& out) = 0;

  /// Ends the member, an empty one where nothing was written. What is written next begins another.
  virtual void finish(std::string& out) = 0;

 protected:
  Compressor() = default;
};

/// `none` copies.
std::unique_ptr<Compressor> compressor(Codec codec);

/// `bytes` as one whole member or frame; a zstd frame says how much it holds, so that readers need no more
/// memory than that.
std::string compressed(Codec codec, std::string_view bytes);

}  // namespace dechaff::io
