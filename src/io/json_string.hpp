#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dechaff::io {

// Strings of JSON (RFC 8259, 7): what they say and how they spell it. A "token" is what stands between the
// quotes of a string.

/// Length in bytes of the escape that `raw` begins with, where a backslash stands: 2 or 6, or 0 for none that
/// JSON knows.
std::size_t escape_size(std::string_view raw);

/// A surrogate in an escape, without its other half: no text can hold it, so U+FFFD stands for it.
struct LoneSurrogate {
  std::size_t offset = 0;  ///< of its U+FFFD, in bytes of the text
  std::string raw;         ///< such as "\ud83d", six bytes

  friend bool operator==(const LoneSurrogate&, const LoneSurrogate&) = default;
};

/// The text of a token that is valid UTF-8 and has no escape unknown to JSON; adds to `lone` what it cannot
/// say, if that is wanted.
std::string decode_token(std::string_view token, std::vector<LoneSurrogate>* lone = nullptr);

/// How JSON spells `utf8`, without the quotes: the short escapes, \u00xx for the other controls below U+0020,
/// all else as it is.
std::string json_spelling(std::string_view utf8);

/// Finds the bytes of a token that spell a part of its text. Views the token. All parts of it together cost
/// one walk over the token.
class Spelling {
 public:
  /// `token` as for decode_token.
  explicit Spelling(std::string_view token) : token_(token) {}

  /// What spells the bytes [offset, offset + size) of the text: whole characters, none of them before the end
  /// of the part asked for last.
  std::string_view of(std::size_t offset, std::size_t size);

 private:
  void advance(std::size_t offset);

  std::string_view token_;
  std::size_t at_ = 0;      // in the token
  std::size_t offset_ = 0;  // in the text
};

}  // namespace dechaff::io
