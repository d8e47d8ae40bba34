#include "io/cutter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"

namespace dechaff::io {
namespace {

using namespace std::string_literals;

std::string warc_record(std::string_view block, std::string_view length = {}) {
  const std::string size = length.empty() ? std::to_string(block.size()) : std::string(length);
  return "WARC/1.1\r\nWARC-Type: conversion\r\nContent-Length: " + size + "\r\n\r\n" + std::string(block) +
         "\r\n\r\n";
}

struct Sample {
  const char* name;
  Format format;
  std::string separator;
  std::string bytes;
  std::vector<std::string> records;  // joined, they are the bytes
};

void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }

const Sample samples[] = {
    {"lines", Format::jsonl, "", "{}\n\n{\"a\":1}\r\n \n{}", {"{}\n", "\n", "{\"a\":1}\r\n", " \n", "{}"}},
    {"lines_to_the_end", Format::jsonl, "", "{}\n{}\n", {"{}\n", "{}\n"}},
    {"no_lines", Format::jsonl, "", "", {}},
    {"one_line_without_an_end", Format::jsonl, "", std::string(3000, 'x'), {std::string(3000, 'x')}},
    {"nuls", Format::text, "\0"s, "a\nb\0\0c\0d"s, {"a\nb\0"s, "\0"s, "c\0"s, "d"}},
    {"separators",
     Format::text,
     "-+",
     "a\n--\nb\nc\n-\n--\r\nd\n--",
     {"a\n--\n", "b\nc\n-\n", "--\r\n", "d\n--"}},
    {"text", Format::text, "", "a\n\nb", {"a\n\nb"}},
    {"no_text", Format::text, "", "", {}},
};

// Their borders are those of WarcSplitter.
const Sample warc_samples[] = {
    {"warc",
     Format::warc,
     "",
     warc_record("a") + warc_record("") + "\r\n" + warc_record("b\r\n\r\nWARC/1.1\r\nc") +
         warc_record("cut", "9"),
     {}},
    {"warc_with_damage",
     Format::warc,
     "",
     warc_record("a") + warc_record("b", "x") + warc_record("c") + "no record",
     {}},
    {"no_warc", Format::warc, "", "neither header nor block\n", {}},
};

/// Gives `bytes` in reads of `size`, then the error, if one is given.
Read reading(std::string_view bytes, std::size_t size, std::optional<Error> error = {}) {
  return [=, at = std::size_t{0}](std::string& out, std::size_t most) mutable -> Result<bool> {
    const std::string_view piece = bytes.substr(at, std::min(size, most));
    at += piece.size();
    out += piece;
    if (piece.empty() && error) return *error;
    return !piece.empty();
  };
}

std::vector<Piece> pieces_of(Cutter& cutter) {
  std::vector<Piece> out;
  do {
    auto piece = cutter.next();
    EXPECT_TRUE(piece);
    if (!piece) break;
    out.push_back(std::move(*piece));
  } while (!out.back().last);
  return out;
}

std::string joined(const std::vector<Piece>& pieces) {
  std::string out;
  for (const Piece& piece : pieces) out += piece.bytes;
  return out;
}

class CutterOf : public testing::TestWithParam<Sample> {
 protected:
  static FormatOptions options() {
    FormatOptions out;
    out.format = GetParam().format;
    out.separator = GetParam().separator;
    return out;
  }

  static std::vector<Piece> cut(std::size_t read_size, std::size_t begun = 0,
                                std::uint64_t max_document = 1 << 20) {
    FormatOptions asked = options();
    asked.max_document = max_document;
    const std::string_view bytes = GetParam().bytes;
    begun = std::min(begun, bytes.size());
    const auto cutter = cutter_for(
        reading(bytes.substr(begun), read_size), [] { return false; },
        {GetParam().format, std::string(bytes.substr(0, begun))}, asked);
    return pieces_of(*cutter);
  }
};

INSTANTIATE_TEST_SUITE_P(Formats, CutterOf, testing::ValuesIn(samples), case_name);
INSTANTIATE_TEST_SUITE_P(Warc, CutterOf, testing::ValuesIn(warc_samples), case_name);

class CutterOfRecords : public CutterOf {};

INSTANTIATE_TEST_SUITE_P(Formats, CutterOfRecords, testing::ValuesIn(samples), case_name);

constexpr std::size_t read_sizes[] = {1, 2, 3, 7, 16, 61, 1000, std::string::npos};

TEST_P(CutterOf, GivesAllBytes) {
  for (const std::size_t size : read_sizes) {
    for (const std::size_t begun : {0U, 1U, 5U, 4000U})
      EXPECT_EQ(joined(cut(size, begun)), GetParam().bytes) << size;
  }
}

TEST_P(CutterOf, GivesAllBytesInWindows) {
  for (const std::size_t size : read_sizes) {
    for (const std::uint64_t most : {1U, 2U, 5U, 100U})
      EXPECT_EQ(joined(cut(size, 0, most)), GetParam().bytes) << size << " of " << most;
  }
}

TEST_P(CutterOfRecords, CutsBetweenRecordsAndCountsThem) {
  for (const std::size_t size : read_sizes) {
    std::size_t record = 0;
    for (const Piece& piece : cut(size)) {
      EXPECT_EQ(piece.first, record + 1) << size;
      for (std::string_view rest = piece.bytes; !rest.empty();) {
        ASSERT_LT(record, GetParam().records.size());
        ASSERT_TRUE(rest.starts_with(GetParam().records[record])) << size;
        rest.remove_prefix(GetParam().records[record++].size());
      }
    }
    EXPECT_EQ(record, GetParam().records.size()) << size;
  }
}

TEST_P(CutterOf, EndsOnce) {
  for (const std::size_t size : read_sizes) {
    const auto pieces = cut(size);
    EXPECT_EQ(std::ranges::count(pieces, true, &Piece::last), 1) << size;
  }
}

TEST_P(CutterOf, TellsWhatCannotBeRead) {
  const Error damage{ErrorCode::bad_input, {}, "damaged"};
  for (const std::size_t size : read_sizes) {
    const auto cutter = cutter_for(
        reading(GetParam().bytes, size, damage), [] { return false; }, {GetParam().format, {}}, options());
    std::string got;
    for (;;) {
      const auto piece = cutter->next();
      if (!piece) {
        EXPECT_EQ(piece.error().message, "damaged");
        break;
      }
      ASSERT_FALSE(piece->last);
      got += piece->bytes;
    }
    EXPECT_TRUE(GetParam().bytes.starts_with(got));
  }
}

std::string many_lines(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += "{\"text\":\"record " + std::to_string(i) + "\"}\n";
  return out;
}

TEST(LineCutter, GivesPiecesOfAModestSize) {
  const std::string bytes = many_lines(100'000);
  const auto cutter =
      cutter_for(reading(bytes, std::string::npos), [] { return false; }, {Format::jsonl, {}}, {});
  const auto pieces = pieces_of(*cutter);
  EXPECT_TRUE(joined(pieces) == bytes);
  EXPECT_GT(pieces.size(), 2U);
  for (const Piece& piece : pieces) EXPECT_LE(piece.bytes.size(), 1U << 20U);
}

TEST(LineCutter, HandsOnWhatComesSlowly) {
  const auto cutter = cutter_for(reading("{}\n{}\n{", 4), [] { return false; }, {Format::jsonl, {}}, {});
  const auto first = cutter->next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->bytes, "{}\n");
  EXPECT_FALSE(first->last);
}

std::vector<Piece> text_pieces(const std::string& bytes, std::uint64_t most) {
  FormatOptions options;
  options.format = Format::text;
  options.max_document = most;
  return pieces_of(*cutter_for(
      reading(bytes, 5), [] { return false; }, {Format::text, {}}, options));
}

TEST(TextCutter, CutsWindowsAtBlankLines) {
  std::vector<std::string> windows;
  std::uint64_t number = 0;
  for (const Piece& piece : text_pieces("aaaaaaaa\n\nbbbbbbb\n\ncccc", 12)) {
    windows.push_back(piece.bytes);
    EXPECT_TRUE(piece.window);
    EXPECT_EQ(piece.first, ++number);
    EXPECT_EQ(piece.encoding, number == 1 ? "" : "utf-8");
  }
  EXPECT_EQ(windows, (std::vector<std::string>{"aaaaaaaa\n\n", "bbbbbbb\n\n", "cccc"}));
}

TEST(TextCutter, LeavesATextOfTheLargestSizeWhole) {
  const auto pieces = text_pieces("aaaa\n\nbbbbb\n", 12);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_FALSE(pieces[0].window);
}

std::vector<Piece> warc_pieces(const std::string& bytes, std::uint64_t most, std::size_t read_size) {
  FormatOptions options;
  options.format = Format::warc;
  options.max_document = most;
  return pieces_of(*cutter_for(
      reading(bytes, read_size), [] { return false; }, {Format::warc, {}}, options));
}

TEST(WarcCutter, TellsWhatContinuesARecordThatIsTooLarge) {
  const std::string large = warc_record(std::string(5000, 'x'));
  const std::string bytes = warc_record("a") + large + large + warc_record("b");
  for (const std::size_t size : {100U, 1000U, 4000U}) {
    std::vector<std::string> passed_on;
    for (const Piece& piece : warc_pieces(bytes, 1000, size)) {
      if (!piece.as_it_is) continue;
      EXPECT_EQ(piece.problem.empty(), piece.continues);
      if (!piece.continues) passed_on.emplace_back();
      passed_on.back() += piece.bytes;
    }
    EXPECT_EQ(passed_on, (std::vector<std::string>{large, large})) << size;
  }
}

TEST(WarcCutter, NumbersRecordsBehindDamage) {
  const std::string bytes = warc_record("a") + warc_record("b", "x") + warc_record("c");
  std::vector<std::uint64_t> numbers;
  for (const Piece& piece : warc_pieces(bytes, 1000, 50)) {
    if (!piece.as_it_is && !piece.bytes.empty()) numbers.push_back(piece.first);
  }
  EXPECT_EQ(numbers, (std::vector<std::uint64_t>{1, 3}));
}

}  // namespace
}  // namespace dechaff::io
