#include "io/input.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "rules_from.hpp"

namespace dechaff::io {
namespace {

std::string read_once(Input& input) {
  std::string out;
  const auto got = input.read(out, 1 << 20);
  EXPECT_TRUE(got) << (got ? "" : to_string(got.error()));
  return out;
}

TEST(Inputs, OfKnownSizeAreReadAtOnce) {
  const ScratchFolder folder;
  const std::string text(300'000, 'x');
  std::ofstream(folder / "a") << text;
  auto input = Input::open((folder / "a").string());
  ASSERT_TRUE(input);
  EXPECT_EQ(read_once(*input), text);
  EXPECT_EQ(read_once(*input), "");
}

TEST(Inputs, ThatGrewAreReadToTheirEnd) {
  const ScratchFolder folder;
  std::ofstream(folder / "a") << "Soup\n";
  auto input = Input::open((folder / "a").string());
  ASSERT_TRUE(input);
  std::ofstream(folder / "a", std::ios::app) << std::string(1'000, 'y');
  std::string all;
  while (true) {
    const std::string more = read_once(*input);
    if (more.empty()) break;
    all += more;
  }
  EXPECT_EQ(all, "Soup\n" + std::string(1'000, 'y'));
}

TEST(Inputs, ThatDoNotTellTheirSizeAreNotReadByteByByte) {
  auto input = Input::open("/proc/self/status");
  if (!input) GTEST_SKIP() << "needs /proc";
  EXPECT_GT(read_once(*input).size(), 100U);
}

}  // namespace
}  // namespace dechaff::io
