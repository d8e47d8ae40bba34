#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "dechaff/io.hpp"
#include "rules_from.hpp"

namespace dechaff {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void put(const fs::path& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

  std::string get(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder_.path()))
      out.push_back(entry.path().filename().string());
    std::ranges::sort(out);
    return out;
  }

  static mode_t mode_of(const fs::path& path) {
    struct stat info {};
    EXPECT_EQ(::stat(path.c_str(), &info), 0);
    return info.st_mode & 07777;
  }

  void replace(const fs::path& path, std::string_view bytes) {
    auto file = OutputFile::open(path);
    ASSERT_TRUE(file) << to_string(file.error());
    ASSERT_TRUE(file->write(bytes));
    ASSERT_TRUE(file->commit());
  }

  ScratchFolder folder_;
};

using Names = std::vector<std::string>;

TEST_F(Files, AreReadWhole) {
  std::string bytes(700'001, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i % 251);
  put(folder_ / "a", bytes);
  const auto read = read_input((folder_ / "a").string());
  ASSERT_TRUE(read);
  EXPECT_TRUE(*read == bytes);
  put(folder_ / "empty", "");
  EXPECT_EQ(*read_input((folder_ / "empty").string()), "");
}

TEST_F(Files, ThatSayNoSizeAreReadWhole) {
  const auto read = read_input("/proc/self/status");
  ASSERT_TRUE(read);
  EXPECT_NE(read->find("Name:"), std::string::npos);
}

TEST_F(Files, ThatCannotBeReadAreNamed) {
  const std::string none = (folder_ / "none").string();
  const auto missing = read_input(none);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::io);
  EXPECT_EQ(to_string(missing.error()), none + ": cannot open: No such file or directory");
  const auto folder = read_input(folder_.path().string());
  ASSERT_FALSE(folder);
  EXPECT_EQ(to_string(folder.error()), folder_.path().string() + ": cannot read: Is a directory");
}

TEST_F(Files, AppearWhenCommitted) {
  {
    auto file = OutputFile::open(folder_ / "a");
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("one "));
    ASSERT_TRUE(file->write("two"));
    EXPECT_FALSE(fs::exists(folder_ / "a"));
    ASSERT_TRUE(file->commit());
  }
  EXPECT_EQ(get(folder_ / "a"), "one two");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(Files, AreNotThereWithoutACommit) {
  {
    auto file = OutputFile::open(folder_ / "a");
    ASSERT_TRUE(file && file->write("half"));
  }
  EXPECT_EQ(names(), Names{});
}

TEST_F(Files, StayAsTheyWereWithoutACommit) {
  put(folder_ / "a", "before");
  {
    auto file = OutputFile::open(folder_ / "a");
    ASSERT_TRUE(file && file->write("half"));
    EXPECT_EQ(get(folder_ / "a"), "before");
  }
  EXPECT_EQ(get(folder_ / "a"), "before");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(Files, ThatAreOnTheDiskAppearWhenCommitted) {
  auto file = OutputFile::open(folder_ / "a");
  ASSERT_TRUE(file && file->write("a"));
  ASSERT_TRUE(file->sync());
  EXPECT_FALSE(fs::exists(folder_ / "a"));
  ASSERT_TRUE(file->commit());
  EXPECT_EQ(get(folder_ / "a"), "a");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(Files, ThatWereMovedAreCommittedOnce) {
  auto file = OutputFile::open(folder_ / "a");
  ASSERT_TRUE(file);
  OutputFile moved(std::move(*file));
  ASSERT_TRUE(moved.write("a"));
  ASSERT_TRUE(moved.commit());
  EXPECT_EQ(get(folder_ / "a"), "a");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(Files, KeepTheirMode) {
  put(folder_ / "a", "before");
  ASSERT_EQ(::chmod((folder_ / "a").c_str(), 0640), 0);
  replace(folder_ / "a", "after");
  EXPECT_EQ(get(folder_ / "a"), "after");
  EXPECT_EQ(mode_of(folder_ / "a"), 0640U);
}

TEST_F(Files, ThatAreFreshHaveTheModeOfTheMask) {
  const mode_t before = ::umask(027);
  replace(folder_ / "a", "a");
  ::umask(before);
  EXPECT_EQ(mode_of(folder_ / "a"), 0640U);
}

TEST_F(Files, BehindALinkAreReplacedAndTheLinkStays) {
  fs::create_directory(folder_ / "b");
  put(folder_ / "b/target", "before");
  fs::create_symlink("b/target", folder_ / "link");
  replace(folder_ / "link", "after");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(get(folder_ / "b/target"), "after");
  EXPECT_EQ(names(), (Names{"b", "link"}));
}

TEST_F(Files, BehindALinkToNothingAreMade) {
  fs::create_symlink("target", folder_ / "link");
  replace(folder_ / "link", "after");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(get(folder_ / "target"), "after");
}

TEST_F(Files, OfADeviceAreWrittenInPlace) {
  replace("/dev/null", "nothing");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(Files, OfAFullDeviceFail) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  auto file = OutputFile::open("/dev/full");
  ASSERT_TRUE(file);
  const auto written = file->write("a");
  ASSERT_FALSE(written);
  EXPECT_EQ(to_string(written.error()), "/dev/full: cannot write: No space left on device");
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(Files, OfAPipeAreWrittenInPlace) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::string read;
  std::jthread reader([&] { read = get(pipe); });
  replace(pipe, "through");
  reader.join();
  EXPECT_EQ(read, "through");
  EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST_F(Files, InAFolderThatIsNotThereAreAnError) {
  const fs::path path = folder_ / "none/a";
  const auto file = OutputFile::open(path);
  ASSERT_FALSE(file);
  EXPECT_EQ(to_string(file.error()),
            path.string() + ": cannot create a file beside it: No such file or directory");
}

TEST_F(Files, OfAFolderAreAnError) {
  EXPECT_FALSE(OutputFile::open(folder_.path()));
  EXPECT_FALSE(AppendingFile::open(folder_.path(), AppendingFile::Existing::emptied));
  EXPECT_EQ(names(), Names{});
}

TEST_F(Files, ThatGrowAreThereAtOnce) {
  put(folder_ / "a", "before");
  auto file = AppendingFile::open(folder_ / "a", AppendingFile::Existing::emptied);
  ASSERT_TRUE(file);
  EXPECT_EQ(get(folder_ / "a"), "");
  ASSERT_TRUE(file->write("one\n"));
  EXPECT_EQ(get(folder_ / "a"), "one\n");
  ASSERT_TRUE(file->write("two\n"));
  ASSERT_TRUE(file->close());
  EXPECT_EQ(get(folder_ / "a"), "one\ntwo\n");
}

TEST_F(Files, ThatGrowOnADeviceAreWritten) {
  auto file = AppendingFile::open("/dev/null", AppendingFile::Existing::emptied);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->write("a"));
  EXPECT_TRUE(file->close());
}

TEST(WriteAll, SaysWhyItFails) {
  const auto written = write_all(-1, "a");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::io);
  EXPECT_EQ(written.error().message, "cannot write: Bad file descriptor");
}

TEST(WriteAll, OfNothingWritesNothing) { EXPECT_TRUE(write_all(-1, "")); }

}  // namespace
}  // namespace dechaff
