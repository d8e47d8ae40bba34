#include "io/warc_splitter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include "case_name.hpp"

namespace dechaff::io {
namespace {

using Kind = WarcPiece::Kind;

constexpr std::uint64_t no_limit = 1 << 30;

/// A piece that outlives what it was cut from.
struct Piece {
  Kind kind;
  std::string bytes;
  std::string error = {};
  std::uint64_t ordinal = 0, offset = 0;

  friend bool operator==(const Piece& a, const Piece& b) {
    return a.kind == b.kind && a.bytes == b.bytes && a.error == b.error;
  }
  friend void PrintTo(const Piece& piece, std::ostream* out) {
    *out << static_cast<int>(piece.kind) << " " << testing::PrintToString(piece.bytes) << " " << piece.error;
  }
};

void take_all(WarcSplitter& splitter, std::vector<Piece>& out) {
  while (const auto piece = splitter.next()) {
    out.push_back({piece->kind, std::string(piece->bytes), piece->error ? to_string(*piece->error) : "",
                   piece->ordinal, piece->offset});
  }
}

std::vector<Piece> cut(std::string_view input, std::size_t size, std::uint64_t max_record = no_limit) {
  WarcSplitter splitter(max_record);
  std::vector<Piece> out;
  for (std::size_t at = 0; at < input.size(); at += size) {
    splitter.feed(input.substr(at, size));
    take_all(splitter, out);
  }
  splitter.finish();
  take_all(splitter, out);
  return out;
}

std::string joined(const std::vector<Piece>& pieces) {
  std::string out;
  for (const Piece& piece : pieces) out += piece.bytes;
  return out;
}

const std::string one = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 5\r\n\r\nSoup.\r\n\r\n";
const std::string two = "WARC/1.1\r\nContent-Length: 0\r\nWARC-Type: metadata\r\n\r\n\r\n\r\n";
const std::string block_of_ends = "WARC/1.1\r\nContent-Length: 16\r\n\r\n\r\n\r\n\r\nWARC/1.1\r\n\r\n\r\n";

Piece record(std::string bytes) { return {Kind::record, std::move(bytes)}; }
Piece blank(std::string bytes) { return {Kind::blank, std::move(bytes)}; }
Piece damaged(std::string bytes, std::string error) {
  return {Kind::damaged, std::move(bytes), std::move(error)};
}

struct SplitCase {
  const char* name;
  std::string input;
  std::vector<Piece> want;
};

const std::string no_length = "WARC/1.0\r\nWARC-Type: conversion\r\n\r\nSoup.\r\n\r\n";
const std::string too_short = "WARC/1.0\r\nContent-Length: 3\r\n\r\nSoup.\r\n\r\n";
const std::string too_long = "WARC/1.0\r\nContent-Length: 30\r\n\r\nSoup.\r\n\r\n";

std::string with_length(const std::string& line) { return "WARC/1.0\r\n" + line + "\r\n\r\nSoup.\r\n\r\n"; }

const std::string senseless = "record 1 at byte 0: a Content-Length that is no length";
const std::string no_version = "record 1 at byte 0: no version line";
const std::string no_border = "record 1 at byte 0: no two line ends behind the block";

const SplitCase split_cases[] = {
    {"nothing_has_no_pieces", "", {}},
    {"a_record_alone", one, {record(one)}},
    {"records_in_order", one + two + one, {record(one), record(two), record(one)}},
    {"line_feeds_alone",
     "WARC/1.0\nContent-Length: 5\n\nSoup.\n\n" + one,
     {record("WARC/1.0\nContent-Length: 5\n\nSoup.\n\n"), record(one)}},
    {"line_ends_mixed",
     "WARC/1.0\r\nContent-Length: 5\n\r\nSoup.\n\r\n" + one,
     {record("WARC/1.0\r\nContent-Length: 5\n\r\nSoup.\n\r\n"), record(one)}},
    {"a_block_may_look_like_records", block_of_ends + one, {record(block_of_ends), record(one)}},
    {"old_versions",
     "WARC/0.18\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
     {record("WARC/0.18\r\nContent-Length: 0\r\n\r\n\r\n\r\n")}},
    {"names_in_any_case",
     "WARC/1.0\r\ncontent-LENGTH:5\r\n\r\nSoup.\r\n\r\n",
     {record("WARC/1.0\r\ncontent-LENGTH:5\r\n\r\nSoup.\r\n\r\n")}},
    {"a_folded_length",
     "WARC/1.0\r\nContent-Length:\r\n\t5 \r\n\r\nSoup.\r\n\r\n",
     {record("WARC/1.0\r\nContent-Length:\r\n\t5 \r\n\r\nSoup.\r\n\r\n")}},
    {"a_folded_line_is_no_field",
     "WARC/1.0\r\nX: a\r\n Content-Length: 9\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
     {record("WARC/1.0\r\nX: a\r\n Content-Length: 9\r\nContent-Length: 0\r\n\r\n\r\n\r\n")}},
    {"text_in_front", "Soup.\n\n" + one, {damaged("Soup.\n\n", no_version), record(one)}},
    {"a_record_behind_no_blank_line_is_damaged_too",
     "Soup.\n" + one + one,
     {damaged("Soup.\n" + one, no_version), record(one)}},
    {"a_version_to_come",
     "WARC/2.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" + one,
     {damaged("WARC/2.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n", no_version), record(one)}},
    {"a_version_line_with_more_on_it",
     "WARC/1.0 x\r\nContent-Length: 0\r\n\r\n\r\n\r\n" + one,
     {damaged("WARC/1.0 x\r\nContent-Length: 0\r\n\r\n\r\n\r\n", no_version), record(one)}},
    {"a_lone_carriage_return", "\r" + one, {damaged("\r" + one, no_version)}},
    {"no_length",
     no_length + one,
     {damaged(no_length, "record 1 at byte 0: no Content-Length"), record(one)}},
    {"length_twice",
     with_length("Content-Length: 5\r\nContent-Length: 5") + one,
     {damaged(with_length("Content-Length: 5\r\nContent-Length: 5"),
              "record 1 at byte 0: more than one Content-Length"),
      record(one)}},
    {"a_length_in_words",
     with_length("Content-Length: five") + one,
     {damaged(with_length("Content-Length: five"), senseless), record(one)}},
    {"an_empty_length",
     with_length("Content-Length:") + one,
     {damaged(with_length("Content-Length:"), senseless), record(one)}},
    {"a_negative_length",
     with_length("Content-Length: -5") + one,
     {damaged(with_length("Content-Length: -5"), senseless), record(one)}},
    {"a_length_beyond_all_files",
     with_length("Content-Length: 9223372036854775808") + one,
     {damaged(with_length("Content-Length: 9223372036854775808"), senseless), record(one)}},
    {"a_length_too_short", too_short + one, {damaged(too_short, no_border), record(one)}},
    {"a_length_too_long", too_long + one + two, {damaged(too_long, no_border), record(one), record(two)}},
    {"one_line_end_behind_the_block",
     "WARC/1.0\nContent-Length: 5\n\nSoup.\n" + one + two,
     {damaged("WARC/1.0\nContent-Length: 5\n\nSoup.\n" + one, no_border), record(two)}},
    {"damage_counts_as_a_record",
     one + no_length + too_short + two,
     {record(one), damaged(no_length, "record 2 at byte 63: no Content-Length"),
      damaged(too_short, "record 3 at byte 107: no two line ends behind the block"), record(two)}},
    {"a_start_in_a_damaged_text_is_tried",
     no_length.substr(0, no_length.size() - 2) + "\nWARC/1.x\n\n" + one,
     {damaged(no_length.substr(0, no_length.size() - 2) + "\n", "record 1 at byte 0: no Content-Length"),
      damaged("WARC/1.x\n\n", "record 2 at byte 43: no version line"), record(one)}},
    {"an_end_inside_the_word",
     one + "WAR",
     {record(one), damaged("WAR", "record 2 at byte 63: the input ends inside the header")}},
    {"an_end_inside_the_header",
     one + "WARC/1.0\r\nWARC-Ty",
     {record(one), damaged("WARC/1.0\r\nWARC-Ty", "record 2 at byte 63: the input ends inside the header")}},
    {"an_end_inside_the_block",
     "WARC/1.0\r\nContent-Length: 5\r\n\r\nSou",
     {damaged("WARC/1.0\r\nContent-Length: 5\r\n\r\nSou",
              "record 1 at byte 0: the input ends inside the record")}},
    {"an_end_inside_the_border",
     one.substr(0, one.size() - 1),
     {damaged(one.substr(0, one.size() - 1), "record 1 at byte 0: the input ends inside the record")}},
    {"a_length_beyond_the_end",
     "WARC/1.0\r\nContent-Length: 500\r\n\r\nSoup.\r\n\r\n" + one,
     {damaged("WARC/1.0\r\nContent-Length: 500\r\n\r\nSoup.\r\n\r\n",
              "record 1 at byte 0: the input ends inside the record"),
      record(one)}},
};

class SplitWarc : public testing::TestWithParam<SplitCase> {};

TEST_P(SplitWarc, CutsTheSamePiecesHoweverItIsFed) {
  for (const unsigned size : {1U, 7U, 4096U}) EXPECT_EQ(cut(GetParam().input, size), GetParam().want) << size;
}

INSTANTIATE_TEST_SUITE_P(Inputs, SplitWarc, testing::ValuesIn(split_cases), case_name);

TEST(WarcSplitter, HandsOutBlankLinesBetweenRecords) {
  const std::vector<Piece> want = {blank("\n\r\n"), record(one), blank("\r\n\n"), record(two), blank("\r\n")};
  EXPECT_EQ(cut("\n\r\n" + one + "\r\n\n" + two + "\r\n", 4096), want);
}

TEST(WarcSplitter, CountsRecordsAndBytes) {
  const auto pieces = cut("\r\n" + one + "\r\n" + no_length + two, 7);
  ASSERT_EQ(pieces.size(), 5U);
  const std::uint64_t ordinals[] = {0, 1, 1, 2, 3};
  const std::uint64_t offsets[] = {0, 2, 65, 67, 111};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_EQ(pieces[i].ordinal, ordinals[i]);
    EXPECT_EQ(pieces[i].offset, offsets[i]);
  }
}

TEST(WarcSplitter, HandsOutARecordAsSoonAsItIsWhole) {
  WarcSplitter splitter(no_limit);
  splitter.feed(one);
  const auto piece = splitter.next();
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->bytes, one);
  EXPECT_FALSE(splitter.next());
}

/// Wherever the input ends, what is there comes out, and what was cut through is told.
TEST(WarcSplitter, LosesNoByteWhereverTheInputEnds) {
  const std::string input = one + "\r\n" + block_of_ends + two;
  const std::size_t whole[] = {0, one.size(), one.size() + 2, one.size() + 2 + block_of_ends.size(),
                               input.size()};
  for (std::size_t end = 0; end <= input.size(); ++end) {
    const bool is_whole = std::ranges::find(whole, end) != std::end(whole);
    for (const unsigned size : {1U, 7U, 4096U}) {
      const auto pieces = cut(input.substr(0, end), size);
      EXPECT_EQ(joined(pieces), input.substr(0, end));
      const auto has_error = [](const Piece& piece) { return !piece.error.empty(); };
      EXPECT_EQ(std::ranges::any_of(pieces, has_error), !is_whole) << end << " " << size;
    }
  }
}

TEST(WarcSplitter, LosesNoByteWhereverAByteIsMissing) {
  const std::string input = one + block_of_ends + two;
  for (std::size_t at = 0; at < input.size(); ++at) {
    const std::string damaged_input = std::string(input).erase(at, 1);
    const auto pieces = cut(damaged_input, 4096);
    EXPECT_EQ(joined(pieces), damaged_input);
    EXPECT_EQ(cut(damaged_input, 1), pieces);
  }
}

TEST(WarcSplitter, TakesHeadersOfOneMebibyte) {
  const std::string begin = "WARC/1.0\r\nContent-Length: 0\r\nX: ";
  const std::string end = "\r\n\r\n";
  const std::string longest = begin + std::string((1 << 20) - begin.size() - end.size(), 'x') + end;
  const std::string longer = begin + std::string((1 << 20) + 1 - begin.size() - end.size(), 'x') + end;
  const std::vector<Piece> want = {
      record(longest + "\r\n\r\n"),
      damaged(longer + "\r\n\r\n", "record 2 at byte 1048580: a header longer than 1 MiB"), record(one)};
  for (const unsigned size : {4096U, 1U << 24})
    EXPECT_EQ(cut(longest + "\r\n\r\n" + longer + "\r\n\r\n" + one, size), want);
}

/// The pieces of each kind in a row as one.
std::vector<Piece> merged(const std::vector<Piece>& pieces) {
  std::vector<Piece> out;
  for (const Piece& piece : pieces) {
    if (!out.empty() && out.back().kind == piece.kind && piece.error.empty() && piece.kind != Kind::record) {
      out.back().bytes += piece.bytes;
    } else {
      out.push_back(piece);
    }
  }
  return out;
}

const std::string big = "WARC/1.0\r\nContent-Length: 12\r\n\r\nSoup\n\nWARC/1\r\n\r\n";
const std::string is_big = "a block longer than 10 bytes";

const SplitCase limited_cases[] = {
    {"a_block_over_the_limit",
     one + big + one,
     {record(one), {Kind::oversize, big, "record 2 at byte 63: " + is_big}, record(one)}},
    {"two_over_the_limit",
     big + big,
     {{Kind::oversize, big, "record 1 at byte 0: " + is_big},
      {Kind::oversize, big, "record 2 at byte 48: " + is_big}}},
    {"no_border_behind_it",
     big.substr(0, big.size() - 2) + "Stew.\n\n" + one,
     {{Kind::oversize, big.substr(0, big.size() - 4), "record 1 at byte 0: " + is_big},
      damaged("\r\nStew.\n\n", no_border),
      record(one)}},
    {"an_end_inside_its_block",
     big.substr(0, big.size() - 6),
     {{Kind::oversize, big.substr(0, big.size() - 6), "record 1 at byte 0: " + is_big},
      damaged("", "record 1 at byte 0: the input ends inside the record")}},
    {"an_end_inside_its_border",
     big.substr(0, big.size() - 1),
     {{Kind::oversize, big.substr(0, big.size() - 4), "record 1 at byte 0: " + is_big},
      damaged("\r\n\r", "record 1 at byte 0: the input ends inside the record")}},
    {"damage_over_the_limit",
     "Leek and potato soup, WARC/1.0\n\n" + one,
     {damaged("Leek and potato soup, WARC/1.0\n\n", no_version), record(one)}},
};

class SplitLimited : public testing::TestWithParam<SplitCase> {};

TEST_P(SplitLimited, HandsOutWhatIsLongWithoutHoldingIt) {
  for (const unsigned size : {1U, 7U, 4096U})
    EXPECT_EQ(merged(cut(GetParam().input, size, 10)), GetParam().want) << size;
}

INSTANTIATE_TEST_SUITE_P(Inputs, SplitLimited, testing::ValuesIn(limited_cases), case_name);

TEST(WarcSplitter, HandsOutEndlessDamageInParts) {
  WarcSplitter splitter(100);
  std::size_t out = 0;
  for (std::size_t fed = 0; fed < 100'000; fed += 50) {
    splitter.feed(std::string(50, 'x'));
    while (const auto piece = splitter.next()) out += piece->bytes.size();
    EXPECT_LE(fed + 50 - out, 110U);
  }
}

}  // namespace
}  // namespace dechaff::io
