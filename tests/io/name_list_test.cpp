#include "io/name_list.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "io/descriptor.hpp"
#include "rules_from.hpp"

namespace dechaff::io {
namespace {

using namespace std::string_literals;
namespace fs = std::filesystem;
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

TEST(NameList, IsNoFolder) {
  const ScratchFolder folder;
  const auto list = NameList::open(folder.path().string(), newline);
  ASSERT_FALSE(list);
  EXPECT_EQ(to_string(list.error()), folder.path().string() + ": cannot read: Is a directory");
}

TEST(NameList, ReadsLongLists) {
  const ScratchFolder folder;
  std::string bytes;
  std::vector<std::string> want;
  for (int i = 0; i < 50'000; ++i) bytes += want.emplace_back("folder/" + std::to_string(i)) + "\n";
  std::ofstream(folder / "list", std::ios::binary) << bytes;
  auto list = NameList::open((folder / "list").string(), newline);
  ASSERT_TRUE(list);
  std::vector<std::string> got;
  for (auto name = list->next(); name && *name; name = list->next()) got.push_back(**name);
  EXPECT_EQ(got, want);
}

TEST(NameList, EndsWhereItIsToldWhileItWaits) {
  const ScratchFolder folder;
  const fs::path path = folder / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const Descriptor writer(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  ASSERT_EQ(::write(writer.number(), "a\nb", 3), 3);
  auto list = NameList::open(path.string(), newline);
  ASSERT_TRUE(list);
  const Descriptor stop(::eventfd(0, EFD_CLOEXEC));
  const auto first = list->next(stop.number());
  ASSERT_TRUE(first && *first);
  EXPECT_EQ(**first, "a");
  ASSERT_EQ(::eventfd_write(stop.number(), 1), 0);
  const auto end = list->next(stop.number());
  ASSERT_TRUE(end);
  EXPECT_FALSE(*end) << "a name that is not whole is none";
}

}  // namespace
}  // namespace dechaff::io
