#include "cli/output_paths.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "rules_from.hpp"

namespace dechaff::cli {
namespace {

struct PlanCase {
  const char* name;
  std::string output;
  std::vector<std::string> inputs;
  std::vector<std::filesystem::path> files;
  friend void PrintTo(const PlanCase& row, std::ostream* out) { *out << row.name; }
};

class PlanInFolder : public testing::TestWithParam<PlanCase> {};

const PlanCase plan_cases[] = {
    {"each_under_its_path", "out/", {"a.txt", "b/c.txt"}, {"out/a.txt", "out/b/c.txt"}},
    {"absolute_paths_go_below", "out/", {"/x/a.txt"}, {"out/x/a.txt"}},
    {"nothing_goes_outside", "out/", {"../../a.txt", "../b/../c.txt"}, {"out/a.txt", "out/c.txt"}},
    {"dots_are_resolved", "out/", {"./b/../a.txt", "b/./c.txt"}, {"out/a.txt", "out/b/c.txt"}},
    {"folder_with_slash_only", "/", {"a.txt"}, {"/a.txt"}},
};

TEST_P(PlanInFolder, GivesEachInputAFile) {
  const auto plan = plan_output(GetParam().output, GetParam().inputs);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->files, GetParam().files);
  EXPECT_TRUE(plan->file.empty());
}

INSTANTIATE_TEST_SUITE_P(Paths, PlanInFolder, testing::ValuesIn(plan_cases), case_name);

TEST(PlanOutput, IsStandardOutputByDefaultAndForADash) {
  for (const char* output : {"", "-"}) {
    const auto plan = plan_output(output, {"a", "b"});
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->file.empty() && plan->files.empty());
  }
}

TEST(PlanOutput, IsOneFileForAll) {
  const auto plan = plan_output("out.txt", {"a", "-"});
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->file, "out.txt");
  EXPECT_TRUE(plan->files.empty());
}

TEST(PlanOutput, IsAFolderThatExistsWithoutASlash) {
  const ScratchFolder folder;
  const auto plan = plan_output(folder.path().string(), {"a.txt"});
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->files, std::vector{folder / "a.txt"});
}

TEST(PlanOutput, RefusesInputsThatWouldMeet) {
  const auto plan = plan_output("out/", {"a/b.txt", "./a/b.txt"});
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, ErrorCode::usage);
  EXPECT_EQ(plan.error().message, "a/b.txt and ./a/b.txt would both become out/a/b.txt");
}

TEST(PlanOutput, RefusesStandardInputInAFolder) {
  const auto plan = plan_output("out/", {"-"});
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().message, "standard input has no name in the folder out/; give -o a file");
}

TEST(SameFile, SeesThroughNames) {
  const ScratchFolder folder;
  std::ofstream(folder / "a") << "a";
  std::ofstream(folder / "b") << "a";
  std::filesystem::create_symlink("a", folder / "soft");
  std::filesystem::create_hard_link(folder / "a", folder / "hard");
  EXPECT_TRUE(same_file(folder / "a", folder.path() / "." / "a"));
  EXPECT_TRUE(same_file(folder / "a", folder / "soft"));
  EXPECT_TRUE(same_file(folder / "a", folder / "hard"));
  EXPECT_FALSE(same_file(folder / "a", folder / "b"));
  EXPECT_FALSE(same_file(folder / "none", folder / "none"));
  EXPECT_FALSE(same_file("/dev/null", "/dev/null"));
}

}  // namespace
}  // namespace dechaff::cli
