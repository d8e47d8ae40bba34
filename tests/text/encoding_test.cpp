#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include "case_name.hpp"
#include "text/decode.hpp"
#include "text/encoding_table.hpp"

namespace dechaff::text {
namespace {

struct LabelCase {
  const char* name;
  std::string_view label;
  std::string_view want;
  friend void PrintTo(const LabelCase& row, std::ostream* out) { *out << row.name; }
};

class EncodingLabel : public testing::TestWithParam<LabelCase> {};

const LabelCase label_cases[] = {
    {"utf8", "utf8", "utf-8"},
    {"upper_case", "UTF-8", "utf-8"},
    {"ascii_space_around", " \t\r\n\flatin1 \n", "windows-1252"},
    {"latin1_is_windows_1252", "ISO-8859-1", "windows-1252"},
    {"ascii_is_windows_1252", "us-ascii", "windows-1252"},
    {"latin5_is_windows_1254", "iso-8859-9", "windows-1254"},
    {"thai_standard_is_windows_874", "TIS-620", "windows-874"},
    {"gb2312_is_gbk", "GB2312", "gbk"},
    {"gb18030", "gb18030", "gb18030"},
    {"ms932_is_shift_jis", "ms932", "shift_jis"},
    {"windows_949_is_euc_kr", "windows-949", "euc-kr"},
    {"hkscs_is_big5", "Big5-HKSCS", "big5"},
    {"utf_16_is_little_endian", "utf-16", "utf-16le"},
    {"logical_hebrew", "iso-8859-8-i", "iso-8859-8-i"},
    {"koi8_ru_is_koi8_u", "koi8-ru", "koi8-u"},
    {"label_with_a_colon", "iso_8859-5:1988", "iso-8859-5"},
    {"korean_in_seven_bits", "iso-2022-kr", "iso-2022-kr"},
    {"utf_32_is_little_endian", "utf-32", "utf-32le"},
};

TEST_P(EncodingLabel, NamesItsEncoding) {
  const Result<const Encoding*> found = encoding_named(GetParam().label);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ((*found)->name, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Whatwg, EncodingLabel, testing::ValuesIn(label_cases), case_name);

struct UnknownCase {
  const char* name;
  std::string_view label;
  std::string_view want;
  friend void PrintTo(const UnknownCase& row, std::ostream* out) { *out << row.name; }
};

class UnknownEncodingLabel : public testing::TestWithParam<UnknownCase> {};

const UnknownCase unknown_cases[] = {
    {"letter_too_many", "utf8x", "unknown encoding 'utf8x', did you mean 'utf-8'?"},
    {"hyphen_too_many", "latin-1", "unknown encoding 'latin-1', did you mean 'latin1'?"},
    {"swapped", "widnows-1252", "unknown encoding 'widnows-1252', did you mean 'windows-1252'?"},
    {"near_to_nothing", "klingon", "unknown encoding 'klingon'"},
    {"empty", "", "unknown encoding ''"},
    {"spaces_alone", "  ", "unknown encoding '  '"},
    {"no_encoding_of_text", "x-user-defined", "unknown encoding 'x-user-defined'"},
};

TEST_P(UnknownEncodingLabel, IsAnErrorThatNamesTheNearest) {
  const Result<const Encoding*> found = encoding_named(GetParam().label);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::usage);
  EXPECT_EQ(to_string(found.error()), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, UnknownEncodingLabel, testing::ValuesIn(unknown_cases), case_name);

TEST(EncodingTable, HasAConverterInIcuForEachEncoding) {
  for (const EncodingRow& row : encoding_rows()) {
    if (row.encoding.name == "utf-8") continue;
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open(std::string(row.encoding.converter).c_str(), &status);
    EXPECT_TRUE(U_SUCCESS(status)) << row.encoding.name;
    ucnv_close(converter);
  }
}

TEST(EncodingTable, HasEachLabelOnceAndEachNameAmongItsLabels) {
  std::set<std::string_view> seen;
  for (const EncodingRow& row : encoding_rows()) {
    bool named = false;
    for (std::string_view rest = row.labels; !rest.empty();) {
      const std::string_view label = rest.substr(0, rest.find(' '));
      EXPECT_TRUE(seen.insert(label).second) << label;
      named |= label == row.encoding.name;
      rest.remove_prefix(std::min(rest.size(), label.size() + 1));
    }
    EXPECT_TRUE(named) << row.encoding.name;
  }
  // 228 of WHATWG less x-user-defined and replacement, and utf-32, utf-32le, utf-32be.
  EXPECT_EQ(seen.size(), 229U);
}

}  // namespace
}  // namespace dechaff::text
