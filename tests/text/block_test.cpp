#include "text/block.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace dechaff::text {
namespace {

bool is_lead(unsigned char c) { return c >= 0xC0; }
bool is_trail(unsigned char c) { return c >= 0x80 && c < 0xC0; }
bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }
bool is_alphanumeric(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// What a reader is to tell, byte by byte.
void set(StepBits& bits, unsigned char c, std::uint64_t bit) {
  if (c == '\n') bits.line_feeds |= bit;
  if (c == ' ') bits.spaces |= bit;
  if (c == '&' || is_lead(c) || (is_control(c) && c != '\n')) bits.others |= bit;
}

void set(LineBits& bits, unsigned char c, std::uint64_t bit) {
  if (c == '\n') bits.line_feeds |= bit;
  if (c > 0x20 && c < 0x7F) bits.ink |= bit;
  if (is_alphanumeric(c)) bits.alphanumerics |= bit;
  if (c == '\'' || c == '-' || is_trail(c)) bits.joiners |= bit;
  if (is_lead(c)) bits.leads |= bit;
}

template <class Bits>
std::vector<Bits> expected(std::string_view text) {
  std::vector<Bits> out(text.size() / block_size);
  for (std::size_t at = 0; at < text.size(); ++at)
    set(out[at / block_size], static_cast<unsigned char>(text[at]), std::uint64_t{1} << (at % block_size));
  return out;
}

template <class Bits>
std::vector<Bits> told(const BlockReader& reader, std::string_view text) {
  std::vector<Bits> out(text.size() / block_size);
  reader.read(text.data(), std::span(out));
  return out;
}

TEST(BlockReader, EachTellsTheKindsOfAllBytesAtAllPlaces) {
  std::mt19937 random(20240521);
  for (const BlockReader& reader : block_readers()) {
    if (!reader.runs_here()) continue;
    SCOPED_TRACE(reader.name);
    for (int round = 0; round < 300; ++round) {
      std::string text(block_size * (1 + random() % 5), ' ');
      for (char& c : text) c = static_cast<char>(random() % 256);
      ASSERT_EQ(told<StepBits>(reader, text), expected<StepBits>(text)) << testing::PrintToString(text);
      ASSERT_EQ(told<LineBits>(reader, text), expected<LineBits>(text)) << testing::PrintToString(text);
    }
  }
}

TEST(BlockReader, TheLastRunsOnEveryProcessorAndTheFastestIsChosen) {
  EXPECT_TRUE(block_readers().back().runs_here());
  for (const BlockReader& reader : block_readers()) {
    if (!reader.runs_here()) continue;
    EXPECT_EQ(block_reader().name, reader.name);
    break;
  }
}

TEST(Blocks, AreThoseOfTheTextAndTheFillerBehindIt) {
  for (std::size_t size = 1; size < 40 * block_size; size += 37) {
    std::string text;
    while (text.size() < size) text += static_cast<char>("a b\n-&"[text.size() * 7 % 6]);
    std::string filled = text;
    filled.resize((size + block_size - 1) / block_size * block_size, '\n');
    const std::vector<StepBits> all = expected<StepBits>(filled);
    // Each one, and with some passed over.
    for (const std::size_t stride : {1U, 3U, 20U}) {
      Blocks<StepBits> blocks(text, '\n');
      for (std::size_t i = 0; i < all.size(); i += stride)
        ASSERT_EQ(blocks.at(i * block_size), all[i]) << size << " " << i;
    }
  }
}

TEST(CountBits, AreThoseThatAreSet) {
  EXPECT_EQ(count_bits(0), 0U);
  EXPECT_EQ(count_bits(~std::uint64_t{0}), 64U);
  for (unsigned i = 0; i < 64; ++i) EXPECT_EQ(count_bits(std::uint64_t{1} << i | 1), i == 0 ? 1U : 2U);
}

}  // namespace
}  // namespace dechaff::text
