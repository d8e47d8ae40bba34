#include "apply/base64.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "case_name.hpp"

namespace dechaff::apply {
namespace {

using namespace std::string_view_literals;

struct PairCase {
  const char* name;
  std::string_view bytes;
  std::string_view text;
  friend void PrintTo(const PairCase& row, std::ostream* out) { *out << row.name; }
};

class Base64 : public testing::TestWithParam<PairCase> {};

// RFC 4648, section 10, and bytes that reach every bit.
const PairCase pair_cases[] = {
    {"nothing", "", ""},
    {"f", "f", "Zg=="},
    {"fo", "fo", "Zm8="},
    {"foo", "foo", "Zm9v"},
    {"foob", "foob", "Zm9vYg=="},
    {"fooba", "fooba", "Zm9vYmE="},
    {"foobar", "foobar", "Zm9vYmFy"},
    {"zeros", "\0\0\0"sv, "AAAA"},
    {"one_zero", "\0"sv, "AA=="},
    {"all_bits", "\xFF\xFF\xFF", "////"},
    {"both_signs", "\xFB\xEF\xBE\xFF", "++++/w=="},
};

TEST_P(Base64, IsWritten) { EXPECT_EQ(to_base64(GetParam().bytes), GetParam().text); }

TEST_P(Base64, IsRead) { EXPECT_EQ(from_base64(GetParam().text), GetParam().bytes); }

INSTANTIATE_TEST_SUITE_P(Rfc4648, Base64, testing::ValuesIn(pair_cases), case_name);

TEST(Base64Text, LeadsBackFromEveryByteAtEveryPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < 4; ++place) {
      std::string bytes(4, 'x');
      bytes[place] = static_cast<char>(byte);
      EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    }
  }
}

struct RefusedCase {
  const char* name;
  std::string_view text;
  friend void PrintTo(const RefusedCase& row, std::ostream* out) { *out << row.name; }
};

class NoBase64 : public testing::TestWithParam<RefusedCase> {};

const RefusedCase refused_cases[] = {
    {"no_padding", "Zg"},
    {"half_the_padding", "Zg="},
    {"one_digit", "Z"},
    {"one_digit_padded", "Z==="},
    {"only_padding", "===="},
    {"padding_within", "Zg==Zg=="},
    {"padding_then_digit", "Zm=v"},
    {"bits_left_over_of_two_digits", "Zh=="},
    {"bits_left_over_of_three_digits", "Zm9="},
    {"line_feed", "Zm9v\n"},
    {"spaces", "Zm9 Zm9v"},
    {"url_alphabet", "--__"},
    {"nul", "AAA\0"sv},
    {"beyond_ascii", "Zm9\xC3"},
};

TEST_P(NoBase64, IsRefused) { EXPECT_EQ(from_base64(GetParam().text), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(Table, NoBase64, testing::ValuesIn(refused_cases), case_name);

}  // namespace
}  // namespace dechaff::apply
