#include "io/source.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

namespace dechaff::io {

namespace {

constexpr std::size_t piece = 256 << 10;

// Twice the largest block of either codec (zstd, RFC 8878, 3.1.1.2.4), which is how far one wrong length
// leads.
constexpr std::size_t look_back = 256 << 10;

constexpr std::size_t bytes_to_know_a_member = 4;

}  // namespace

Source::Source(Input input) : input_(std::move(input)) {}

Result<Source> Source::open(const std::string& path, int stop) {
  auto input = Input::open(path, stop);
  if (!input) return input.error();
  return Source(std::move(*input));
}

/// Reads more, forgetting what is not needed; false at the end.
Result<bool> Source::refill() {
  if (ended_) return false;
  const std::size_t unneeded = std::clamp(next_begin_, taken_ - std::min(taken_, look_back), taken_);
  bytes_.erase(0, unneeded);
  base_ += unneeded;
  taken_ -= unneeded;
  next_begin_ -= std::min(next_begin_, unneeded);
  const auto got = input_.read(bytes_, piece);
  if (!got) return got.error();
  ended_ = *got == 0;
  return !ended_;
}

Result<Done> Source::find_codec() {
  while (is_start_of_magic(bytes_)) {
    const auto more = refill();
    if (!more) return more.error();
    if (!*more) break;
  }
  codec_ = codec_of_bytes(bytes_);
  decompressor_ = decompressor(codec_);
  return Done{};
}

/// Decompresses up to the end of what is there or of a member; reads more where there is nothing. False at
/// the end.
Result<bool> Source::step(std::string& out, std::size_t most) {
  if (!decompressor_) {
    if (const auto found = find_codec(); !found) return found.error();
  }
  const std::size_t before = out.size();
  std::string_view rest = std::string_view(bytes_).substr(taken_);
  const bool nothing = rest.empty();
  if (nothing && codec_ == Codec::none && !ended_) return pass_on(out, most);
  const auto done = decompressor_->read(rest, out, most);
  taken_ = bytes_.size() - rest.size();
  if (!done) return done.error();
  if (decompressor_->at_boundary()) next_begin_ = taken_ + 1;
  if (!nothing || out.size() > before) return true;
  const auto more = refill();
  if (!more) return more.error();
  if (*more || stopped()) return *more;
  const auto end = decompressor_->end();
  cut_off_ = !end;
  if (!end) return end.error();
  return false;
}

/// Reads what is not compressed to where it is wanted; all that was read before is taken.
Result<bool> Source::pass_on(std::string& out, std::size_t most) {
  base_ += std::exchange(taken_, 0);
  bytes_.clear();
  next_begin_ = 1;
  const auto got = input_.read(out, most);
  if (!got) return got.error();
  base_ += *got;
  ended_ = *got == 0;
  return !ended_;
}

Result<bool> Source::read(std::string& out, std::size_t most) {
  assert(most > 0);
  const std::size_t before = out.size();
  while (!error_) {
    const auto more = step(out, most);
    if (!more) {
      error_ = more.error();
      error_->pos.file = name();
    }
    if (out.size() > before) return true;
    if (more && !*more) return false;
  }
  return *error_;
}

bool Source::skip_damage() {
  if (!error_ || error_->code != ErrorCode::bad_input) return false;
  for (;;) {
    if (const std::size_t begin = find_member(codec_, bytes_, next_begin_); begin != std::string::npos) {
      decompressor_ = decompressor(codec_);
      taken_ = begin;
      next_begin_ = begin + 1;
      error_.reset();
      return true;
    }
    taken_ = bytes_.size();
    next_begin_ = std::max(next_begin_, taken_ - std::min(taken_, bytes_to_know_a_member - 1));
    const auto more = refill();
    if (!more) error_ = more.error();
    if (!more || !*more) return false;
  }
}

}  // namespace dechaff::io
