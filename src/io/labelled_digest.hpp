#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dechaff::io {

/// The digest of `bytes`, labelled and spelled as `like` is (a labelled-digest of ISO 28500:2017, 5.8):
/// "sha1:" and 32 characters gives SHA-1 in base32, "sha1:" and 40 gives it in hex.
///
/// - Known are md5, sha1, sha256 and sha512, in any case and with a hyphen or without ("SHA-256").
/// - The label stays as it is; letters are lower case where those of `like` are, and base32 (RFC 4648,
///   section 6) is padded where it was.
/// - Nothing where the algorithm is not known, or where `like` is neither its hex nor its base32.
std::optional<std::string> digest_like(std::string_view like, std::string_view bytes);

}  // namespace dechaff::io
