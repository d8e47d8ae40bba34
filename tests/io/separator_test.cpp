#include "io/separator.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"

namespace dechaff::io {
namespace {

using namespace std::string_literals;

const std::string nul(1, '\0');

Separator made(const std::string& pattern) {
  auto separator = Separator::make(pattern);
  EXPECT_TRUE(separator && *separator);
  return std::move(**separator);
}

struct SplitCase {
  const char* name;
  std::string pattern;
  std::string bytes;
  std::vector<std::string> parts;  // texts and separators in turns
};

void PrintTo(const SplitCase& split, std::ostream* out) { *out << split.name; }

class Split : public testing::TestWithParam<SplitCase> {};

const SplitCase split_cases[] = {
    {"nothing", nul, "", {}},
    {"a_text_alone", nul, "a\nb", {"a\nb", ""}},
    {"each_nul_ends_a_text", nul, "a\0b\0"s, {"a", nul, "b", nul}},
    {"texts_may_be_empty", nul, "\0\0a\0\0"s, {"", nul, "", nul, "a", nul, "", nul}},
    {"the_last_nul_may_be_missing", nul, "a\0b"s, {"a", nul, "b", ""}},
    {"a_line_that_matches", "---", "a\n---\nb\n", {"a\n", "---\n", "b\n", ""}},
    {"a_line_that_matches_in_part", "---", "a\n----\n-- -\nx---\n", {"a\n----\n-- -\nx---\n", ""}},
    {"the_first_and_the_last_line", "---", "---\na\n---", {"", "---\n", "a\n", "---"}},
    {"cr_lf", "---", "a\r\n---\r\nb", {"a\r\n", "---\r\n", "b", ""}},
    {"a_lone_cr_ends_no_line", "---", "a\r---\rb", {"a\r---\rb", ""}},
    {"one_after_another", "---", "---\n---\n", {"", "---\n", "", "---\n"}},
    {"alternatives_match_whole_lines", "a|bc", "a\nab\nbc\nabc\n", {"", "a\n", "ab\n", "bc\n", "abc\n", ""}},
    {"empty_lines", "\\s*", "a\n\nb\n \n", {"a\n", "\n", "b\n", " \n"}},
    {"lines_that_are_no_utf8_match_nothing", ".*", "\xFF\na\n", {"\xFF\n", "a\n"}},
    {"characters_not_bytes", "^.{3}$", "äöü\nabcdef\n", {"", "äöü\n", "abcdef\n", ""}},
    {"zeros_are_text_to_a_pattern", "---", "a\0\n---\n"s, {"a\0\n"s, "---\n"}},
};

INSTANTIATE_TEST_SUITE_P(Cases, Split, testing::ValuesIn(split_cases), case_name);

TEST_P(Split, CutsTextsAndSeparators) {
  Separator separator = made(GetParam().pattern);
  std::vector<std::string> parts;
  for (const auto& part : separator.split(GetParam().bytes)) {
    parts.emplace_back(part.text);
    parts.emplace_back(part.separator);
  }
  EXPECT_EQ(parts, GetParam().parts);
}

TEST_P(Split, CountsSeparators) {
  Separator separator = made(GetParam().pattern);
  std::uint64_t count = 0;
  for (std::size_t i = 1; i < GetParam().parts.size(); i += 2) count += GetParam().parts[i].empty() ? 0U : 1U;
  EXPECT_EQ(separator.count(GetParam().bytes), count);
}

/// Bytes that come in pieces are searched from where the search before ended.
TEST_P(Split, FindsTheLastSeparatorWhereverTheBytesWereCut) {
  Separator separator = made(GetParam().pattern);
  const std::string& bytes = GetParam().bytes;
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const std::string_view seen = std::string_view(bytes).substr(0, size);
    const std::size_t all = separator.end_of_last(seen, 0);
    for (std::size_t before = all; before <= size; ++before) {
      if (separator.end_of_last(seen.substr(0, before), 0) != 0) continue;
      EXPECT_EQ(separator.end_of_last(seen, before), all) << size << " after " << before;
    }
  }
}

TEST(SeparatorPattern, OfNothingIsNone) {
  const auto separator = Separator::make("");
  ASSERT_TRUE(separator);
  EXPECT_FALSE(*separator);
}

TEST(SeparatorPattern, ThatIsNoneIsAnError) {
  for (const char* pattern : {"(", "a)(b", "[z-a]", "*"}) {
    const auto separator = Separator::make(pattern);
    ASSERT_FALSE(separator) << pattern;
    EXPECT_EQ(separator.error().code, ErrorCode::usage);
    EXPECT_TRUE(
        separator.error().message.starts_with("the separator '" + std::string(pattern) + "' is no pattern"))
        << separator.error().message;
  }
}

}  // namespace
}  // namespace dechaff::io
