#include "io/warc_rewrite.hpp"

#include <gtest/gtest.h>

#include <string>

#include "case_name.hpp"

namespace dechaff::io {
namespace {

// Of "Soup.", from Python's hashlib, and of "abc", from FIPS 180-4 and RFC 1321.
const std::string soup_sha1 = "sha1:DHYU5P4PIEASLNYT4PSITBEH3ZJIWHG4";
const std::string soup_md5 = "md5:b95d21d71c8fabd491ff327b29c3fcf9";
const std::string abc_sha1 = "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5";
const std::string abc_md5 = "md5:900150983cd24fb0d6963f7d28e17f72";
const std::string page_sha1 = "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

struct RewriteCase {
  const char* name;
  std::string header, want;  // the headers of a record of "Soup." and of what becomes of it with "abc"
  std::string lines;         // that were replaced
};

const std::string conversion = "WARC/1.1\r\nWARC-Type: conversion\r\n";

const RewriteCase rewrite_cases[] = {
    {"length", conversion + "Content-Length: 5\r\nX: y\r\n\r\n",
     conversion + "Content-Length: 3\r\nX: y\r\n\r\n", "Content-Length: 5\r\n"},
    {"blanks_and_names_stay", "WARC/1.0\nwarc-type:conversion\nCONTENT-length :  5 \t\nX:y\n\n",
     "WARC/1.0\nwarc-type:conversion\nCONTENT-length :  3 \t\nX:y\n\n", "CONTENT-length :  5 \t\n"},
    {"folds_stay", conversion + "Content-Length:\r\n 5\r\nX: a\r\n b\r\n\r\n",
     conversion + "Content-Length:\r\n 3\r\nX: a\r\n b\r\n\r\n", "Content-Length:\r\n 5\r\n"},
    {"block_digest",
     conversion + "WARC-Block-Digest: " + soup_sha1 +
         "\r\nWARC-Truncated: length\r\nContent-Length: 5\r\n\r\n",
     conversion + "WARC-Block-Digest: " + abc_sha1 +
         "\r\nWARC-Truncated: length\r\nContent-Length: 3\r\n\r\n",
     "WARC-Block-Digest: " + soup_sha1 + "\r\nContent-Length: 5\r\n"},
    {"payload_digest_of_a_conversion",
     conversion + "WARC-Payload-Digest: " + soup_md5 + "\r\nContent-Length: 5\r\n\r\n",
     conversion + "WARC-Payload-Digest: " + abc_md5 + "\r\nContent-Length: 3\r\n\r\n",
     "WARC-Payload-Digest: " + soup_md5 + "\r\nContent-Length: 5\r\n"},
    {"payload_digest_that_is_the_block_s",
     "WARC/1.0\r\nWARC-Payload-Digest: " + soup_sha1 + "\r\nWARC-Block-Digest: " + soup_sha1 +
         "\r\nContent-Length: 5\r\n\r\n",
     "WARC/1.0\r\nWARC-Payload-Digest: " + abc_sha1 + "\r\nWARC-Block-Digest: " + abc_sha1 +
         "\r\nContent-Length: 3\r\n\r\n",
     "WARC-Payload-Digest: " + soup_sha1 + "\r\nWARC-Block-Digest: " + soup_sha1 +
         "\r\nContent-Length: 5\r\n"},
    {"payload_digest_of_something_else_stays",
     "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Payload-Digest: " + page_sha1 +
         "\r\nWARC-Block-Digest: " + soup_sha1 + "\r\nContent-Length: 5\r\n\r\n",
     "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Payload-Digest: " + page_sha1 +
         "\r\nWARC-Block-Digest: " + abc_sha1 + "\r\nContent-Length: 3\r\n\r\n",
     "WARC-Block-Digest: " + soup_sha1 + "\r\nContent-Length: 5\r\n"},
    {"payload_digest_of_an_http_message_stays",
     conversion + "Content-Type: application/http; msgtype=response\r\nWARC-Payload-Digest: " + page_sha1 +
         "\r\nContent-Length: 5\r\n\r\n",
     conversion + "Content-Type: application/http; msgtype=response\r\nWARC-Payload-Digest: " + page_sha1 +
         "\r\nContent-Length: 3\r\n\r\n",
     "Content-Length: 5\r\n"},
    {"unknown_digest_goes", conversion + "WARC-Block-Digest: blake3:ab\r\nContent-Length: 5\r\nX: y\r\n\r\n",
     conversion + "Content-Length: 3\r\nX: y\r\n\r\n",
     conversion + "WARC-Block-Digest: blake3:ab\r\nContent-Length: 5\r\nX: y\r\n\r\n"},
    {"unknown_digest_goes_with_its_folded_lines",
     conversion + "Content-Length: 5\r\nWARC-Block-Digest: blake3:ab\r\n cd\r\n\r\n",
     conversion + "Content-Length: 3\r\n\r\n",
     conversion + "Content-Length: 5\r\nWARC-Block-Digest: blake3:ab\r\n cd\r\n\r\n"},
    {"the_second_of_two_digests",
     conversion + "WARC-Block-Digest: " + abc_sha1 + "\r\nWARC-Block-Digest: " + soup_sha1 +
         "\r\nContent-Length: 5\r\n\r\n",
     conversion + "WARC-Block-Digest: " + abc_sha1 + "\r\nWARC-Block-Digest: " + abc_sha1 +
         "\r\nContent-Length: 3\r\n\r\n",
     conversion + "WARC-Block-Digest: " + abc_sha1 + "\r\nWARC-Block-Digest: " + soup_sha1 +
         "\r\nContent-Length: 5\r\n\r\n"},
};

class Rewritten : public testing::TestWithParam<RewriteCase> {
 protected:
  std::string old_ = GetParam().header + "Soup.\r\n\n";
  std::string now_ = GetParam().want + "abc\r\n\n";
};

TEST_P(Rewritten, SetsWhatSpeaksOfTheBlock) { EXPECT_EQ(rewritten(record_of(old_), "abc"), now_); }

TEST_P(Rewritten, TellsWhichLinesItReplaced) {
  EXPECT_EQ(replaced_header_lines(record_of(old_), record_of(now_)), GetParam().lines);
}

TEST_P(Rewritten, IsRestored) { EXPECT_EQ(restored(record_of(now_), GetParam().lines, "Soup."), old_); }

INSTANTIATE_TEST_SUITE_P(Records, Rewritten, testing::ValuesIn(rewrite_cases), case_name);

TEST(Rewrite, WithAnEmptyBlock) {
  const std::string old =
      conversion + "WARC-Block-Digest: " + soup_sha1 + "\r\nContent-Length: 5\r\n\r\nSoup.\r\n\r\n";
  EXPECT_EQ(
      rewritten(record_of(old), ""),
      conversion +
          "WARC-Block-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\nContent-Length: 0\r\n\r\n\r\n\r\n");
}

TEST(Rewrite, OfTheSameBlockReplacesNothing) {
  const std::string old = conversion + "Content-Length: 5\r\n\r\nSoup.\r\n\r\n";
  const std::string now = rewritten(record_of(old), "Soup.");
  EXPECT_EQ(now, old);
  EXPECT_EQ(replaced_header_lines(record_of(old), record_of(now)), "");
  EXPECT_EQ(restored(record_of(now), "", "Soup."), old);
}

TEST(Rewrite, OfABlockAsLongReplacesTheDigestAlone) {
  const std::string old =
      conversion + "WARC-Block-Digest: " + soup_sha1 + "\r\nContent-Length: 5\r\n\r\nSoup.\r\n\r\n";
  const std::string now = rewritten(record_of(old), "Stew.");
  const std::string lines = replaced_header_lines(record_of(old), record_of(now));
  EXPECT_EQ(lines, "WARC-Block-Digest: " + soup_sha1 + "\r\n");
  EXPECT_EQ(restored(record_of(now), lines, "Soup."), old);
}

TEST(Rewrite, LinesOfAnotherRecordDoNoHarm) {
  const std::string now = conversion + "Content-Length: 3\r\n\r\nabc\r\n\r\n";
  EXPECT_EQ(restored(record_of(now), "no line", "Soup."),
            conversion + "Content-Length: 3\r\n\r\nSoup.\r\n\r\n");
}

}  // namespace
}  // namespace dechaff::io
