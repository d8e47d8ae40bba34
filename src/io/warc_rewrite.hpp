#pragma once

#include <string>
#include <string_view>

#include "io/warc_record.hpp"

namespace dechaff::io {

/// The bytes of `record` with another block.
///
/// - Content-Length is set, and WARC-Block-Digest where it is there.
/// - WARC-Payload-Digest is set where the block is the payload: where both digests were the same, and in a
///   conversion record that is no HTTP message. Elsewhere it stays.
/// - A digest of unknown algorithm or spelling (see digest_like) would be wrong: its lines are left out.
/// - All else stays byte for byte: other fields, their order, names, blanks, line ends.
std::string rewritten(const WarcRecord& record, std::string_view block);

/// The bytes of the header lines of `old` that rewriting to `now` replaced, in their order; the whole header
/// of `old`, from its version line on, where its place could not be told from these lines alone, such as
/// where a line was left out. Empty where the headers are the same.
std::string replaced_header_lines(const WarcRecord& old, const WarcRecord& now);

/// The record that was rewritten to `now`, from its replaced header lines and its block. Lines of another
/// record give bytes that are no record's: compare a hash where they may have been mixed up.
std::string restored(const WarcRecord& now, std::string_view lines, std::string_view block);

}  // namespace dechaff::io
