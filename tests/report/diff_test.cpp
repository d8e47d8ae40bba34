#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/edits.hpp"
#include "case_name.hpp"
#include "dechaff/report.hpp"
#include "rules_from.hpp"

namespace dechaff {
namespace {

Cleaned edited(std::string_view original, const Edits& edits) {
  Cleaned out;
  out.text = apply_edits(original, edits);
  out.changes = changes_of(edits);
  return out;
}

std::string diff(std::string_view original, const Edits& edits, bool escape = false) {
  return unified_diff("a.txt", original, edited(original, edits), escape);
}

struct DiffCase {
  const char* name;
  std::string_view original;
  Edits edits;
  std::string_view want;
  friend void PrintTo(const DiffCase& row, std::ostream* out) { *out << row.name; }
};

class Diff : public testing::TestWithParam<DiffCase> {};

#define HEAD "--- a.txt\n+++ a.txt (clean)\n"

const DiffCase diff_cases[] = {
    {"no_change_is_nothing", "a\n", {}, ""},
    {"a_line_that_goes", "a\nb\nc\n", {{2, 4, "", 0}}, HEAD "@@ -1,3 +1,2 @@\n a\n-b\n c\n"},
    {"the_only_line_goes", "a\n", {{0, 2, "", 0}}, HEAD "@@ -1 +0,0 @@\n-a\n"},
    {"a_line_that_comes", "a\n", {{2, 2, "b\n", 0}}, HEAD "@@ -1 +1,2 @@\n a\n+b\n"},
    {"out_of_nothing", "", {{0, 0, "b\n", 0}}, HEAD "@@ -0,0 +1 @@\n+b\n"},
    {"a_part_of_a_line", "one two\n", {{4, 7, "2", 0}}, HEAD "@@ -1 +1 @@\n-one two\n+one 2\n"},
    {"three_lines_of_context",
     "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
     {{8, 9, "x", 0}},
     HEAD "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
    {"changes_far_apart_are_two_hunks",
     "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
     {{0, 2, "", 0}, {16, 18, "", 0}},
     HEAD "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -6,4 +5,3 @@\n 6\n 7\n 8\n-9\n"},
    {"changes_with_six_lines_between_are_one",
     "1\n2\n3\n4\n5\n6\n7\n8\n",
     {{0, 2, "", 0}, {14, 16, "", 0}},
     HEAD "@@ -1,8 +1,6 @@\n-1\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n"},
    {"a_line_feed_that_comes_at_the_end",
     "a",
     {{1, 1, "\n", 0}},
     HEAD "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
    {"a_line_feed_that_goes_at_the_end",
     "a\n",
     {{1, 2, "", 0}},
     HEAD "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"},
    {"context_without_a_line_feed",
     "a\nb",
     {{0, 1, "x", 0}},
     HEAD "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n"},
    {"lines_that_are_joined", "a\nb\n", {{1, 2, " ", 0}}, HEAD "@@ -1,2 +1 @@\n-a\n-b\n+a b\n"},
    {"a_line_that_is_divided", "a b\n", {{1, 2, "\n", 0}}, HEAD "@@ -1 +1,2 @@\n-a b\n+a\n+b\n"},
    {"changes_of_one_line",
     "a b c\n",
     {{0, 1, "x", 0}, {4, 5, "y", 0}},
     HEAD "@@ -1 +1 @@\n-a b c\n+x b y\n"},
    {"changes_that_touch", "a\nb\nc\n", {{0, 2, "", 0}, {2, 4, "", 0}}, HEAD "@@ -1,3 +1 @@\n-a\n-b\n c\n"},
    {"a_deletion_across_line_ends", "ab\ncd\n", {{1, 4, "", 0}}, HEAD "@@ -1,2 +1 @@\n-ab\n-cd\n+ad\n"},
};

TEST_P(Diff, IsUnified) { EXPECT_EQ(diff(GetParam().original, GetParam().edits), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Texts, Diff, testing::ValuesIn(diff_cases), case_name);

TEST(DiffForATerminal, EscapesTextAndName) {
  const std::string original = "\x1b[31ma\n";
  EXPECT_EQ(unified_diff("b\x1b.txt", original, edited(original, {{0, 5, "", 0}}), true),
            "--- b\\u{001B}.txt\n+++ b\\u{001B}.txt (clean)\n@@ -1 +1 @@\n-\\u{001B}[31ma\n+a\n");
}

/// `patch` on a file: the text that comes out, or why none does.
class Patched {
 public:
  static bool there_is_one() { return std::system("patch --version >/dev/null 2>&1") == 0; }

  std::string operator()(std::string_view original, std::string_view diff) const {
    std::ofstream(folder_ / "in", std::ios::binary) << original;
    std::ofstream(folder_ / "diff", std::ios::binary) << diff;
    const std::string at = folder_.path().string();
    const std::string command = "patch --binary --fuzz=0 --quiet --force -o '" + at + "/out' '" + at +
                                "/in' '" + at + "/diff' >'" + at + "/said' 2>&1";
    if (std::system(command.c_str()) != 0) return "(patch fails: " + read("said") + ")";
    return read("out");
  }

 private:
  std::string read(const char* name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  ScratchFolder folder_;
};

Edits random_edits(std::mt19937& random, const std::string& text) {
  constexpr std::string_view pieces[] = {"", "", "x", "\n", "x\n", "\n\n", "x\ny", "x\ny\n"};
  const auto below = [&](std::size_t n) { return random() % n; };
  Edits out;
  for (std::size_t at = below(8); at <= text.size(); at += below(16)) {
    const std::size_t end = std::min(text.size(), at + below(6));
    const std::string piece(pieces[below(std::size(pieces))]);
    if (piece == text.substr(at, end - at)) continue;  // no change
    out.push_back({at, end, piece, 0});
    at = end + (end == at ? 1 : 0);
  }
  return out;
}

TEST(RandomDiffs, AreAppliedByPatch) {
  if (!Patched::there_is_one()) GTEST_SKIP() << "no patch on this machine";
  const Patched patched;
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string original;
    for (std::size_t i = 0, size = random() % 60; i < size; ++i) original += "ab\n"[random() % 3];
    const Cleaned cleaned = edited(original, random_edits(random, original));
    if (cleaned.text.empty() || cleaned.text == original)
      continue;  // patch removes a file that would be empty
    const std::string made = unified_diff("in", original, cleaned, false);
    ASSERT_EQ(patched(original, made), cleaned.text) << "of " << testing::PrintToString(original) << " by\n"
                                                     << made;
  }
}

}  // namespace
}  // namespace dechaff
