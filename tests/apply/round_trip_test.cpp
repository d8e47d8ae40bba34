// What was written is restored, or the damage is seen.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"
#include "dechaff/ledger.hpp"
#include "rules/rule.hpp"

namespace dechaff {
namespace {

using namespace std::string_view_literals;

std::string ledger_of(std::string_view document, std::string_view original, const Cleaned& cleaned) {
  auto compiled = std::make_shared<rules::Compiled>();
  compiled->entries.resize(1);
  const RuleSet rules(compiled);
  std::string out;
  LedgerWriter writer([&](std::string_view lines) {
    out += lines;
    return true;
  });
  const auto lines = ledger_lines(rules.entries(), document, original, cleaned);
  EXPECT_TRUE(lines);
  EXPECT_TRUE(writer.begin(rules, "safe") && writer.add(*lines, 1) && writer.end());
  return out;
}

Result<std::string> restored(const std::string& ledger, std::string_view clean,
                             std::string_view document = "") {
  std::istringstream in(ledger);
  return restore(in, "l.jsonl", clean, document);
}

struct RoundTripCase {
  const char* name;
  std::string_view original;
  std::string_view clean;
  Changes changes;
  friend void PrintTo(const RoundTripCase& row, std::ostream* out) { *out << row.name; }
};

class RoundTrip : public testing::TestWithParam<RoundTripCase> {};

const RoundTripCase round_trip_cases[] = {
    {"empty", "", "", {}},
    {"unchanged", "Soup\n", "Soup\n", {}},
    {"all_deleted", "Loading...\n", "", {{0, 11, 0, 0, 0}}},
    {"all_inserted", "", "\n", {{0, 0, 0, 1, 0}}},
    {"only_deletions", "abcdef", "bdf", {{0, 1, 0, 0, 0}, {2, 1, 1, 0, 0}, {4, 1, 2, 0, 0}}},
    {"only_insertions", "bdf", "abcdef", {{0, 0, 0, 1, 0}, {1, 0, 2, 1, 0}, {2, 0, 4, 1, 0}}},
    {"changes_that_touch",
     "abcd",
     "wxyz",
     {{0, 1, 0, 1, 0}, {1, 1, 1, 1, 0}, {2, 1, 2, 1, 0}, {3, 1, 3, 1, 0}}},
    {"insertions_at_one_place", "ab", "axyb", {{1, 0, 1, 1, 0}, {1, 0, 2, 1, 0}}},
    {"insertion_before_deletion_at_one_place", "abc", "axc", {{1, 0, 1, 1, 0}, {1, 1, 2, 0, 0}}},
    {"deletion_before_insertion_at_one_place", "abc", "axc", {{1, 1, 1, 0, 0}, {2, 0, 1, 1, 0}}},
    {"invalid_utf8", "a\xFF\xC3(", "a\uFFFD\uFFFD(", {{1, 1, 1, 3, 0}, {2, 1, 4, 3, 0}}},
    {"crlf", "a\r\nb\r\n", "a\nb\n", {{1, 1, 1, 0, 0}, {4, 1, 3, 0, 0}}},
    {"nuls", "\0a\0\0b\0"sv, "ab", {{0, 1, 0, 0, 0}, {2, 2, 1, 0, 0}, {5, 1, 2, 0, 0}}},
    {"utf16_with_bom",
     "\xFF\xFEh\0i\0\n\0"sv,
     "hi\n",
     {{0, 2, 0, 0, 0}, {3, 1, 1, 0, 0}, {5, 1, 2, 0, 0}, {7, 1, 3, 0, 0}}},
    {"utf16_as_one_change", "\xFF\xFE\x3C\xD8\x00\xDF"sv, "\U0001F300", {{0, 6, 0, 4, 0}}},
    {"latin1", "caf\xE9 au lait", "caf\u00E9 au lait", {{3, 1, 3, 2, 0}}},
    {"half_characters", "\u00E4", "\u00E9", {{1, 1, 1, 1, 0}}},
    {"json_in_the_text", "{\"end\":true}\\\"\n", "", {{0, 15, 0, 0, 0}}},
    {"noncharacters", "\uFFFF\uFEFF\U0010FFFF", "", {{0, 10, 0, 0, 0}}},
};

TEST_P(RoundTrip, GivesTheOriginalBack) {
  const RoundTripCase& row = GetParam();
  Cleaned cleaned;
  cleaned.text = row.clean;
  cleaned.changes = row.changes;
  const auto got = restored(ledger_of("a", row.original, cleaned), row.clean);
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(*got, row.original);
}

INSTANTIATE_TEST_SUITE_P(Table, RoundTrip, testing::ValuesIn(round_trip_cases), case_name);

TEST(RoundTripOfAnyName, PicksItAgain) {
  for (const std::string_view name : {"a b/ü.txt"sv, "\0"sv, "\xFF\xFE"sv, "\"\\\n"sv, "\u202E"sv}) {
    const auto got = restored(ledger_of(name, "text", {.text = "text"}), "text", name);
    ASSERT_TRUE(got) << to_string(got.error());
    EXPECT_EQ(*got, "text");
  }
}

/// Random texts with random changes between them; the same for the same seed.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return engine_() % bound; }

  /// Pieces that are awkward in JSON, in UTF-8 or in both.
  std::string text(std::size_t pieces) {
    static constexpr std::string_view awkward[] = {
        "a",  " ",      "\n",      "\r\n",   "\"",   "\\",   "\0"sv,        "\xFF",
        "\t", "\u00A0", "\u200B",  "\u2028", "\x80", "\xE2", "😀",           "\uFEFF",
        "<",  "\x1B[",  "\\u0000", "é",      "\x7F", "{}",   "\xED\xA0\x80"};
    std::string out;
    for (std::size_t i = 0; i < pieces; ++i) out += awkward[below(std::size(awkward))];
    return out;
  }

  Cleaned clean(std::string_view original) {
    Cleaned out;
    std::size_t from = 0;
    while (from < original.size()) {
      const std::size_t kept = below(std::min<std::size_t>(original.size() - from, 6) + 1);
      out.text += original.substr(from, kept);
      from += kept;
      const std::size_t removed = below(std::min<std::size_t>(original.size() - from, 4) + 1);
      const std::string added = text(below(3));
      out.changes.push_back({from, removed, out.text.size(), added.size(), 0});
      out.text += added;
      from += removed;
    }
    return out;
  }

 private:
  std::mt19937 engine_;
};

TEST(RoundTripOfRandomTexts, GivesEveryOriginalBack) {
  Random random(20240501);
  for (int i = 0; i < 2000; ++i) {
    const std::string original = random.text(random.below(40));
    const Cleaned cleaned = random.clean(original);
    const auto got = restored(ledger_of(random.text(3), original, cleaned), cleaned.text);
    ASSERT_TRUE(got) << i << ": " << to_string(got.error());
    ASSERT_EQ(*got, original) << i;
  }
}

class DamagedLedger : public testing::Test {
 protected:
  /// Restoring fails, or gives the original all the same.
  void expect_no_wrong_text(const std::string& ledger, std::string_view clean, std::size_t at) {
    const auto got = restored(ledger, clean);
    if (!got) {
      EXPECT_TRUE(to_string(got.error()).starts_with("l.jsonl:")) << to_string(got.error());
      ++refused_;
    } else {
      EXPECT_EQ(*got, original_) << "damaged at byte " << at;
    }
  }

  const std::string original_ = "Soup\nLoading...\nStir\u00A0well.\xFF\r\n";
  const Cleaned cleaned_ = {
      .text = "Soup\nStir well.\uFFFD\n",
      .changes = {{5, 11, 5, 0, 0}, {20, 2, 9, 1, 0}, {27, 1, 15, 3, 0}, {28, 1, 18, 0, 0}}};
  const std::string ledger_ = ledger_of("a", original_, cleaned_);
  std::size_t refused_ = 0;
};

TEST_F(DamagedLedger, WithAnyBitFlippedRestoresNothingWrong) {
  for (std::size_t at = 0; at < ledger_.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string damaged = ledger_;
      damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1U << bit));
      expect_no_wrong_text(damaged, cleaned_.text, at);
    }
  }
  EXPECT_EQ(refused_, ledger_.size() * 8);
}

TEST_F(DamagedLedger, WithAnyByteReplacedRestoresNothingWrong) {
  for (std::size_t at = 0; at < ledger_.size(); ++at) {
    for (const char byte : "\n \"}{0[\\,\xFF"sv) {
      std::string damaged = ledger_;
      damaged[at] = byte;
      expect_no_wrong_text(damaged, cleaned_.text, at);
    }
    expect_no_wrong_text(std::string(ledger_).replace(at, 1, 1, '\0'), cleaned_.text, at);
  }
}

TEST_F(DamagedLedger, WithAnyByteMissingOrTwofoldRestoresNothingWrong) {
  for (std::size_t at = 0; at < ledger_.size(); ++at) {
    expect_no_wrong_text(std::string(ledger_).erase(at, 1), cleaned_.text, at);
    expect_no_wrong_text(std::string(ledger_).insert(at, 1, ledger_[at]), cleaned_.text, at);
  }
}

TEST_F(DamagedLedger, CutOffAnywhereIsRefused) {
  // Only the last line feed may be missing.
  for (std::size_t size = 0; size + 1 < ledger_.size(); ++size) {
    expect_no_wrong_text(ledger_.substr(0, size), cleaned_.text, size);
  }
  EXPECT_EQ(refused_, ledger_.size() - 1);
}

TEST_F(DamagedLedger, WithAnyLineMissingOrTwofoldIsRefused) {
  std::size_t cases = 0;
  for (std::size_t at = 0; at < ledger_.size(); at = ledger_.find('\n', at) + 1) {
    const std::string line = ledger_.substr(at, ledger_.find('\n', at) + 1 - at);
    expect_no_wrong_text(std::string(ledger_).erase(at, line.size()), cleaned_.text, at);
    expect_no_wrong_text(std::string(ledger_).insert(at, line), cleaned_.text, at);
    cases += 2;
  }
  EXPECT_EQ(cases, 16U);
  EXPECT_EQ(refused_, cases);
}

TEST_F(DamagedLedger, WithADamagedCleanTextRestoresNothing) {
  for (std::size_t at = 0; at < cleaned_.text.size(); ++at) {
    std::string damaged = cleaned_.text;
    damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ 1U);
    EXPECT_FALSE(restored(ledger_, damaged)) << at;
    EXPECT_FALSE(restored(ledger_, cleaned_.text.substr(0, at))) << at;
  }
}

/// The text between a line "```" + `kind` and the next line "```".
std::string block_of(const std::string& document, const std::string& kind) {
  const std::size_t begin = document.find("```" + kind + "\n") + kind.size() + 4;
  return document.substr(begin, document.find("```", begin) - begin);
}

TEST(LedgerInTheDocs, IsOneThatRestores) {
  std::ifstream in(DECHAFF_TEST_DATA_DIR "/docs/ledger.md", std::ios::binary);
  const std::string docs{std::istreambuf_iterator<char>(in), {}};
  const auto got = restored(block_of(docs, "json"), block_of(docs, "text"), "soup.txt");
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(*got, "Soup\nLoading...\nStir\u00A0well.\r\n");
}

}  // namespace
}  // namespace dechaff
