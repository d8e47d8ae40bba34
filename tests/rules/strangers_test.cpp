// What a rule file can ask for and cannot: docs/security.md has a row for each of these tests.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "pattern_files.hpp"
#include "rules/files.hpp"
#include "rules/pattern.hpp"

namespace dechaff {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// Far more than any of these should take, however busy the machine is.
constexpr std::chrono::seconds patience(120);

class RulesFromStrangers : public testing::Test {
 protected:
  std::vector<std::string> said(std::string_view toml) {
    put(folder_, "a.toml", toml);
    const auto begin = std::chrono::steady_clock::now();
    auto out = messages(load_layers({{"test", folder_ / "a.toml"}}), folder_);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, patience);
    return out;
  }

  static std::string rule(std::size_t number, std::string_view rest) {
    return "[[rule]]\nid = \"a.r" + std::to_string(number) + "\"\n" + std::string(rest) + "\n";
  }

  const ScratchFolder folder_;
};

TEST_F(RulesFromStrangers, AreAtMostEightMebibytesAFile) {
  EXPECT_THAT(said(std::string((8U << 20U) + 1, '#')),
              ElementsAre("a.toml: cannot read this pattern file: it is larger than 8 MiB"));
}

TEST_F(RulesFromStrangers, AreAtMostSoMany) {
  std::string toml;
  for (std::size_t i = 0; i < rules::most_entries; ++i) toml += rule(i, "lines = [\"x\"]");
  EXPECT_THAT(said(toml), ElementsAre(HasSubstr("there are more than 20000 rules and steps; use fewer")));
}

TEST_F(RulesFromStrangers, OverrideOnlySoOften) {
  std::string toml = rule(0, "lines = [\"x\"]");
  for (std::size_t i = 0; i <= rules::most_overrides; ++i)
    toml += "[[override]]\nid = \"a.r0\"\nadd_lines = [\"x" + std::to_string(i) + "\"]\n";
  EXPECT_THAT(said(toml), ElementsAre(HasSubstr("there are more than 10000 overrides; use fewer")));
}

TEST_F(RulesFromStrangers, MayNameThousandsThatAreNotThere) {
  std::string toml;
  for (int i = 0; i < 9'000; ++i)
    toml += "[[override]]\nid = \"b.x" + std::to_string(i) + "\"\nenabled = true\n";
  EXPECT_EQ(said(toml).size(), 9'000U);
}

TEST_F(RulesFromStrangers, NestOnlySoDeep) {
  EXPECT_THAT(said("a = " + std::string(100'000, '[')), ElementsAre(HasSubstr("this is no TOML: ")));
}

TEST_F(RulesFromStrangers, TakeOnlySoMuchMemoryWhenCompiled) {
  std::string toml;
  for (std::size_t i = 0; i < 15'000; ++i) toml += rule(i, "pattern = '(?:(?:ab|cd){30}x){20}'");
  EXPECT_THAT(said(toml),
              ElementsAre(HasSubstr("the patterns before this take more than 64 MiB when compiled")));
}

TEST_F(RulesFromStrangers, ReplaceByOnlySoMuch) {
  const std::string text(4'097, 'x');
  EXPECT_THAT(said(rule(0, "pattern = 'a'\nreplace = '" + text + "'")),
              ElementsAre("a.toml:4:1: 'replace' is longer than 4096 bytes; shorten it"));
  EXPECT_THAT(said("[[step]]\nid = \"a.s\"\nchars = [\"U+0041\"]\nto = '" + text + "'\n"),
              ElementsAre("a.toml:4:6: what a character becomes is longer than 4096 bytes; shorten it"));
}

TEST_F(RulesFromStrangers, IncludeOnlySoDeep) {
  for (int i = 0; i < 20; ++i)
    put(folder_, "i" + std::to_string(i) + ".toml", "include = [\"i" + std::to_string(i + 1) + ".toml\"]\n");
  put(folder_, "i20.toml", "");
  EXPECT_THAT(
      said("include = [\"i0.toml\"]\n"),
      ElementsAre("i15.toml:1:12: files include each other more than 16 deep; include this one further up"));
}

TEST_F(RulesFromStrangers, IncludeEachOtherInCirclesOnce) {
  put(folder_, "b.toml", "include = [\"a.toml\", \"b.toml\"]\n");
  EXPECT_THAT(said("include = [\"b.toml\"]\n"), ElementsAre());
}

TEST_F(RulesFromStrangers, ReachNoFileOutsideTheirFolder) {
  put(folder_, "secret.toml", "secret\n");
  const ScratchFolder other;
  std::filesystem::create_symlink(folder_ / "secret.toml", other / "link.toml");
  put(other, "in/a.toml", "");
  for (const std::string name :
       {"../secret.toml", "/etc/passwd", "x/../../secret.toml", "link.toml", "a.toml/../.."}) {
    put(other, "a.toml", "include = [\"" + name + "\"]\n");
    const auto said = messages(load_layers({{"test", other / "a.toml"}}), other);
    EXPECT_THAT(said, ElementsAre(HasSubstr("folder of this file"))) << name;
  }
}

TEST_F(RulesFromStrangers, DoNotWaitForPipes) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe.toml").c_str(), 0600), 0);
  EXPECT_THAT(said("include = [\"pipe.toml\"]\n"),
              ElementsAre(HasSubstr("pipe.toml: cannot read this pattern file")));
}

TEST_F(RulesFromStrangers, QuoteOfAFileThatIsNoneNothing) {
  put(folder_, "b.txt", "ok\n\xFF secret\n");
  EXPECT_THAT(said("include = [\"b.txt\"]\n"), Not(Contains(HasSubstr("secret"))));
}

struct Refused {
  const char* name;
  std::string pattern;
  std::string want;
  friend void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }
};

const Refused refused[] = {
    {"single_bytes", "a\\Cb", "\\C would cut characters apart; write . instead"},
    {"callouts", "ab(?C1)c", "a callout has nobody to call; take the (?C) out"},
    {"callouts_by_name", "ab(?C'x')c", "a callout has nobody to call; take the (?C) out"},
    {"length", std::string(4'097, 'a'), "it is longer than 4096 bytes; split the rule"},
    {"nesting", std::string(60, '(') + std::string(60, ')'), "parentheses are too deeply nested"},
    {"captures",
     [] {
       std::string out;
       for (int i = 0; i < 32; ++i) out += "(a)";
       return out;
     }(),
     "captures"},
    {"size", "(?:(?:(?:abc){99}){99}){99}", "it is too large once its repeats are spelled out"},
};

class PatternsFromStrangers : public testing::TestWithParam<Refused> {};

TEST_P(PatternsFromStrangers, AreRefusedFor) {
  const ScratchFolder folder;
  put(folder, "a.toml", "[[rule]]\nid = \"a.b\"\npattern = '''" + GetParam().pattern + "'''\n");
  EXPECT_THAT(messages(load_layers({{"test", folder / "a.toml"}}), folder),
              ElementsAre(AllOf(testing::StartsWith("a.toml:3:11: the pattern is wrong at its character "),
                                HasSubstr(GetParam().want))));
}
INSTANTIATE_TEST_SUITE_P(Their, PatternsFromStrangers, testing::ValuesIn(refused), case_name);

/// Patterns that take for ever where nobody counts; each gives up, and soon.
class CostlyPatterns : public testing::TestWithParam<const char*> {};

TEST_P(CostlyPatterns, ComeToAnEnd) {
  rules::PatternError error;
  const auto pattern = rules::Pattern::compile(GetParam(), error);
  ASSERT_NE(pattern, nullptr) << error.message;
  rules::Scratch scratch;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) (void)pattern->search(std::string(100'000, 'a') + "!", 0, scratch);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, patience);
}
INSTANTIATE_TEST_SUITE_P(All, CostlyPatterns,
                         testing::Values("(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*)(.*)(.*)(.*)x",
                                         "^(a?){50}a{50}$", "(?R)?a", "(a(?1)?b|a)*c", "(?=(a+))a*b\\1",
                                         "(?<n>a|(?&n)a)*b", "(*LIMIT_MATCH=4000000000)(a+)+$"));

}  // namespace
}  // namespace dechaff
