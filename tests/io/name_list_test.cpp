#include "io/name_list.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "rules_from.hpp"

namespace dechaff::io {
namespace {

using namespace std::string_literals;
using enum NameList::Ends;

struct ListCase {
  const char* name;
  NameList::Ends ends;
  std::string bytes;
  std::vector<std::string> want;  // "!" for an error
  friend void PrintTo(const ListCase& row, std::ostream* out) { *out << row.name; }
};

class ReadNames : public testing::TestWithParam<ListCase> {};

const ListCase list_cases[] = {
    {"nothing", newline, "", {}},
    {"a_name_a_line", newline, "a\nb/c\n", {"a", "b/c"}},
    {"last_name_without_its_end", newline, "a\nb", {"a", "b"}},
    {"empty_lines_are_passed_over", newline, "\n\na\n\nb\n\n", {"a", "b"}},
    {"white_space_belongs_to_the_name", newline, " a b \t\n\r\n", {" a b \t", "\r"}},
    {"ill_formed_utf_8", newline, "\xff\xc3\n", {"\xff\xc3"}},
    {"dash_is_a_name", newline, "-\n--\n", {"-", "--"}},
    {"nul_in_a_line_is_an_error", newline, "a\nb\0c\nd\n"s, {"a", "!", "d"}},
    {"names_that_end_in_nul", null, "a\0b\nc\0"s, {"a", "b\nc"}},
    {"last_name_without_its_nul", null, "a\0b\n"s, {"a", "b\n"}},
    {"empty_names_are_passed_over", null, "\0\0a\0\0"s, {"a"}},
};

TEST_P(ReadNames, AsTheyStand) {
  const ScratchFolder folder;
  std::ofstream(folder / "list", std::ios::binary) << GetParam().bytes;
  auto list = NameList::open((folder / "list").string(), GetParam().ends);
  ASSERT_TRUE(list);
  std::vector<std::string> got;
  for (;;) {
    auto name = list->next();
    if (name && !*name) break;
    got.push_back(name ? **name : "!");
  }
  EXPECT_EQ(got, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Lists, ReadNames, testing::ValuesIn(list_cases), case_name);

TEST(NameList, SaysWhatItCannotOpen) {
  const ScratchFolder folder;
  const auto list = NameList::open((folder / "none").string(), newline);
  ASSERT_FALSE(list);
  EXPECT_EQ(to_string(list.error()), (folder / "none").string() + ": cannot open: No such file or directory");
}

TEST(NameList, EndsWhereItCannotBeRead) {
  const ScratchFolder folder;
  auto list = NameList::open(folder.path().string(), newline);
  ASSERT_TRUE(list);
  const auto name = list->next();
  ASSERT_FALSE(name);
  EXPECT_EQ(to_string(name.error()), folder.path().string() + ": cannot read: Is a directory");
  const auto end = list->next();
  ASSERT_TRUE(end);
  EXPECT_FALSE(*end);
}

}  // namespace
}  // namespace dechaff::io
