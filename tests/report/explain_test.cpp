#include <gtest/gtest.h>

#include <string>

#include "dechaff/report.hpp"
#include "rules_from.hpp"

namespace dechaff {
namespace {

constexpr std::string_view toml = R"(
[profile.weighs]
weigh = true
bias = 1.0
switch_cost = 0.5

[[step]]
id = "s.dots"
why = "three dots"
chars = ["U+2026"]
to = "..."

[[rule]]
id = "t.chaff"
why = "what nobody wrote"
lines = ["chaff", "wheat"]

[[rule]]
id = "t.span"
scope = "span"
raw = true
pattern = '\[edit\]'

[[rule]]
id = "t.keep"
keep = true
lines = ["wheat"]

[[rule]]
id = "t.bad"
pattern = 'bad'
score = -4.5
)";

std::string explained(std::string_view text, Colour colour = Colour::off,
                      const std::string& profile = "safe") {
  const RuleSet rules = rules_from(toml);
  CleanOptions options;
  options.profile = profile;
  const auto cleaner = Cleaner::make(rules, options);
  Workspace workspace;
  return explain(rules, cleaner->profile(), cleaner->clean({text, "", ""}, workspace, Detail::lines), colour);
}

TEST(Explain, NothingOfNothing) { EXPECT_EQ(explained(""), ""); }

TEST(Explain, NumbersEveryLine) {
  EXPECT_EQ(explained("a\n\nb\n"),
            "keep     1 a\n"
            "keep     2 \n"
            "keep     3 b\n");
}

TEST(Explain, NamesTheRuleAndWhy) {
  EXPECT_EQ(explained("chaff\nb\n"),
            "drop     1 chaff\n"
            "           t.chaff (level 1: what nobody wrote)\n"
            "keep     2 b\n");
}

TEST(Explain, ShowsWhatALineBecame) {
  EXPECT_EQ(explained("History[edit]\n"),
            "edit     1 History[edit]\n"
            "           → History\n"
            "           t.span (level 1)\n");
}

TEST(Explain, NamesHitsOnLinesThatStay) {
  EXPECT_EQ(explained("wheat\n"),
            "keep     1 wheat\n"
            "           t.chaff (level 1), t.keep (keeps)\n");
}

TEST(Explain, ShowsEvidenceWhereTheProfileWeighs) {
  EXPECT_EQ(explained("a\nbad\nb\n", Colour::off, "weighs"),
            "keep     1   +1.0 a\n"
            "drop     2   -3.5 bad\n"
            "           the sum of evidence along the lines, t.bad (score -4.5)\n"
            "keep     3   +1.0 b\n");
}

TEST(Explain, CountsSteps) {
  EXPECT_EQ(explained("a… b…\n"),
            "keep     1 a... b...\n"
            "step s.dots: 2 (three dots)\n");
}

TEST(Explain, NamesAnEncodingThatIsNotUtf8) {
  using namespace std::string_view_literals;
  EXPECT_EQ(explained("\xFF\xFE"
                      "a\0\n\0"sv),
            "keep     1 a\n"
            "encoding utf-16le (100 % sure)\n");
}

TEST(Explain, ColoursWhatGoesAndWhatIsRewritten) {
  EXPECT_EQ(explained("a\nchaff\nHistory[edit]\n", Colour::on),
            "keep     1 a\n"
            "\x1b[31mdrop     2 chaff\x1b[0m\n"
            "           \x1b[2mt.chaff (level 1: what nobody wrote)\x1b[0m\n"
            "\x1b[33medit     3 History[edit]\x1b[0m\n"
            "           → History\n"
            "           \x1b[2mt.span (level 1)\x1b[0m\n");
}

TEST(Explain, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(explained("\x1b[2Jchaff\x07 \xE2\x80\xAE\n"),
            "keep     1 \\u{001B}[2Jchaff\\u{0007} \\u{202E}\n");
}

TEST(Explain, SaysWhereTheGuardStoodInTheWay) {
  const RuleSet rules = rules_from(
      "[profile.bold]\nlevel = 2\nmax_removed = 0.5\n[[rule]]\nid = 't.a'\nlines = ['a']\nlevel = 2\n");
  CleanOptions options;
  options.profile = "bold";
  const auto cleaner = Cleaner::make(rules, options);
  Workspace workspace;
  const Cleaned cleaned = cleaner->clean({"a\n", "", ""}, workspace, Detail::lines);
  EXPECT_EQ(explain(rules, cleaner->profile(), cleaned, Colour::off),
            "keep     1 a\n"
            "           t.a (level 2)\n"
            "guard the profile would have removed too much: only level 1 acted\n");
}

}  // namespace
}  // namespace dechaff
