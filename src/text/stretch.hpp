#pragma once

#include <unicode/normalizer2.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace dechaff::text {

/// A longer run of characters that belong to one another is to be handed on by `with_marks_sorted` (bytes).
inline constexpr std::size_t long_segment = 128;

/// Whether `normaliser` may begin anew at byte `at` of `text`, valid UTF-8; so it may at the end.
bool has_boundary_before(const icu::Normalizer2& normaliser, std::string_view text, std::size_t at);

/// End of the smallest part of `text` from `at` on that `normaliser` takes without what follows.
std::size_t segment_end(const icu::Normalizer2& normaliser, std::string_view text, std::size_t at);

/// A part of a text that a normaliser takes without its neighbours.
struct Stretch {
  std::size_t end = 0;
  bool is_long_segment = false;
};

/// The part from `at` on to work on at once: up to a run of ASCII longer than words, some kilobytes, or a
/// long segment, which is a stretch of its own. `at` is a boundary.
Stretch stretch_at(const icu::Normalizer2& normaliser, std::string_view text, std::size_t at);

/// What `normaliser` makes the same of as of `text`, in linear time: its characters mapped one by one and
/// taken apart, and all marks in canonical order. ICU sorts marks by insertion, which takes a hundred
/// thousand in a row many seconds.
std::string with_marks_sorted(const icu::Normalizer2& normaliser, std::string_view text);

}  // namespace dechaff::text
