#include "match/literal_scanner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/image_stream.hpp"
#include "case_name.hpp"

namespace dechaff::match {
namespace {

using Found = std::vector<std::uint32_t>;

Found scanned(const LiteralScanner& scanner, std::string_view text) {
  Found out;
  scanner.scan(text, [&](std::uint32_t id) { out.push_back(id); });
  std::ranges::sort(out);
  return out;
}

Found searched(const std::vector<LiteralScanner::Literal>& literals, std::string_view text) {
  Found out;
  for (const LiteralScanner::Literal& literal : literals) {
    for (std::size_t at = 0; (at = text.find(literal.text, at)) != text.npos; ++at) out.push_back(literal.id);
  }
  std::ranges::sort(out);
  return out;
}

TEST(LiteralScanner, FindsWhatASearchFinds) {
  std::mt19937 random(1);
  const auto text_of = [&](std::size_t size) {
    std::string out;
    while (out.size() < size) out += std::array{'a', 'b', 'c', '\0', '\xC3', '\xA9'}[random() % 6];
    return out;
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> texts;
    for (int i = 0; i < 30; ++i) texts.push_back(text_of(1 + random() % 12));
    std::vector<LiteralScanner::Literal> literals;
    for (std::uint32_t i = 0; i < texts.size(); ++i) literals.push_back({texts[i], i / 2});
    const LiteralScanner scanner(literals);
    for (int i = 0; i < 30; ++i) {
      std::string text = text_of(random() % 30);
      if (i % 2 == 0) text += texts[random() % texts.size()];
      ASSERT_EQ(scanned(scanner, text), searched(literals, text));
    }
  }
}

/// An image of a scanner, which a test may damage.
struct Parts {
  struct Window {
    std::uint64_t bytes = 0;
    std::uint32_t literal = 0, offset = 0;
  };
  struct Windows {
    std::uint32_t shift = 0;
    PlainList<Window> windows;
    PlainList<std::uint32_t> begins;
  };
  struct Placed {
    std::uint32_t begin = 0, size = 0, first_id = 0, last_id = 0;
  };

  PlainList<char> texts;
  PlainList<Placed> literals;
  PlainList<std::uint32_t> ids;
  std::array<Windows, 4> windows;
};

template <class A>
void fields(A& a, Parts& parts) {
  a(parts.texts, parts.literals, parts.ids);
  for (Parts::Windows& one : parts.windows) a(one.shift, one.windows, one.begins);
}

template <class To, class From>
To read_as(const From& from) {
  ImageWriter writer;
  writer(from);
  std::string image = writer.take();
  // As in a file that is mapped, the bytes outlive what they lend to.
  static std::vector<std::vector<std::uint64_t>> kept;
  std::vector<std::uint64_t>& bytes = kept.emplace_back(image.size() / 8 + 1);
  std::memcpy(bytes.data(), image.data(), image.size());
  ImageReader reader({reinterpret_cast<const char*>(bytes.data()), image.size()});
  To out;
  reader(out);
  EXPECT_TRUE(reader.good());
  return out;
}

TEST(LiteralScanner, ComesOutOfAnImageAsItWas) {
  const std::vector<LiteralScanner::Literal> literals = {
      {"a", 0}, {"ab", 1}, {"abc", 2}, {"abcd", 3}, {"abcdefgh", 4}};
  LiteralScanner scanner = read_as<LiteralScanner>(LiteralScanner(literals));
  ASSERT_TRUE(scanner.settle(5));
  EXPECT_EQ(scanned(scanner, "xabcdefgh"), (Found{0, 1, 2, 3, 4}));
  LiteralScanner fewer = read_as<LiteralScanner>(LiteralScanner(literals));
  EXPECT_FALSE(fewer.settle(4)) << "an id that nobody has";
}

struct Damage {
  const char* name;
  std::function<void(Parts&)> make;
};

class DamagedScanner : public testing::TestWithParam<Damage> {};

const Damage damages[] = {
    {"windows_without_literals",
     [](Parts& parts) {
       parts = {};
       parts.windows[3].windows = {{std::uint64_t{1} << 40, 0, 0}};
     }},
    {"a_shift_that_leaves_no_slot",
     [](Parts& parts) {
       parts.windows[0].shift = 17;
       parts.windows[0].begins = {1};
     }},
    {"a_window_of_no_literal", [](Parts& parts) { parts.windows[1].windows.own().front().literal = 9; }},
    {"a_short_window_that_is_long",
     [](Parts& parts) { parts.windows[3].windows.own().front().bytes = 1 << 20; }},
    {"windows_out_of_order", [](Parts& parts) { parts.windows[0].begins.own().front() = 7; }},
    {"a_text_beyond_the_end", [](Parts& parts) { parts.literals.own().front().size = 1000; }},
    {"an_id_beyond_the_end", [](Parts& parts) { parts.literals.own().front().last_id = 1000; }},
};

TEST_P(DamagedScanner, IsNotTaken) {
  Parts parts =
      read_as<Parts>(LiteralScanner({{"a", 0}, {"ab", 1}, {"abc", 2}, {"abcd", 3}, {"abcdefgh", 4}}));
  GetParam().make(parts);
  LiteralScanner scanner = read_as<LiteralScanner>(parts);
  EXPECT_FALSE(scanner.settle(5));
}

INSTANTIATE_TEST_SUITE_P(All, DamagedScanner, testing::ValuesIn(damages), case_name);

}  // namespace
}  // namespace dechaff::match
