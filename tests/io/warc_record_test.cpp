#include "io/warc_record.hpp"

#include <gtest/gtest.h>

#include <string>

#include "case_name.hpp"

namespace dechaff::io {
namespace {

/// A record of "Soup." with these lines in its header.
std::string soup(const std::string& lines) {
  return "WARC/1.0\r\n" + lines + "Content-Length: 5\r\n\r\nSoup.\r\n\r\n";
}

TEST(WarcRecord, HasThreeParts) {
  const std::string raw = soup("WARC-Type: conversion\r\n");
  const WarcRecord record = record_of(raw);
  EXPECT_EQ(record.header, "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(record.block, "Soup.");
  EXPECT_EQ(record.border, "\r\n\r\n");
}

TEST(HeaderFields, AreTheHeaderWhenJoined) {
  const std::string header = "WARC/1.0\r\nA: b \r\n c\r\n\td\nno field\nE :\r\n\r\n";
  const auto fields = header_fields(header);
  const char* const raw[] = {"WARC/1.0\r\n", "A: b \r\n c\r\n\td\n", "no field\n", "E :\r\n", "\r\n"};
  const char* const names[] = {"", "A", "", "E", ""};
  const char* const values[] = {"", "b \r\n c\r\n\td", "", "", ""};
  ASSERT_EQ(fields.size(), std::size(raw));
  for (std::size_t i = 0; i < fields.size(); ++i) {
    EXPECT_EQ(fields[i].raw, raw[i]);
    EXPECT_EQ(fields[i].name, names[i]);
    EXPECT_EQ(fields[i].value, values[i]);
  }
}

struct FieldCase {
  const char* name;
  std::string lines, field;
  std::optional<std::string> want;
};

const FieldCase field_cases[] = {
    {"as_it_stands", "WARC-Date: 2024-01-01T00:00:00Z\r\n", "WARC-Date", "2024-01-01T00:00:00Z"},
    {"in_another_case", "warc-DATE: a\r\n", "WARC-Date", "a"},
    {"without_a_space", "WARC-Date:a\r\n", "WARC-Date", "a"},
    {"with_many", "WARC-Date \t: \t a b \t\r\n", "WARC-Date", "a b"},
    {"with_a_line_feed", "WARC-Date: a\n", "WARC-Date", "a"},
    {"folded", "X: a \r\n  b\r\n\tc\r\n", "X", "a b c"},
    {"folded_at_once", "X:\r\n a\r\n", "X", "a"},
    {"with_colons", "X: a:b: c\r\n", "X", "a:b: c"},
    {"the_first_of_two", "X: a\r\nX: b\r\n", "X", "a"},
    {"empty", "X:\r\n", "X", ""},
    {"missing", "XY: a\r\nY: X: a\r\n", "X", {}},
    {"in_a_folded_line_alone", "Y: a\r\n X: a\r\n", "X", {}},
    {"of_any_bytes", "X: \xC3\xBC\xFF\r\n", "X", "\xC3\xBC\xFF"},
};

class WarcFields : public testing::TestWithParam<FieldCase> {};

TEST_P(WarcFields, AreFound) {
  const std::string raw = soup(GetParam().lines);
  EXPECT_EQ(record_of(raw).field(GetParam().field), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Headers, WarcFields, testing::ValuesIn(field_cases), case_name);

TEST(WarcRecord, NamesItself) {
  const std::string raw = soup(
      "WARC-Type: Conversion\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://a.example/<b>\r\n"
      "Content-Type: Text/Plain ; charset=UTF-8\r\n");
  const WarcRecord record = record_of(raw);
  EXPECT_EQ(record.type(), "conversion");
  EXPECT_EQ(record.id(), "urn:uuid:1");
  EXPECT_EQ(record.target_uri(), "https://a.example/<b>");
  EXPECT_EQ(record.content_type(), "text/plain");
}

TEST(WarcRecord, TakesBracketsOffItsUri) {
  const std::string raw = soup("WARC-Target-URI: <https://a.example/>\r\n");
  EXPECT_EQ(record_of(raw).target_uri(), "https://a.example/");
}

TEST(WarcRecord, OfNoNamesHasEmptyOnes) {
  const std::string raw = soup("");
  const WarcRecord record = record_of(raw);
  EXPECT_EQ(record.type() + record.id() + record.target_uri() + record.content_type() + record.language(),
            "");
}

struct LanguageCase {
  const char* name;
  std::string codes, want;
};

const LanguageCase language_cases[] = {
    {"one", "deu", "de"},
    {"the_first_of_two", "deu,eng", "de"},
    {"chinese", "zho", "zh"},
    {"with_spaces", "fra , eng", "fr"},
    {"in_upper_case", "ENG", "en"},
    {"two_letters", "pt", "pt"},
    {"a_tag", "pt-BR", "pt"},
    {"without_two_letters", "gsw", "gsw"},
    {"empty", "", ""},
    {"none_at_first", ",eng", ""},
    {"no_code", "no language at all, or so", ""},
};

class WarcLanguage : public testing::TestWithParam<LanguageCase> {};

TEST_P(WarcLanguage, IsTheFirst) {
  const std::string raw = soup("WARC-Identified-Content-Language: " + GetParam().codes + "\r\n");
  EXPECT_EQ(record_of(raw).language(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Codes, WarcLanguage, testing::ValuesIn(language_cases), case_name);

struct TextCase {
  const char* name;
  std::string lines;
  bool want;
};

const TextCase text_cases[] = {
    {"conversion", "WARC-Type: conversion\r\nContent-Type: text/plain\r\n", true},
    {"with_parameters", "WARC-Type: conversion\r\nContent-Type: text/plain;charset=utf-8; format=flowed\r\n",
     true},
    {"type_in_upper_case", "WARC-Type: CONVERSION\r\nContent-Type: TEXT/PLAIN\r\n", true},
    {"no_media_type", "WARC-Type: conversion\r\n", true},
    {"html", "WARC-Type: conversion\r\nContent-Type: text/html\r\n", false},
    {"a_longer_name", "WARC-Type: conversion\r\nContent-Type: text/plainer\r\n", false},
    {"metadata", "WARC-Type: metadata\r\nContent-Type: text/plain\r\n", false},
    {"resource", "WARC-Type: resource\r\nContent-Type: text/plain\r\n", false},
    {"no_type", "Content-Type: text/plain\r\n", false},
    {"a_segment", "WARC-Type: conversion\r\nWARC-Segment-Number: 1\r\nContent-Type: text/plain\r\n", false},
};

class IsText : public testing::TestWithParam<TextCase> {};

TEST_P(IsText, Tells) {
  const std::string raw = soup(GetParam().lines);
  EXPECT_EQ(is_text(record_of(raw)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Records, IsText, testing::ValuesIn(text_cases), case_name);

}  // namespace
}  // namespace dechaff::io
