#include "io/source_buffer.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <istream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules_from.hpp"
#include "samples.hpp"

namespace dechaff::io {
namespace {

Source source_of(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  auto source = Source::open(path.string());
  EXPECT_TRUE(source) << to_string(source.error());
  return std::move(*source);
}

TEST(SourceBuffer, LetsStreamsReadASource) {
  const ScratchFolder folder;
  Source source = source_of(folder / "a", compressed(Codec::zstd, "one\ntwo"));
  std::istream in(nullptr);
  const SourceBuffer buffer(source, in);
  std::string line;
  std::vector<std::string> lines;
  while (std::getline(in, line)) lines.push_back(line);
  EXPECT_EQ(lines, (std::vector<std::string>{"one", "two"}));
  EXPECT_TRUE(in.eof());
  EXPECT_FALSE(in.bad());
  EXPECT_FALSE(buffer.error());
}

TEST(SourceBuffer, MakesTheStreamBadWhereReadingFails) {
  const ScratchFolder folder;
  const std::string packed = compressed(Codec::gzip, prose(200'000));
  Source source = source_of(folder / "a", packed.substr(0, packed.size() - 4));
  std::istream in(nullptr);
  const SourceBuffer buffer(source, in);
  std::string line;
  std::string got;
  while (std::getline(in, line)) got += line + "\n";
  EXPECT_TRUE(prose(200'000).starts_with(got));
  EXPECT_GT(got.size(), 199'000U);
  EXPECT_TRUE(in.bad());
  ASSERT_TRUE(buffer.error());
  EXPECT_EQ(buffer.error()->message, "the gzip data is cut off inside a member");
  EXPECT_EQ(in.get(), std::istream::traits_type::eof());
}

}  // namespace
}  // namespace dechaff::io
