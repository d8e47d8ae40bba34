#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "decoded.hpp"
#include "samples.hpp"

namespace dechaff::io {
namespace {

struct Sample {
  const char* name;
  std::string bytes;
};

/// Damages each of these in every place: stored, compressed, of several blocks or members.
std::vector<Sample> samples() {
  return {{"prose", prose(700)}, {"noise", noise(200)}, {"zeros", std::string(200'000, '\0')}};
}

class Damage : public testing::TestWithParam<Codec> {
 protected:
  /// Whether pieces of other sizes give the same bytes and the same error.
  static bool is_the_same_in_pieces(std::string_view packed, const Decoded& whole) {
    return decoded(GetParam(), packed, 1) == whole && decoded(GetParam(), packed, 5) == whole &&
           decoded(GetParam(), packed, 1000) == whole;
  }
};

INSTANTIATE_TEST_SUITE_P(Codecs, Damage, testing::ValuesIn(true_codecs), codec_name);

TEST_P(Damage, ByCuttingOffIsAnError) {
  const std::string name = GetParam() == Codec::gzip ? "gzip" : "zstd";
  const std::string where = GetParam() == Codec::gzip ? "member" : "frame";
  for (const auto& [sample, bytes] : samples()) {
    const std::string packed = compressed(GetParam(), bytes);
    for (std::size_t end = 1; end < packed.size(); ++end) {
      const Decoded got = decoded(GetParam(), std::string_view(packed).substr(0, end));
      EXPECT_EQ(got.error, "the " + name + " data is cut off inside a " + where) << sample << " at " << end;
      EXPECT_TRUE(bytes.starts_with(got.bytes)) << sample << " at " << end;
    }
  }
}

TEST_P(Damage, ByAFlippedBitIsAnErrorOrChangesNothing) {
  for (const auto& [sample, bytes] : samples()) {
    std::string packed = compressed(GetParam(), bytes);
    for (std::size_t at = 0; at < packed.size(); ++at) {
      for (const int flip : {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF}) {
        const char sound = packed[at];
        packed[at] = static_cast<char>(sound ^ flip);
        const Decoded got = decoded(GetParam(), packed);
        EXPECT_TRUE(!got.error.empty() || got.bytes == bytes) << sample << " at " << at << " by " << flip;
        const bool is_small = bytes.size() < 1000;
        EXPECT_TRUE(!is_small || is_the_same_in_pieces(packed, got))
            << sample << " at " << at << " by " << flip;
        packed[at] = sound;
      }
    }
  }
}

TEST_P(Damage, LosesNothingBeforeItsBlock) {
  // Noise is stored as it is, so the damage is in the last of these bytes; the checksum tells of it.
  const std::string bytes = noise(600'000);
  std::string packed = compressed(GetParam(), bytes);
  packed[packed.size() - 20] = static_cast<char>(packed[packed.size() - 20] ^ 1);
  for (const std::size_t piece : {1000U, 100'000U, 10'000'000U}) {
    const Decoded got = decoded(GetParam(), packed, piece);
    EXPECT_NE(got.error, "");
    EXPECT_EQ(got.bytes.size(), bytes.size());
    EXPECT_TRUE(std::string_view(got.bytes).starts_with(std::string_view(bytes).substr(0, 500'000)));
  }
}

TEST_P(Damage, InABlockOfManyGivesTheSameInPiecesOfAnySize) {
  std::string packed = compressed(GetParam(), prose(600'000));
  for (std::size_t at = 1000; at < packed.size(); at += packed.size() / 30) {
    packed[at] = static_cast<char>(packed[at] ^ 0x10);
    const Decoded got = decoded(GetParam(), packed);
    EXPECT_NE(got.error, "");
    for (const std::size_t piece : {37U, 1000U, 100'000U, 1'000'000U})
      EXPECT_TRUE(decoded(GetParam(), packed, piece) == got) << "at " << at << " in pieces of " << piece;
    packed[at] = static_cast<char>(packed[at] ^ 0x10);
  }
}

}  // namespace
}  // namespace dechaff::io
