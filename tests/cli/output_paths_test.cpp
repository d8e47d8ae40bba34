#include "cli/output_paths.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "rules_from.hpp"

namespace dechaff::cli {
namespace {

TEST(OutputPlace, IsStandardOutputByDefaultAndForADash) {
  for (const char* output : {"", "-"}) {
    const OutputPlace place = output_place(output);
    EXPECT_TRUE(place.file.empty() && place.folder.empty());
  }
}

TEST(OutputPlace, IsAFile) {
  const OutputPlace place = output_place("out.txt");
  EXPECT_EQ(place.file, "out.txt");
  EXPECT_TRUE(place.folder.empty());
}

TEST(OutputPlace, IsAFolderWithASlashOrWhereItExists) {
  const ScratchFolder folder;
  EXPECT_EQ(output_place("out/").folder, "out/");
  EXPECT_EQ(output_place(folder.path().string()).folder, folder.path());
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
