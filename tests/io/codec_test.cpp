#include "io/codec.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"
#include "decoded.hpp"
#include "samples.hpp"

namespace dechaff::io {
namespace {

using namespace std::string_view_literals;

struct NameCase {
  const char* name;
  std::string_view path;
  Codec want;
};

class CodecOfName : public testing::TestWithParam<NameCase> {};

const NameCase name_cases[] = {
    {"gz", "a.jsonl.gz", Codec::gzip},
    {"zst", "a.zst", Codec::zstd},
    {"zstd", "a.zstd", Codec::zstd},
    {"letters_of_either_case", "A.GZ", Codec::gzip},
    {"mixed_case", "a.ZsT", Codec::zstd},
    {"folders_before", "/x.zst/a.gz", Codec::gzip},
    {"none", "a.txt", Codec::none},
    {"inside", "a.gz.txt", Codec::none},
    {"without_a_dot", "agz", Codec::none},
    {"alone", ".gz", Codec::gzip},
    {"empty", "", Codec::none},
    {"tgz_is_an_archive", "a.tgz", Codec::none},
};

TEST_P(CodecOfName, GoesByTheSuffix) { EXPECT_EQ(codec_of_name(GetParam().path), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Names, CodecOfName, testing::ValuesIn(name_cases), case_name);

struct MagicCase {
  const char* name;
  std::string_view first;
  Codec want;
  bool is_start = false;
};

class CodecOfBytes : public testing::TestWithParam<MagicCase> {};

const MagicCase magic_cases[] = {
    {"gzip", "\x1f\x8b\x08\x00 and more"sv, Codec::gzip},
    {"gzip_magic_alone", "\x1f\x8b\x08"sv, Codec::gzip},
    {"gzip_of_another_method", "\x1f\x8b\x07"sv, Codec::none},
    {"zstd", "\x28\xb5\x2f\xfd$"sv, Codec::zstd},
    {"frame_to_skip_first", "\x50\x2a\x4d\x18"sv, Codec::zstd},
    {"frame_to_skip_last", "\x5f\x2a\x4d\x18"sv, Codec::zstd},
    {"past_the_frames_to_skip", "\x60\x2a\x4d\x18"sv, Codec::none},
    {"text", "Soup"sv, Codec::none},
    {"text_like_a_frame_to_skip", "P*M?"sv, Codec::none},
    {"nothing", ""sv, Codec::none, true},
    {"one_byte_of_gzip", "\x1f"sv, Codec::none, true},
    {"two_bytes_of_gzip", "\x1f\x8b"sv, Codec::none, true},
    {"one_byte_of_zstd", "("sv, Codec::none, true},
    {"three_bytes_of_zstd", "\x28\xb5\x2f"sv, Codec::none, true},
    {"one_byte_of_a_frame_to_skip", "P"sv, Codec::none, true},
    {"two_bytes_of_text", "(a"sv, Codec::none},
};

TEST_P(CodecOfBytes, GoesByTheMagic) {
  EXPECT_EQ(codec_of_bytes(GetParam().first), GetParam().want);
  EXPECT_EQ(is_start_of_magic(GetParam().first), GetParam().is_start);
}

INSTANTIATE_TEST_SUITE_P(Magics, CodecOfBytes, testing::ValuesIn(magic_cases), case_name);

class EachCodec : public testing::TestWithParam<Codec> {
 protected:
  static std::string written(std::string_view bytes, std::size_t piece) {
    std::string out;
    const auto writer = compressor(GetParam());
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
      writer->write(bytes.substr(0, piece), out);
    writer->finish(out);
    return out;
  }
};

INSTANTIATE_TEST_SUITE_P(Codecs, EachCodec, testing::ValuesIn(all_codecs), codec_name);

TEST_P(EachCodec, GivesBackWhatWasWrittenInPiecesOfAnySize) {
  for (const std::string& bytes : {std::string(), std::string("a"), prose(300), noise(300), prose(300'000),
                                   noise(300'000), std::string(300'000, '\0')}) {
    const std::string whole = written(bytes, bytes.size());
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U, 65'536U, 131'072U, 131'073U}) {
      if (piece * 20'000 < bytes.size()) continue;
      EXPECT_TRUE(written(bytes, piece) == whole) << bytes.size() << " bytes in pieces of " << piece;
      EXPECT_TRUE(decoded(GetParam(), whole, piece) == (Decoded{bytes, ""}))
          << bytes.size() << " bytes from pieces of " << piece;
    }
  }
}

TEST_P(EachCodec, GivesBackWholeMembers) {
  for (const std::string& bytes : {std::string(), prose(70'000), noise(700'000)})
    EXPECT_TRUE(decoded(GetParam(), compressed(GetParam(), bytes)) == (Decoded{bytes, ""}));
}

TEST_P(EachCodec, GivesTheSameBytesForTheSameInput) {
  EXPECT_EQ(compressed(GetParam(), prose(1000)), compressed(GetParam(), prose(1000)));
}

TEST_P(EachCodec, ReadsWhatWasFlushed) {
  const auto writer = compressor(GetParam());
  const auto reader = decompressor(GetParam());
  std::string got;
  for (const char* line : {"one\n", "two\n", "", "three\n"}) {
    std::string packed;
    writer->write(line, packed);
    writer->flush(packed);
    std::string_view in = packed;
    got.clear();
    while (!in.empty()) ASSERT_TRUE(reader->read(in, got, 100));
    EXPECT_EQ(got, line);
  }
  std::string packed;
  writer->finish(packed);
  std::string_view in = packed;
  got.clear();
  while (!in.empty()) ASSERT_TRUE(reader->read(in, got, 100));
  EXPECT_EQ(got, "");
  EXPECT_TRUE(reader->at_boundary());
}

TEST_P(EachCodec, BeginsAnotherMemberAfterTheEndOfOne) {
  const auto writer = compressor(GetParam());
  std::string first;
  writer->write("one\n", first);
  writer->finish(first);
  std::string second;
  writer->write("two\n", second);
  writer->finish(second);
  EXPECT_EQ(decoded(GetParam(), first), (Decoded{"one\n", ""}));
  EXPECT_EQ(decoded(GetParam(), second), (Decoded{"two\n", ""}));
  EXPECT_EQ(decoded(GetParam(), first + second), (Decoded{"one\ntwo\n", ""}));
}

class TrueCodec : public EachCodec {};

INSTANTIATE_TEST_SUITE_P(Codecs, TrueCodec, testing::ValuesIn(true_codecs), codec_name);

TEST_P(TrueCodec, MakesProseSmaller) { EXPECT_LT(compressed(GetParam(), prose(100'000)).size(), 50'000U); }

TEST_P(TrueCodec, SaysWhatItIs) {
  EXPECT_EQ(codec_of_bytes(compressed(GetParam(), "")), GetParam());
  EXPECT_EQ(codec_of_bytes(written("a", 1)), GetParam());
}

TEST_P(TrueCodec, StopsAtTheEndOfEachMember) {
  const std::string members[] = {compressed(GetParam(), "one"), compressed(GetParam(), ""),
                                 compressed(GetParam(), prose(200'000))};
  const std::string all = members[0] + members[1] + members[2];
  const auto reader = decompressor(GetParam());
  EXPECT_TRUE(reader->at_boundary());
  std::string_view in = all;
  std::string out;
  std::vector<std::size_t> ends;
  while (!in.empty()) {
    ASSERT_TRUE(reader->read(in, out, 1'000'000));
    EXPECT_TRUE(reader->at_boundary());
    ends.push_back(all.size() - in.size());
  }
  EXPECT_EQ(ends, (std::vector{members[0].size(), members[0].size() + members[1].size(), all.size()}));
  in = members[0];
  in.remove_suffix(1);
  ASSERT_TRUE(reader->read(in, out, 100));
  EXPECT_FALSE(reader->at_boundary());
}

TEST_P(TrueCodec, GivesABombOutPieceByPiece) {
  constexpr std::size_t size = 100'000'000;
  const std::string zeros(1'000'000, '\0');
  std::string bomb;
  const auto writer = compressor(GetParam());
  for (std::size_t written = 0; written < size; written += zeros.size()) writer->write(zeros, bomb);
  writer->finish(bomb);
  ASSERT_LT(bomb.size(), 200'000U);

  const auto reader = decompressor(GetParam());
  std::string_view in = bomb;
  std::string out;
  std::size_t total = 0;
  do {
    out.clear();
    ASSERT_TRUE(reader->read(in, out, 10'000));
    ASSERT_LE(out.size(), 10'000U);
    ASSERT_LT(out.capacity(), 100'000U);
    total += out.size();
  } while (!in.empty() || !out.empty());
  EXPECT_EQ(total, size);
  EXPECT_TRUE(reader->end());
}

struct ForeignCase {
  const char* name;
  Codec codec;
  std::string_view bytes;
  const char* want;
  const char* error = "";
};

class Foreign : public testing::TestWithParam<ForeignCase> {};

// What the tools wrote: gzip 1.12, zstd 1.5.4.
constexpr auto gzip_with_name =
    "\x1f\x8b\x08\x08\x80\x51\x01\x00\x00\x03soup.txt\x00\x0b\xce\x2f\x2d\xe0\x02\x00"
    "\x00\x9f\x04\x47\x05\x00\x00\x00"sv;
constexpr auto gzip_with_all_fields =
    "\x1f\x8b\x08\x1f\x00\x00\x00\x00\x00\x03\x04\x00"
    "AB\x00\x00soup\x00hot\x00\xbc\xd7\x0b\xce\x2f\x2d\xe0\x02\x00\x00\x9f\x04\x47\x05\x00\x00\x00"sv;
constexpr auto gzip_with_wrong_header_crc =
    "\x1f\x8b\x08\x1f\x00\x00\x00\x00\x00\x03\x04\x00"
    "AB\x00\x00soup\x00hot\x00\xbc\xd8\x0b\xce\x2f\x2d\xe0\x02\x00\x00\x9f\x04\x47\x05\x00\x00\x00"sv;
constexpr auto gzip_with_wrong_crc =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x0b\xce\x2f\x2d\xe0\x02\x00\x01\x9f\x04\x47\x05\x00\x00\x00"sv;
constexpr auto gzip_with_wrong_length =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x0b\xce\x2f\x2d\xe0\x02\x00\x00\x9f\x04\x47\x06\x00\x00\x00"sv;
constexpr auto zstd_of_a_file = "\x28\xb5\x2f\xfd\x24\x05\x29\x00\x00Soup\x0a\x3f\x99\xee\x68"sv;
constexpr auto zstd_without_checksum = "\x28\xb5\x2f\xfd\x00\x58\x29\x00\x00Soup\x0a"sv;
constexpr auto zstd_with_wrong_checksum = "\x28\xb5\x2f\xfd\x24\x05\x29\x00\x00Soup\x0a\x3f\x99\xee\x69"sv;
constexpr auto zstd_long_28 = "\x28\xb5\x2f\xfd\x04\x90\x29\x00\x00Soup\x0a\x3f\x99\xee\x68"sv;
constexpr auto zstd_long_27 = "\x28\xb5\x2f\xfd\x04\x88\x29\x00\x00Soup\x0a\x3f\x99\xee\x68"sv;
constexpr auto zstd_with_dictionary =
    "\x28\xb5\x2f\xfd\x07\x58\xed\x4f\xd5\x56\x29\x00\x00Soup\x0a\x3f\x99\xee\x68"sv;
constexpr auto zstd_after_one_to_skip =
    "\x53\x2a\x4d\x18\x03\x00\x00\x00"
    "abc\x28\xb5\x2f\xfd\x00\x58\x29\x00\x00Soup\x0a"sv;
constexpr auto zstd_one_to_skip_of_nothing = "\x5f\x2a\x4d\x18\x00\x00\x00\x00"sv;
constexpr auto zstd_before_text = "\x28\xb5\x2f\xfd\x00\x58\x29\x00\x00Soup\x0aSoup\x0a"sv;
constexpr auto zstd_version_0_7 = "\x28\xb5\x2f\xfd\x00\x58\x29\x00\x00Soup\x0a\x27\xb5\x2f\xfd\x00\x00"sv;

const ForeignCase foreign_cases[] = {
    {"gzip_with_name_and_time", Codec::gzip, gzip_with_name, "Soup\n"},
    {"gzip_with_all_fields", Codec::gzip, gzip_with_all_fields, "Soup\n"},
    {"gzip_with_wrong_header_crc", Codec::gzip, gzip_with_wrong_header_crc, "",
     "damaged gzip data: header crc mismatch"},
    {"gzip_with_wrong_crc", Codec::gzip, gzip_with_wrong_crc, "Soup\n", "damaged gzip data: CRC mismatch"},
    {"gzip_with_wrong_length", Codec::gzip, gzip_with_wrong_length, "Soup\n",
     "damaged gzip data: length mismatch"},
    {"zstd_of_a_file", Codec::zstd, zstd_of_a_file, "Soup\n"},
    {"zstd_without_checksum", Codec::zstd, zstd_without_checksum, "Soup\n"},
    {"zstd_with_wrong_checksum", Codec::zstd, zstd_with_wrong_checksum, "Soup\n",
     "damaged zstd data: checksum mismatch"},
    {"zstd_of_the_largest_window", Codec::zstd, zstd_long_27, "Soup\n"},
    {"zstd_of_a_window_too_large", Codec::zstd, zstd_long_28, "",
     "a zstd frame needs a window of more than 128 MiB; compress it without --long"},
    {"zstd_with_dictionary", Codec::zstd, zstd_with_dictionary, "",
     "a zstd frame needs a dictionary, and none is taken; compress it without one"},
    {"zstd_after_a_frame_to_skip", Codec::zstd, zstd_after_one_to_skip, "Soup\n"},
    {"zstd_frame_to_skip_of_nothing", Codec::zstd, zstd_one_to_skip_of_nothing, ""},
    {"zstd_before_text", Codec::zstd, zstd_before_text, "Soup\n",
     "damaged zstd data: here should be the header of a frame"},
    {"zstd_before_another_version", Codec::zstd, zstd_version_0_7, "Soup\n",
     "damaged zstd data: here should be the header of a frame"},
    {"text_as_gzip", Codec::gzip, "Soup\n"sv, "", "damaged gzip data: here should be the header of a member"},
    {"text_as_zstd", Codec::zstd, "Soup\n"sv, "", "damaged zstd data: here should be the header of a frame"},
};

TEST_P(Foreign, IsReadOrRefused) {
  const Decoded want = {GetParam().want, GetParam().error};
  for (const std::size_t piece : {1U, 2U, 5U, 1000U}) {
    EXPECT_EQ(decoded(GetParam().codec, GetParam().bytes, piece).bytes, want.bytes) << piece;
    EXPECT_EQ(decoded(GetParam().codec, GetParam().bytes, piece).error, want.error) << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Foreign, testing::ValuesIn(foreign_cases), case_name);

struct PaddingCase {
  const char* name;
  std::string after;
  const char* want;
  const char* error = "";
};

class GzipPadding : public testing::TestWithParam<PaddingCase> {};

const PaddingCase padding_cases[] = {
    {"zeros", std::string(512, '\0'), "Soup\n"},
    {"one_zero", std::string(1, '\0'), "Soup\n"},
    {"a_member_after_zeros", std::string(7, '\0') + std::string(gzip_with_name), "Soup\nSoup\n"},
    {"text", "Soup", "Soup\n", "damaged gzip data: here should be the header of a member"},
    {"text_after_zeros", std::string(7, '\0') + "Soup", "Soup\n",
     "damaged gzip data: here should be the header of a member"},
    {"half_a_header", "\x1f\x8b", "Soup\n", "the gzip data is cut off inside a member"},
};

TEST_P(GzipPadding, StandsAfterMembers) {
  for (const std::size_t piece : {1U, 2U, 5U, 1000U}) {
    const Decoded got = decoded(Codec::gzip, std::string(gzip_with_name) + GetParam().after, piece);
    EXPECT_EQ(got.bytes, GetParam().want) << piece;
    EXPECT_EQ(got.error, GetParam().error) << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(After, GzipPadding, testing::ValuesIn(padding_cases), case_name);

TEST(GzipPadding, DoesNotStandBeforeMembers) {
  EXPECT_EQ(decoded(Codec::gzip, std::string(4, '\0') + std::string(gzip_with_name)).error,
            "damaged gzip data: here should be the header of a member");
}

TEST(GzipCompressor, WritesNoTimeAndNoName) {
  // RFC 1952, 2.3: magic, deflate, no flags, no time, nothing extra, Unix.
  EXPECT_EQ(compressed(Codec::gzip, "Soup\n").substr(0, 10), "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"sv);
}

TEST(ZstdCompressor, WritesAChecksum) {
  constexpr char checksum_flag = 4;  // RFC 8878, 3.1.1.1.1
  EXPECT_NE(compressed(Codec::zstd, "Soup\n")[4] & checksum_flag, 0);
  EXPECT_EQ(compressed(Codec::zstd, "Soup\n"), zstd_of_a_file);
}

struct MemberCase {
  const char* name;
  Codec codec;
  std::string_view bytes;
  std::size_t from;
  std::size_t want;
};

class FindMember : public testing::TestWithParam<MemberCase> {};

constexpr std::size_t nowhere = std::string_view::npos;

const MemberCase member_cases[] = {
    {"gzip", Codec::gzip, "ab\x1f\x8b\x08\x00"sv, 0, 2},
    {"gzip_from_there", Codec::gzip, "ab\x1f\x8b\x08\x00"sv, 2, 2},
    {"gzip_behind_it", Codec::gzip, "ab\x1f\x8b\x08\x00"sv, 3, nowhere},
    {"gzip_cut_before_its_flags", Codec::gzip, "ab\x1f\x8b\x08"sv, 0, nowhere},
    {"gzip_with_reserved_flags", Codec::gzip, "\x1f\x8b\x08\x20\x1f\x8b\x08\x1f"sv, 0, 4},
    {"gzip_of_another_method", Codec::gzip, "\x1f\x8b\x07\x00"sv, 0, nowhere},
    {"zstd", Codec::zstd, "ab\x28\xb5\x2f\xfd"sv, 0, 2},
    {"zstd_frame_to_skip_is_no_use", Codec::zstd, "\x50\x2a\x4d\x18\x28\xb5\x2f\xfd"sv, 0, 4},
    {"the_other_codec", Codec::zstd, "ab\x1f\x8b\x08\x00"sv, 0, nowhere},
    {"none", Codec::none, "ab\x1f\x8b\x08\x00"sv, 0, nowhere},
    {"past_the_end", Codec::gzip, "ab"sv, 9, nowhere},
};

TEST_P(FindMember, GoesByTheMagic) {
  EXPECT_EQ(find_member(GetParam().codec, GetParam().bytes, GetParam().from), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Begins, FindMember, testing::ValuesIn(member_cases), case_name);

}  // namespace
}  // namespace dechaff::io
