#include "io/source.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "case_name.hpp"
#include "dechaff/io.hpp"
#include "rules_from.hpp"
#include "samples.hpp"

namespace dechaff::io {
namespace {

using namespace std::string_view_literals;

/// A pipe with both ends open; what reads from it opens `path`.
class Pipe {
 public:
  Pipe() {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) ADD_FAILURE() << "no pipe";
    read_end = Descriptor(ends[0]);
    write_end_ = Descriptor(ends[1]);
  }

  std::string path() const { return "/dev/fd/" + std::to_string(read_end.number()); }
  void write(std::string_view bytes) { EXPECT_TRUE(write_all(write_end_.number(), bytes)); }
  void close() { write_end_ = Descriptor(-1); }

  /// Until all that was written has been read.
  void wait() const {
    for (int left = 1; left != 0; std::this_thread::yield())
      ASSERT_EQ(::ioctl(read_end.number(), FIONREAD, &left), 0);
  }

  Descriptor read_end{-1};

 private:
  Descriptor write_end_{-1};
};

/// What a source gives out, each of its errors in brackets, going on behind damage.
std::string all_of(Source& source, std::size_t most = 1'000'000) {
  std::string out;
  for (;;) {
    const std::size_t before = out.size();
    const auto more = source.read(out, most);
    EXPECT_LE(out.size() - before, most);
    if (more && !*more) return out;
    if (more) {
      EXPECT_GT(out.size(), before);
      continue;
    }
    EXPECT_EQ(out.size(), before);
    out += "[" + more.error().message + "]";
    if (!source.skip_damage()) return out;
  }
}

class Sources : public testing::Test {
 protected:
  std::string put(std::string_view name, std::string_view bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }

  Source open(const std::string& path, int stop = -1) {
    auto source = Source::open(path, stop);
    EXPECT_TRUE(source) << to_string(source.error());
    return std::move(*source);
  }

  std::string read(std::string_view bytes, std::size_t most = 1'000'000) {
    Source source = open(put("file", bytes));
    return all_of(source, most);
  }

  ScratchFolder folder_;
};

struct PlainCase {
  const char* name;
  std::string_view bytes;
};

class PlainSources : public Sources, public testing::WithParamInterface<PlainCase> {};

const PlainCase plain_cases[] = {
    {"empty", ""sv},
    {"text", "Soup\n"sv},
    {"one_byte_of_gzip", "\x1f"sv},
    {"two_bytes_of_gzip", "\x1f\x8b"sv},
    {"gzip_of_another_method", "\x1f\x8b\x07\x08"sv},
    {"three_bytes_of_zstd", "\x28\xb5\x2f"sv},
    {"text_like_a_frame_to_skip", "Pots"sv},
    {"magic_further_on", " \x1f\x8b\x08\x00"sv},
    {"nul", "\0\0"sv},
};

TEST_P(PlainSources, AreReadAsTheyAreWhateverTheirName) {
  for (const char* name : {"a", "a.gz", "a.zst"}) {
    Source source = open(put(name, GetParam().bytes));
    EXPECT_EQ(all_of(source), GetParam().bytes);
    EXPECT_EQ(source.codec(), Codec::none);
    EXPECT_EQ(source.position(), GetParam().bytes.size());
  }
}

TEST_P(PlainSources, AreReadAsTheyAreByteForByte) {
  Pipe pipe;
  std::jthread writer([&] {
    for (const char byte : GetParam().bytes) pipe.write({&byte, 1});
    pipe.close();
  });
  Source source = open(pipe.path());
  EXPECT_EQ(all_of(source), GetParam().bytes);
}

INSTANTIATE_TEST_SUITE_P(Bytes, PlainSources, testing::ValuesIn(plain_cases), case_name);

class CodedSources : public Sources, public testing::WithParamInterface<Codec> {
 protected:
  static std::string pack(std::string_view bytes) { return compressed(GetParam(), bytes); }
  static std::string truncated() {
    return GetParam() == Codec::gzip ? "[the gzip data is cut off inside a member]"
                                     : "[the zstd data is cut off inside a frame]";
  }
};

INSTANTIATE_TEST_SUITE_P(Codecs, CodedSources, testing::ValuesIn(true_codecs), codec_name);

TEST_P(CodedSources, AreDecompressedWhateverTheirName) {
  const std::string bytes = prose(900'000);
  for (const char* name : {"a.gz", "a.txt", "a.zst"}) {
    const std::string packed = pack(bytes);
    Source source = open(put(name, packed));
    EXPECT_EQ(source.codec(), Codec::none);
    EXPECT_TRUE(all_of(source, 10'000) == bytes);
    EXPECT_EQ(source.codec(), GetParam());
    EXPECT_EQ(source.position(), packed.size());
    EXPECT_EQ(source.size(), packed.size());
  }
}

TEST_P(CodedSources, HaveMembersThatFollowOneAnother) {
  std::string packed = pack("");
  std::string bytes;
  for (std::size_t i = 0; i < 300; ++i) {
    bytes += prose(i * 17);
    packed += pack(prose(i * 17));
  }
  packed += pack("");
  EXPECT_TRUE(read(packed) == bytes);
  EXPECT_TRUE(read(packed, 1) == bytes);
  EXPECT_EQ(read(pack("")), "");
}

TEST_P(CodedSources, MayComeByteForByte) {
  const std::string bytes = prose(2000);
  Pipe pipe;
  std::jthread writer([&] {
    for (const char byte : pack(bytes) + pack("end")) pipe.write({&byte, 1});
    pipe.close();
  });
  Source source = open(pipe.path());
  EXPECT_EQ(all_of(source, 7), bytes + "end");
  EXPECT_EQ(source.codec(), GetParam());
  EXPECT_EQ(source.size(), std::nullopt);
}

TEST_P(CodedSources, GiveOutWhatWasFlushedAtOnce) {
  Pipe pipe;
  const auto writer = compressor(GetParam());
  Source source = open(pipe.path());
  for (const std::string line : {"one\n", "two\n", "three\n"}) {
    std::string packed;
    writer->write(line, packed);
    writer->flush(packed);
    pipe.write(packed);
    std::string got;
    // The pipe stays open: this would hang if it waited for more than it needs.
    while (got.size() < line.size()) ASSERT_TRUE(*source.read(got, 100));
    EXPECT_EQ(got, line);
  }
}

TEST_P(CodedSources, ThatAreCutOffSayTheirName) {
  const std::string packed = pack(prose(2000));
  const std::string path = put("a", packed.substr(0, packed.size() - 1));
  Source source = open(path);
  std::string out;
  auto more = source.read(out, 10'000);
  while (more && *more) more = source.read(out, 10'000);
  ASSERT_FALSE(more);
  EXPECT_EQ(out, prose(2000));
  EXPECT_EQ(more.error().code, ErrorCode::bad_input);
  EXPECT_EQ("[" + to_string(more.error()) + "]", "[" + path + ": " + truncated().substr(1));
  const auto again = source.read(out, 10'000);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().message, more.error().message);
  EXPECT_FALSE(source.skip_damage());
}

TEST_P(CodedSources, GoOnBehindADamagedMember) {
  const std::string one = prose(5000, 1);
  const std::string two = prose(5000, 2);
  const std::string three = prose(5000, 3);
  std::string damaged = pack(two);
  for (std::size_t at = damaged.size() / 2; at < damaged.size() / 2 + 10; ++at) damaged[at] = '\x55';
  const std::string got = read(pack(one) + damaged + pack(three));
  EXPECT_TRUE(got.starts_with(one));
  EXPECT_TRUE(got.ends_with("]" + three));
}

TEST_P(CodedSources, LoseNoMoreThanTheMemberOfAFlippedByte) {
  const std::string one = prose(100, 1);
  const std::string two = prose(300, 2);
  const std::string three = prose(400, 3);
  const std::string sound = pack(two);
  for (std::size_t at = 0; at < sound.size(); ++at) {
    for (const int flip : {0x01, 0x10, 0x80, 0xFF}) {
      std::string damaged = sound;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      const std::string got = read(pack(one) + damaged + pack(three) + pack(one));
      EXPECT_TRUE(got.starts_with(one)) << at << " by " << flip;
      EXPECT_TRUE(got.ends_with(three + one)) << at << " by " << flip;
      EXPECT_TRUE(got == one + two + three + one || got.find('[') != got.npos) << at << " by " << flip;
    }
  }
}

TEST_P(CodedSources, LoseNoMoreThanOneMemberOfManyPieces) {
  const std::string large = noise(900'000);
  std::string damaged = pack(large);
  damaged[500'000] = static_cast<char>(damaged[500'000] ^ 1);
  const std::string got = read(pack("one") + damaged + pack(large) + pack("end"));
  EXPECT_TRUE(got.starts_with("one"));
  EXPECT_TRUE(got.ends_with("]" + large + "end"));
}

TEST_P(CodedSources, GoOnBehindWhatIsNoMember) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{5}, std::size_t{600'000}}) {
    const std::string got = read(pack("one") + std::string(size, 'x') + pack("two"));
    EXPECT_EQ(got.substr(0, 4), "one[") << size;
    EXPECT_TRUE(got.ends_with("]two")) << size;
  }
}

TEST_P(CodedSources, GoOnBehindDamageThatComesByteForByte) {
  Pipe pipe;
  std::jthread writer([&] {
    for (const char byte : pack("one") + "xyz" + pack("two") + "x") pipe.write({&byte, 1});
    pipe.close();
  });
  Source source = open(pipe.path());
  const std::string got = all_of(source);
  EXPECT_TRUE(got.starts_with("one["));
  EXPECT_NE(got.find("]two["), got.npos);
  EXPECT_TRUE(got.ends_with("]"));
}

TEST_P(CodedSources, EndWhereTheyAreToldTo) {
  Pipe pipe;
  Pipe stop;
  Source source = open(pipe.path(), stop.read_end.number());
  const std::string packed = pack(prose(2000));
  pipe.write(std::string_view(packed).substr(0, packed.size() / 2));
  std::string out;
  std::jthread stopper([&] {
    pipe.wait();
    stop.write("x");
  });
  auto more = source.read(out, 10'000);
  while (more && *more) more = source.read(out, 10'000);
  EXPECT_TRUE(more) << "half a member is no damage where it is told to end";
  EXPECT_TRUE(source.stopped());
  EXPECT_TRUE(prose(2000).starts_with(out));
}

TEST_F(Sources, EndWhereTheyAreToldToAtOnce) {
  Pipe stop;
  Source source = open(put("a", prose(600'000)), stop.read_end.number());
  std::string out;
  EXPECT_TRUE(*source.read(out, 10));
  EXPECT_FALSE(source.stopped());
  stop.close();
  EXPECT_EQ(out + all_of(source), prose(256 << 10)) << "what was read before is given out";
  EXPECT_TRUE(source.stopped());
  EXPECT_FALSE(*source.read(out, 10));
}

TEST_F(Sources, ThatAreToldToEndGiveOutBytesThatMightHaveBeenAMagic) {
  Pipe pipe;
  Pipe stop;
  Source source = open(pipe.path(), stop.read_end.number());
  pipe.write("P");
  std::jthread stopper([&] {
    pipe.wait();
    stop.write("x");
  });
  EXPECT_EQ(all_of(source), "P");
  EXPECT_TRUE(source.stopped());
}

TEST_F(Sources, GiveOutWhatIsThereWithoutWaitingForMore) {
  Pipe pipe;
  Source source = open(pipe.path());
  std::string out;
  pipe.write("So");
  ASSERT_TRUE(*source.read(out, 100));
  EXPECT_EQ(out, "So");
  pipe.write("up");
  ASSERT_TRUE(*source.read(out, 1));
  EXPECT_EQ(out, "Sou");
  pipe.close();
  EXPECT_EQ(out + all_of(source), "Soup");
  EXPECT_FALSE(*source.read(out, 100));
}

TEST_F(Sources, OfStandardInputThatDoesNotBlockAreWaitedFor) {
  const Descriptor before(::dup(STDIN_FILENO));
  Pipe pipe;
  ASSERT_EQ(::fcntl(pipe.read_end.number(), F_SETFL, O_NONBLOCK), 0);
  ASSERT_EQ(::dup2(pipe.read_end.number(), STDIN_FILENO), STDIN_FILENO);
  std::jthread writer([&] {
    pipe.write("Soup");
    pipe.wait();
    pipe.write("!");
    pipe.close();
  });
  Source source = open("-");
  EXPECT_EQ(all_of(source), "Soup!");
  writer.join();
  ASSERT_EQ(::dup2(before.number(), STDIN_FILENO), STDIN_FILENO);
}

TEST_F(Sources, ThatCannotBeReadAreNamed) {
  const auto missing = Source::open((folder_ / "none").string());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::io);
  EXPECT_EQ(to_string(missing.error()),
            (folder_ / "none").string() + ": cannot open: No such file or directory");
  const auto folder = Source::open(folder_.path().string());
  ASSERT_FALSE(folder);
  EXPECT_EQ(to_string(folder.error()), folder_.path().string() + ": cannot read: Is a directory");
}

TEST_F(Sources, KnowTheirNameAndSize) {
  const std::string path = put("a", "Soup\n");
  EXPECT_EQ(open(path).name(), path);
  EXPECT_EQ(open(path).size(), 5U);
  EXPECT_EQ(open(path).position(), 0U);
  EXPECT_EQ(open("-").name(), "(standard input)");
}

TEST_F(Sources, LeaveStandardInputOpen) {
  const int before = ::fcntl(STDIN_FILENO, F_GETFD);
  { const Source source = open("-"); }
  EXPECT_EQ(::fcntl(STDIN_FILENO, F_GETFD), before);
}

TEST_F(Sources, ThatAreMovedGoOn) {
  Source first = open(put("a", compressed(Codec::gzip, "Soup\n")));
  std::string out;
  ASSERT_TRUE(*first.read(out, 2));
  Source second = std::move(first);
  Source third = open(put("b", "b"));
  third = std::move(second);
  EXPECT_EQ(out + all_of(third), "Soup\n");
}

TEST_F(Sources, HaveNoDamageToSkipWhereThereIsNone) {
  Source source = open(put("a", "Soup\n"));
  EXPECT_FALSE(source.skip_damage());
  EXPECT_EQ(all_of(source), "Soup\n");
  EXPECT_FALSE(source.skip_damage());
}

TEST_F(Sources, DoNotDecompressTwice) {
  const std::string once = compressed(Codec::gzip, "Soup\n");
  EXPECT_EQ(read(compressed(Codec::zstd, once)), once);
}

}  // namespace
}  // namespace dechaff::io
