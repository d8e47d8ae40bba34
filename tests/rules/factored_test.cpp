#include "rules/factored.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "dechaff/rules.hpp"
#include "rules/rule.hpp"

namespace dechaff::rules {
namespace {

struct FactoredCase {
  const char* name;
  std::string_view pattern;
  std::string_view want;
};

class Factored : public testing::TestWithParam<FactoredCase> {};

const FactoredCase factored_cases[] = {
    {"branches_that_begin_alike", "^(?:ab|cd|ae|f|g|cz)$", "^(?:a(?:b|e)|c(?:d|z)|f|g)$"},
    {"branches_keep_their_order", "(?>a|b|c|d|e|ab|a b)", "(?>a(?:|b| b)|b|c|d|e)"},
    {"three_levels", "abcde|abcdf|abcdg|x|y|z", "a(?:b(?:c(?:de|df|dg)))|x|y|z"},
    {"few_branches_stay", "(?:ab|cd|ae)", "(?:ab|cd|ae)"},
    {"few_branches_in_a_branch", "ab(?:x|y)|cd|ae|f|g|h", "a(?:b(?:x|y)|e)|cd|f|g|h"},
    {"an_optional_start_stays", "ab|c?d|ae|f|g|af", "ab|c?d|a(?:e|f)|f|g"},
    {"a_counted_start_stays", "ab|a{2}|ae|f|g|af", "ab|a{2}|a(?:e|f)|f|g"},
    {"a_capture_stays", "ab|a(c)|ae|f|g|af", "ab|a(c)|a(?:e|f)|f|g"},
    {"a_bracket_in_a_class_is_none", "ab|a[(]|ae|f|g|h", "a(?:b|[(]|e)|f|g|h"},
    {"capitals_stay", "Ab|ab|Ac|ac|d|e", "Ab|ab|Ac|ac|d|e"},
    {"an_empty_branch_stays", "ab||ae|f|g|af", "ab||a(?:e|f)|f|g"},
    {"without_case", "(?i)ab|cd|ae|f|g|h", "(?i)a(?:b|e)|cd|f|g|h"},
    {"other_options_are_not_understood", "(?x)ab|cd|ae|f|g|h", "(?x)ab|cd|ae|f|g|h"},
    {"calls_of_groups", "^(ab|cd|ae|f|g|h)(?: (?1))+$", "^(a(?:b|e)|cd|f|g|h)(?: (?1))+$"},
    {"escapes", "a\\||cd|a\\)|f|g|h", "a(?:\\||\\))|cd|f|g|h"},
    {"looking_ahead", "(?!ab|cd|ae|f|g|h)", "(?!a(?:b|e)|cd|f|g|h)"},
    {"looking_behind_is_left", "(?<=ab|cd|ae|fg|gh|ij)x", "(?<=ab|cd|ae|fg|gh|ij)x"},
    {"bracket_that_comes_first", "a[]|]|cd|ab|f|g|h", "a(?:[]|]|b)|cd|f|g|h"},
    {"no_pattern_at_all", "ab|cd|ae|f|g|h)", "ab|cd|ae|f|g|h)"},
    {"control_characters_are_not_understood", "k|b\\c|b|aa|ac|d|e", "k|b\\c|b|aa|ac|d|e"},
    {"ends_of_quotes_are_not_understood", "[\\E]a|b]|aa|ac|d|e|f", "[\\E]a|b]|aa|ac|d|e|f"},
    {"open_class", "ab|cd|ae|f|g|[h", "ab|cd|ae|f|g|[h"},
    {"open_group", "ab|cd|ae|f|g|(h", "ab|cd|ae|f|g|(h"},
    {"escape_at_the_end", "ab|cd|ae|f|g|h\\", "ab|cd|ae|f|g|h\\"},
};

TEST_P(Factored, IsSortedByStarts) { EXPECT_EQ(factored(GetParam().pattern), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(All, Factored, testing::ValuesIn(factored_cases), case_name);

/// Whether both patterns say the same of a text.
void expect_same(const Pattern& plain, const Pattern& sorted, std::string_view text, Scratch& scratch) {
  const auto found = [&](const Pattern& pattern) {
    const Outcome outcome = pattern.search(text, 0, scratch);
    std::vector<std::size_t> out{static_cast<std::size_t>(outcome)};
    if (outcome != Outcome::match) return out;
    for (std::uint32_t group = 0; group <= plain.captures(); ++group) {
      const Scratch::Span span = scratch.capture(group);
      out.insert(out.end(), {span.begin, span.end});
    }
    return out;
  };
  EXPECT_EQ(found(plain), found(sorted)) << plain.source() << "\n" << text;
}

TEST(FactoredRules, MatchWhatTheyMatched) {
  RuleSources sources;
  sources.shipped_dir = std::filesystem::path(DECHAFF_TEST_DATA_DIR) / "rules";
  const LoadedRules loaded = load_rules(sources);
  ASSERT_NE(loaded.rules, nullptr);
  std::vector<std::string> texts{""};
  for (const Rule& rule : loaded.rules->compiled().rules) {
    for (const std::vector<Example>* examples : {&rule.drops, &rule.keeps}) {
      for (const Example& example : *examples) {
        texts.push_back(example.text);
        texts.push_back(example.text.substr(0, example.text.find('\n')) + " menu");
      }
    }
  }
  Scratch scratch;
  std::size_t changed = 0;
  for (const Rule& rule : loaded.rules->compiled().rules) {
    std::vector<Pattern> patterns = rule.except;
    if (rule.pattern) patterns.push_back(*rule.pattern);
    for (const Pattern& plain : patterns) {
      const std::string source = factored(plain.source());
      if (source == plain.source()) continue;
      ++changed;
      PatternError error;
      const auto sorted = Pattern::compile(source, error);
      // What has become too long is compiled as it was.
      if (!sorted) {
        EXPECT_GT(source.size(), max_pattern_bytes) << source << ": " << error.message;
        continue;
      }
      for (const std::string& text : texts) expect_same(plain, *sorted, text, scratch);
    }
  }
  EXPECT_GT(changed, 100U);
}

}  // namespace
}  // namespace dechaff::rules
