#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "dechaff/rules.hpp"
#include "match/matcher.hpp"
#include "rules/rule.hpp"
#include "text/utf8.hpp"

namespace dechaff::match {
namespace {

/// The shipped rules, and both ways to match them.
class Prefilter : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    RuleSources sources;
    sources.shipped_dir = std::filesystem::path(DECHAFF_TEST_DATA_DIR) / "rules";
    LoadedRules loaded = load_rules(sources);
    for (const Error& error : loaded.errors) ADD_FAILURE() << to_string(error);
    rules_ = std::move(loaded.rules);
  }
  static void TearDownTestSuite() { rules_.reset(); }

  void SetUp() override { ASSERT_NE(rules_, nullptr); }

  const rules::Compiled& compiled() const { return rules_->compiled(); }

  /// Every text that the shipped rules show as an example.
  std::vector<std::string> examples() const {
    std::vector<std::string> out;
    for (const rules::Rule& rule : compiled().rules) {
      for (const rules::Example& example : rule.drops) out.push_back(example.text);
      for (const rules::Example& example : rule.keeps) out.push_back(example.text);
      for (const std::string_view phrase : rule.lines) out.emplace_back(phrase);
    }
    return out;
  }

  std::string described(const Hits& hits) const {
    std::string out;
    for (const Hit& hit : hits) {
      out += std::to_string(hit.line + 1) + "+" + std::to_string(hit.count) + " " +
             compiled().entries[compiled().rules[hit.rule].entry].id + "\n";
    }
    return out;
  }

  void expect_same(const std::string& text) {
    const text::LineTable table{std::string_view(text)};
    std::vector<std::uint32_t> alive(table.size());
    std::iota(alive.begin(), alive.end(), 0U);
    const std::vector<bool> on(compiled().entries.size(), true);
    const LineHits quick_lines = quick_.match_lines(table, on, scratch_);
    const LineHits plain_lines = plain_.match_lines(table, on, scratch_);
    EXPECT_EQ(described(quick_lines.hits), described(plain_lines.hits)) << text;
    const Hits quick = quick_.match_blocks(table, alive, on, quick_lines, {}, scratch_).hits;
    const Hits plain = plain_.match_blocks(table, alive, on, plain_lines, {}, scratch_).hits;
    EXPECT_EQ(described(quick), described(plain)) << text;
  }

 private:
  static inline std::unique_ptr<RuleSet> rules_;
  Matcher quick_{rules_->compiled(), match::Prefilter::on};
  Matcher plain_{rules_->compiled(), match::Prefilter::off};
  Scratch scratch_;
};

/// Changes that scrapes show and folding takes back, or that shift what a line begins with.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string operator()(std::string text) {
    for (std::uint32_t count = 1 + below(3); count > 0; --count) text = once(text);
    return text;
  }

  std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(random_() % count); }

 private:
  static constexpr std::pair<std::string_view, std::string_view> spellings[] = {
      {"i", "İ"},          {"i", "ı"},       {"s", "ſ"},       {"S", "ſ"},       {"k", "\u212A"},
      {"ss", "ß"},         {"ss", "ẞ"},      {"fi", "ﬁ"},      {"ff", "ﬀ"},      {"st", "ﬆ"},
      {"a", "ａ"},         {"e", "ｅ"},      {"A", "Ａ"},      {"1", "１"},      {" ", "\u00A0"},
      {" ", "  "},         {" ", "\u3000"},  {"'", "’"},       {"\"", "“"},      {"-", "–"},
      {"...", "…"},        {"e", "e\u0301"}, {"é", "e\u0301"}, {"o", "o\u00AD"}, {"t", "\u200Bt"},
      {"r", "\U0001D42B"}, {"\n", "\n\n"}};
  static constexpr std::string_view marks[] = {
      "• ", "- ", "* ",   "1. ", "2) ",    "(3) ",   "» ",     "→ ", "\"", "“",  "[",  "(",
      "# ", "@",  "1.\n", "•\n", "1. -\n", "\u200B", "\uFEFF", "© ", "… ", "\t", "😀 ", "1. 2.\n"};
  static constexpr std::string_view ends[] = {".", "…", "!", ":", " »", "\"", " |", " ▼", " 1", ")", " ©"};

  std::string once(const std::string& text) {
    switch (below(6)) {
      case 0:
        return upper(text, 1);
      case 1:
        return upper(text, 2 + below(4));
      case 2:
        return respelled(text);
      case 3:
        return std::string(marks[below(std::size(marks))]) + text;
      case 4:
        return text + std::string(ends[below(std::size(ends))]);
      default:
        return rejoined(text);
    }
  }

  /// Every `step`-th ASCII letter in upper case.
  std::string upper(std::string text, std::uint32_t step) {
    std::uint32_t count = below(step);
    for (char& c : text) {
      if (c >= 'a' && c <= 'z' && ++count % step == 0) c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
  }

  std::string respelled(std::string text) {
    const auto& [from, to] = spellings[below(std::size(spellings))];
    const bool every = below(2) == 0;
    for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
      if (!every) break;
    }
    return text;
  }

  /// A space made a line feed, or line feeds made spaces.
  std::string rejoined(std::string text) {
    if (below(2) == 0) {
      std::ranges::replace(text, '\n', ' ');
      return text;
    }
    const std::size_t space =
        text.find(' ', text.empty() ? 0 : below(static_cast<std::uint32_t>(text.size())));
    if (space != text.npos) text[space] = '\n';
    return text;
  }

  std::mt19937 random_;
};

TEST_F(Prefilter, FindsTheSameInAllRawTexts) {
  const std::filesystem::path folder = std::filesystem::path(DECHAFF_TEST_DATA_DIR) / "testdata/raw";
  std::size_t texts = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text::valid_prefix(text) != text.size()) continue;
    expect_same(text);
    ++texts;
  }
  EXPECT_GE(texts, 40U);
}

TEST_F(Prefilter, FindsTheSameInAllExamples) {
  const std::vector<std::string> texts = examples();
  EXPECT_GE(texts.size(), 1'000U);
  for (const std::string& text : texts) expect_same(text);
}

TEST_F(Prefilter, FindsTheSameInExamplesThatWereChanged) {
  const std::vector<std::string> texts = examples();
  Mutator mutate(20'240'601);
  for (int round = 0; round < 6'000; ++round) {
    const auto pick = [&] { return mutate(texts[mutate.below(static_cast<std::uint32_t>(texts.size()))]); };
    std::string text = pick();
    for (std::uint32_t more = mutate.below(3); more > 0; --more) text += "\n" + pick();
    expect_same(text);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace dechaff::match
