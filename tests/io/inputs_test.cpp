#include "dechaff/inputs.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "rules_from.hpp"

namespace dechaff {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

/// A working folder with a tree in it.
class Tree : public testing::Test {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    fs::current_path(folder_.path());
  }
  void TearDown() override { fs::current_path(before_); }

  static void put(const std::string& path) {
    if (const fs::path folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder);
    std::ofstream(path) << path;
  }

  static Inputs opened(InputOptions options) {
    auto inputs = Inputs::open(std::move(options));
    EXPECT_TRUE(inputs);
    return std::move(*inputs);
  }

  /// All paths, and the errors as "! message".
  static Names all(Inputs inputs) {
    Names out;
    for (;;) {
      const auto input = inputs.next();
      if (!input) {
        out.push_back("! " + to_string(input.error()));
        continue;
      }
      if (!*input) return out;
      out.push_back((*input)->path);
    }
  }

  static Names walked(const std::string& root) { return all(opened({.paths = {root}, .recursive = true})); }

 private:
  ScratchFolder folder_;
  fs::path before_;
};

TEST_F(Tree, NoPathIsStandardInput) { EXPECT_EQ(all(opened({})), Names{"-"}); }

TEST_F(Tree, PathsComeInTheirOrderAndAreNotLookedInto) {
  put("b");
  EXPECT_EQ(all(opened({.paths = {"b", "none", "-", "/dev/null", "b"}})),
            (Names{"b", "none", "-", "/dev/null", "b"}));
}

TEST_F(Tree, AFolderNeedsToBeAskedFor) {
  put("d/a");
  put("b");
  EXPECT_EQ(all(opened({.paths = {"d", "b"}})), (Names{"! d: is a folder; -r cleans what is in it", "b"}));
}

TEST_F(Tree, AWalkIsSortedByBytesAndDepthFirst) {
  for (const char* path : {"d/b", "d/a/z", "d/a/b/c", "d/a.txt", "d/B", "d/.hidden", "d/.h/x", "d/\xc3\xa4"})
    put(path);
  EXPECT_EQ(walked("d"), (Names{"d/.h/x", "d/.hidden", "d/B", "d/a/b/c", "d/a/z", "d/a.txt", "d/b", "d/ä"}));
}

TEST_F(Tree, NamesMayHoldAnything) {
  for (const char* path : {"d/new\nline", "d/\xff\xfe", "d/-r", "d/ "}) put(path);
  EXPECT_EQ(walked("d/"), (Names{"d/ ", "d/-r", "d/new\nline", "d/\xff\xfe"}));
}

TEST_F(Tree, EmptyFoldersGiveNothing) {
  fs::create_directories("d/e/f");
  EXPECT_EQ(walked("d"), Names{});
}

TEST_F(Tree, LinksAreFollowedWhereNamedOnly) {
  put("d/a");
  put("e/b");
  fs::create_symlink("a", "d/to_file");
  fs::create_directory_symlink("../e", "d/to_folder");
  fs::create_directory_symlink("..", "d/loop");
  fs::create_symlink("d/a", "file");
  fs::create_directory_symlink("d", "folder");
  EXPECT_EQ(walked("d"), Names{"d/a"});
  EXPECT_EQ(walked("folder"), Names{"folder/a"});
  EXPECT_EQ(walked("file"), Names{"file"});
}

TEST_F(Tree, SpecialFilesAreTakenWhereNamedOnly) {
  put("d/a");
  ASSERT_EQ(::mkfifo("d/pipe", 0600), 0);
  EXPECT_EQ(walked("d"), Names{"d/a"});
  EXPECT_EQ(walked("d/pipe"), Names{"d/pipe"});
}

TEST_F(Tree, AFolderThatVanishesIsNamedAndTheWalkGoesOn) {
  for (const char* path : {"d/a", "d/b/x", "d/c/x", "d/e"}) put(path);
  Inputs inputs = opened({.paths = {"d"}, .recursive = true});
  const auto first = inputs.next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->path, "d/a");
  fs::remove_all("d/b");
  fs::remove_all("d/c");
  fs::create_directory_symlink("..", "d/c");
  EXPECT_EQ(all(std::move(inputs)), (Names{"! d/b: cannot open the folder: No such file or directory",
                                           "! d/c: cannot open the folder: Not a directory", "d/e"}));
}

TEST_F(Tree, AFolderThatIsPassedOverIsNotEnteredUnlessNamed) {
  for (const char* path : {"d/a", "d/out/b", "d/out/c/x", "d/z/out/e"}) put(path);
  fs::create_directory_symlink("d/out", "other_name");
  const auto names = [](std::string root, fs::path folder) {
    return all(opened({.paths = {std::move(root)}, .recursive = true, .passed_over = std::move(folder)}));
  };
  EXPECT_EQ(names("d", "d/out"), (Names{"d/a", "d/z/out/e"}));
  EXPECT_EQ(names("d", "other_name"), (Names{"d/a", "d/z/out/e"}));
  EXPECT_EQ(names("d/out", "d/out"), (Names{"d/out/b", "d/out/c/x"}));
  EXPECT_EQ(names("d", "d/none"), walked("d"));
}

TEST_F(Tree, NoDescriptorStaysOpen) {
  put("d/a/b/c/x");
  Inputs inputs = opened({.paths = {"d"}, .recursive = true});
  const int before = ::dup(0);
  ::close(before);
  ASSERT_TRUE(inputs.next());
  const int after = ::dup(0);
  ::close(after);
  EXPECT_EQ(before, after);
}

struct GlobCase {
  const char* name;
  Names include, exclude, want;
  friend void PrintTo(const GlobCase& row, std::ostream* out) { *out << row.name; }
};

class Globs : public Tree, public testing::WithParamInterface<GlobCase> {};

const GlobCase glob_cases[] = {
    {"none", {}, {}, {"d/.x.txt", "d/a.md", "d/a.txt", "d/s/b.txt", "d/s/t/c.txt"}},
    {"include_of_names", {"*.txt"}, {}, {"d/.x.txt", "d/a.txt", "d/s/b.txt", "d/s/t/c.txt"}},
    {"any_include_will_do", {"*.md", "b.*"}, {}, {"d/a.md", "d/s/b.txt"}},
    {"exclude_of_names", {}, {"*.txt"}, {"d/a.md"}},
    {"exclude_is_stronger", {"*.txt"}, {"a*"}, {"d/.x.txt", "d/s/b.txt", "d/s/t/c.txt"}},
    {"excluded_folders_are_not_entered", {}, {"s"}, {"d/.x.txt", "d/a.md", "d/a.txt"}},
    {"include_is_not_about_folders", {"c.txt"}, {}, {"d/s/t/c.txt"}},
    {"whole_path_with_a_slash", {"d/s/*"}, {}, {"d/s/b.txt", "d/s/t/c.txt"}},
    {"exclude_of_a_path", {}, {"d/s/t"}, {"d/.x.txt", "d/a.md", "d/a.txt", "d/s/b.txt"}},
    {"slash_at_the_end_is_about_folders",
     {},
     {"t/", "a.md/"},
     {"d/.x.txt", "d/a.md", "d/a.txt", "d/s/b.txt"}},
    {"brackets_and_question_marks", {"[!a].tx?"}, {}, {"d/s/b.txt", "d/s/t/c.txt"}},
    {"case_counts", {"*.TXT"}, {}, {}},
};

TEST_P(Globs, SayWhatIsFound) {
  for (const char* path : {"d/a.txt", "d/a.md", "d/.x.txt", "d/s/b.txt", "d/s/t/c.txt"}) put(path);
  Names want = GetParam().want;
  for (std::string& path : want) path.insert(0, "./");
  EXPECT_EQ(all(opened({.paths = {"./d"},
                        .recursive = true,
                        .include = GetParam().include,
                        .exclude = GetParam().exclude})),
            want);
}

INSTANTIATE_TEST_SUITE_P(Walks, Globs, testing::ValuesIn(glob_cases), case_name);

TEST_F(Tree, GlobsSayNothingOfPathsThatAreNamed) {
  put("a.md");
  put("d/b.md");
  EXPECT_EQ(
      all(opened({.paths = {"a.md", "d"}, .recursive = true, .include = {"*.txt"}, .exclude = {"a*", "d"}})),
      Names{"a.md"});
}

TEST_F(Tree, AListFollowsThePaths) {
  put("d/x");
  std::ofstream("list") << "b\n\nd\nnone\n";
  EXPECT_EQ(all(opened({.paths = {"a"}, .files_from = "list"})),
            (Names{"a", "b", "! d: is a folder; -r cleans what is in it", "none"}));
  EXPECT_EQ(all(opened({.recursive = true, .files_from = "list"})), (Names{"b", "d/x", "none"}));
}

TEST_F(Tree, AListMayEndItsNamesInNul) {
  std::ofstream("list", std::ios::binary) << std::string("a\nb\0c", 5);
  EXPECT_EQ(all(opened({.files_from = "list", .null_separated = true})), (Names{"a\nb", "c"}));
}

TEST_F(Tree, AnEmptyListIsNoInput) {
  std::ofstream("list") << "";
  EXPECT_EQ(all(opened({.files_from = "list"})), Names{});
}

struct BelowCase {
  const char* name;
  std::string path, want;
  friend void PrintTo(const BelowCase& row, std::ostream* out) { *out << row.name; }
};

class PathBelow : public testing::TestWithParam<BelowCase> {};

const BelowCase below_cases[] = {
    {"its_own", "a/b/x.txt", "a/b/x.txt"},      {"absolute", "/a/x.txt", "a/x.txt"},
    {"dots", "./a/../b/./x.txt", "b/x.txt"},    {"outside", "../../a/x.txt", "a/x.txt"},
    {"absolute_outside", "/../x.txt", "x.txt"}, {"no_utf_8", "\xff/\n", "\xff/\n"},
};

TEST_P(PathBelow, IsNeverOutside) { EXPECT_EQ(path_below(GetParam().path), fs::path(GetParam().want)); }

INSTANTIATE_TEST_SUITE_P(Paths, PathBelow, testing::ValuesIn(below_cases), case_name);

TEST_F(Tree, WhatIsFoundKnowsItsPlaceBelow) {
  put("a/b/x.txt");
  for (const auto& [root, path] : std::vector<std::pair<std::string, std::string>>{
           {"a/b", "a/b/x.txt"}, {"./a/", "./a/b/x.txt"}, {"a/b/../b", "a/b/../b/x.txt"}}) {
    Inputs inputs = opened({.paths = {root}, .recursive = true});
    const auto input = inputs.next();
    ASSERT_TRUE(input && *input);
    EXPECT_EQ((*input)->path, path);
    EXPECT_EQ((*input)->relative, "a/b/x.txt");
  }
}

struct ContradictionCase {
  const char* name;
  InputOptions options;
  std::string want;
  friend void PrintTo(const ContradictionCase& row, std::ostream* out) { *out << row.name; }
};

class Contradictions : public testing::TestWithParam<ContradictionCase> {};

const ContradictionCase contradiction_cases[] = {
    {"nul_without_a_list", {.null_separated = true}, "-0 says how --files-from ends its names"},
    {"recursion_into_nothing", {.recursive = true}, "-r needs a folder; the working folder is ."},
    {"standard_input_twice",
     {.paths = {"-"}, .files_from = "-"},
     "standard input can be a text or the list of --files-from, not both"},
    {"missing_list", {.files_from = "/none"}, "/none: cannot open: No such file or directory"},
};

TEST_P(Contradictions, AreErrors) {
  const auto inputs = Inputs::open(GetParam().options);
  ASSERT_FALSE(inputs);
  EXPECT_EQ(to_string(inputs.error()), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Options, Contradictions, testing::ValuesIn(contradiction_cases), case_name);

}  // namespace
}  // namespace dechaff
