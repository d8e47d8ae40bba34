#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "dechaff/error.hpp"
#include "io/codec.hpp"
#include "io/input.hpp"

namespace dechaff::io {

/// The bytes of one input as they come, decompressed where its first bytes (never its name) say that it is
/// compressed. Moved, not copied; owned by one thread. Holds less than 1 MiB, and what a codec needs.
class Source {
 public:
  /// "-" is standard input. With a descriptor `stop`, the input ends as soon as that one can be read from.
  /// Fails (ErrorCode::io, with path and the system's reason) for what is not there, or is a folder.
  static Result<Source> open(const std::string& path, int stop = -1);

  /// Appends what there is, at least one byte and at most `most` (at least 1); false at the end.
  ///
  /// Waits for no more than the first byte. Fails with the name of the input: ErrorCode::io where reading
  /// does, ErrorCode::bad_input for damaged compressed data, and then again with the same error. All bytes
  /// before the place where an error showed have been given out before it.
  Result<bool> read(std::string& out, std::size_t most);

  /// After damage: goes on at the next place that looks like the begin of a member or frame; false where
  /// there is none, and after errors of other kinds.
  ///
  /// Looks from behind the begin of the damaged member, at most 256 KiB back: a wrong length lets a decoder
  /// run on into sound members before it notices.
  bool skip_damage();

  /// Whether `read` failed because compressed data ends too early: all that is there was given out.
  bool is_cut_off() const { return cut_off_; }

  /// Whether it was told to end before its end.
  bool stopped() const { return input_.stopped(); }

  /// The bytes of the file on disk; nothing for what has no size, such as a pipe.
  std::optional<std::uint64_t> size() const { return input_.size(); }

  /// How many bytes of the file are used; after damage it may go back.
  std::uint64_t position() const { return base_ + taken_; }

  /// How the input is compressed; `none` before the first call of `read`.
  Codec codec() const { return codec_; }

  /// The path, or "(standard input)".
  const std::string& name() const { return input_.name(); }

 private:
  explicit Source(Input input);
  Result<bool> step(std::string& out, std::size_t most);
  Result<bool> pass_on(std::string& out, std::size_t most);
  Result<bool> refill();
  Result<Done> find_codec();

  Input input_;
  Codec codec_ = Codec::none;
  std::unique_ptr<Decompressor> decompressor_;  // not there before the codec is known
  std::string bytes_;                           // as they were read: some that are taken, those that are not
  std::uint64_t base_ = 0;                      // where they begin in the input
  std::size_t taken_ = 0;                       // how many of them the decompressor has
  std::size_t next_begin_ = 1;  // where in them, at the earliest, another member than this one begins
  bool ended_ = false;
  bool cut_off_ = false;
  std::optional<Error> error_;
};

}  // namespace dechaff::io
