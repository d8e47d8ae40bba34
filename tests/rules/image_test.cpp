#include "rules/image.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "dechaff/cleaner.hpp"
#include "match/image.hpp"
#include "pattern_files.hpp"
#include "rules/files.hpp"

namespace dechaff {
namespace {

constexpr std::string_view toml = R"([pack]
name = "p"
when = { said = false }
[[rule]]
id = "p.one"
why = "because"
tags = ["t"]
lines = ["Read more", "Share"]
except = ['^share nothing$']
where = { near = "t", within = 2, tail = 9 }
drops = ["Share"]
keeps = ["Share it with me."]
[[rule]]
id = "p.two"
score = -1.5
pattern = '^(?:one|two) (\d+)$'
when = { words = "..4", language = ["de"] }
[[rule]]
id = "p.three"
repeat = { min_words = 2, within = 7 }
level = 2
[[rule]]
id = "p.four"
pattern = 'a(b)'
replace = '$1'
[[rule]]
id = "p.five"
pattern = '^last (?:one|page)\b'
scope = "block"
max_lines = 3
[[step]]
id = "p.step"
map = [["U+2026", "..."]]
unless_near = ["Thai", "digit"]
examples = [["…", "..."]]
[profile.own]
level = 2
form = "nfd"
bias = 1.5
)";
constexpr std::string_view scores =
    "-0.5 words=2..4 sentence=no\n-1 word=menu\n-2 hit=p.three\nfunction the of\n";

/// A folder that ships two files, and their image.
class Images : public testing::Test {
 protected:
  Images() {
    put(folder_, "rules/a.toml", toml);
    put(folder_, "rules/b.scores", scores);
    write(image());
  }

  std::string image() const {
    Errors errors;
    std::string out = match::image_of(folder_ / "rules", errors);
    EXPECT_TRUE(errors.empty());
    return out;
  }

  void write(std::string_view bytes) const { put(folder_, "rules.image", bytes); }

  LoadedRules load(bool with_image) const {
    RuleSources sources{true, folder_ / "rules", {}};
    if (std::filesystem::exists(folder_ / "user")) sources.layers.push_back({"user", folder_ / "user"});
    if (with_image) sources.image = folder_ / "rules.image";
    return load_rules(sources);
  }

  /// What is left of the text, and all hits of its lines.
  static std::string cleaned(const LoadedRules& loaded, std::string_view text) {
    CleanOptions options;
    options.profile = "article";
    const auto cleaner = Cleaner::make(*loaded.rules, options);
    Workspace workspace;
    const Cleaned out = cleaner->clean({text}, workspace, Detail::lines);
    std::string told = out.text;
    for (const LineReport& line : out.lines) {
      told += '|';
      for (const EntryIndex hit : line.hits) told += loaded.rules->entries()[hit].id + ' ';
    }
    return told;
  }

  /// That an image makes no difference but the time it takes.
  void expect_the_same() const {
    const LoadedRules with = load(true);
    const LoadedRules without = load(false);
    ASSERT_TRUE(with.rules && without.rules);
    EXPECT_TRUE(is_from_image(with));
    EXPECT_FALSE(is_from_image(without));
    for (const std::string_view text :
         {"Read more\n\nshare nothing\none 12\n", "last\npage\nmore\n\na…b abab\nMore of it\nMenu\n",
          "The first of the lines.\nShare\nshared\nmenu\nThe end of it.\n"})
      EXPECT_EQ(cleaned(with, text), cleaned(without, text));
  }

  /// Whether what is loaded came out of the image: that has no examples.
  static bool is_from_image(const LoadedRules& loaded) {
    return loaded.rules->compiled().rules.at(0).drops.empty();
  }

  ScratchFolder folder_;
};

TEST_F(Images, HoldAllButTheExamples) {
  const LoadedRules with = load(true);
  const LoadedRules without = load(false);
  ASSERT_TRUE(with.rules && without.rules);
  ASSERT_TRUE(is_from_image(with));
  ASSERT_FALSE(is_from_image(without));
  const auto a = with.rules->entries();
  const auto b = without.rules->entries();
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].id, b[i].id);
    EXPECT_EQ(a[i].why, b[i].why);
    EXPECT_EQ(a[i].kind, b[i].kind);
    EXPECT_EQ(a[i].level, b[i].level);
    EXPECT_EQ(a[i].score, b[i].score);
    EXPECT_EQ(a[i].tags, b[i].tags);
    EXPECT_EQ(a[i].layer, b[i].layer);
    EXPECT_EQ(a[i].pos, b[i].pos);
  }
  const rules::Compiled& x = with.rules->compiled();
  const rules::Compiled& y = without.rules->compiled();
  ASSERT_EQ(x.rules.size(), y.rules.size());
  for (std::size_t i = 0; i < x.rules.size(); ++i) {
    EXPECT_EQ(x.rules[i].entry, y.rules[i].entry);
    EXPECT_EQ(x.rules[i].lines, y.rules[i].lines);
    EXPECT_EQ(x.rules[i].pattern.has_value(), y.rules[i].pattern.has_value());
    EXPECT_EQ(x.rules[i].except.size(), y.rules[i].except.size());
    EXPECT_EQ(x.rules[i].replace, y.rules[i].replace);
    EXPECT_EQ(x.rules[i].repeat.has_value(), y.rules[i].repeat.has_value());
    EXPECT_EQ(x.rules[i].when->languages, y.rules[i].when->languages);
    EXPECT_EQ(x.rules[i].when->said, y.rules[i].when->said);
    ASSERT_EQ(x.rules[i].where.neighbours.size(), y.rules[i].where.neighbours.size());
    for (std::size_t n = 0; n < x.rules[i].where.neighbours.size(); ++n)
      EXPECT_EQ(x.rules[i].where.neighbours[n].entries, y.rules[i].where.neighbours[n].entries);
    EXPECT_EQ(x.rules[i].conditional, y.rules[i].conditional);
  }
  ASSERT_EQ(x.steps.size(), 1U);
  EXPECT_EQ(x.steps[0].step.entry, y.steps[0].step.entry);
  EXPECT_EQ(x.steps[0].step.table.to_each, y.steps[0].step.table.to_each);
  EXPECT_EQ(x.steps[0].step.table.unless_near.size(), 2U);
  ASSERT_EQ(x.profiles.size(), y.profiles.size());
  EXPECT_EQ(x.profiles.back().name, "own");
  EXPECT_EQ(x.profiles.back().form, Form::nfd);
  EXPECT_EQ(x.profiles.back().bias, 1.5);
  EXPECT_EQ(x.profiles.back().max_removed, y.profiles.back().max_removed);
  EXPECT_EQ(x.scores.hits, y.scores.hits);
  ASSERT_EQ(x.scores.files.size(), 1U);
  EXPECT_EQ(x.scores.words, y.scores.words);
  ASSERT_EQ(x.scores.files[0].tables.own.size(), 1U);
  EXPECT_EQ(x.scores.files[0].tables.own[0].cells, y.scores.files[0].tables.own[0].cells);
  ASSERT_EQ(x.scores.files[0].joined.own.size(), 1U);
  EXPECT_EQ(x.scores.files[0].joined.own[0].cells, y.scores.files[0].joined.own[0].cells);
  const auto& dimensions = x.scores.files[0].joined.own[0].dimensions;
  for (std::size_t d = 0; d < dimensions.size(); ++d)
    EXPECT_EQ(dimensions[d].steps, y.scores.files[0].joined.own[0].dimensions[d].steps);
}

TEST_F(Images, HoldTheMatcher) {
  EXPECT_FALSE(load(true).rules->compiled().matcher.empty());
  expect_the_same();
}

TEST_F(Images, AreUsedBelowRulesOfTheUser) {
  put(folder_, "user/u.toml",
      "[[rule]]\nid = \"u.one\"\ntags = [\"t\"]\nlines = [\"More of it\", \"Share\"]\n");
  EXPECT_TRUE(load(true).rules->compiled().matcher.empty());
  expect_the_same();
}

TEST_F(Images, AreUsedBelowScoresOfTheUser) {
  put(folder_, "user/u.scores", "-9 words=1..3\n-1.5 hit=t\n");
  expect_the_same();
}

TEST_F(Images, AreUsedBelowOverridesOfTheUser) {
  put(folder_, "user/u.toml", "[[override]]\nid = \"p.two\"\nenabled = false\n");
  EXPECT_FALSE(load(true).rules->compiled().matcher.empty());
  expect_the_same();
}

TEST_F(Images, HoldNoMatcherForRulesThatTheUserExtends) {
  put(folder_, "user/u.toml", "[[override]]\nid = \"p.one\"\nadd_lines = [\"More of it\"]\n");
  EXPECT_TRUE(load(true).rules->compiled().matcher.empty());
  expect_the_same();
}

TEST_F(Images, DoNotHideAnIdThatStandsTwice) {
  put(folder_, "user/a.toml", toml);
  const LoadedRules loaded = load(true);
  EXPECT_FALSE(loaded.rules);
  EXPECT_EQ(loaded.errors.size(), 6U);
}

TEST_F(Images, SpeakForTheFilesThatAreLeft) {
  std::filesystem::remove(folder_ / "rules/b.scores");
  expect_the_same();
  put(folder_, "rules/0.toml", "[[rule]]\nid = \"z.one\"\nlines = [\"Menu\"]\n");
  const LoadedRules loaded = load(true);
  ASSERT_TRUE(loaded.rules);
  EXPECT_TRUE(loaded.rules->compiled().matcher.empty());
  EXPECT_TRUE(loaded.rules->compiled().rules.at(1).drops.empty());
}

TEST_F(Images, KnowPlacesInBytes) {
  put(folder_, "rules/c.toml",
      "rule = [{ id = \"q.one\", why = \"gr\u00F6\u00DFe\", lines = [\"x\"] }, { id = \"q.two\", lines = "
      "[\"y\"] }]\n");
  write(image());
  const LoadedRules with = load(true);
  const LoadedRules without = load(false);
  ASSERT_TRUE(with.rules && without.rules);
  ASSERT_EQ(with.rules->entries().back().id, "q.two");
  EXPECT_EQ(with.rules->entries().back().pos.column, 59U);
  EXPECT_EQ(without.rules->entries().back().pos.column, 59U);
}

TEST_F(Images, DoNotSpeakForAFileThatHasChanged) {
  put(folder_, "rules/a.toml", std::string(toml) + "# changed\n");
  EXPECT_FALSE(is_from_image(load(true)));
}

TEST_F(Images, ThatAreDamagedAreNotUsed) {
  const std::string good = image();
  for (const std::size_t at : {std::size_t{0}, good.size() / 3, good.size() - 1}) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    write(bad);
    EXPECT_FALSE(is_from_image(load(true))) << at;
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, good.size() - 1}) {
    write(good.substr(0, size));
    EXPECT_FALSE(is_from_image(load(true))) << size;
  }
}

TEST_F(Images, AreMissedByNobody) {
  std::filesystem::remove(folder_ / "rules.image");
  EXPECT_FALSE(is_from_image(load(true)));
}

TEST(Reading, OfAFileWithOverridesIsForNoImage) {
  const rules::SourceFile file{"a.toml", "test", "[[override]]\nid = \"text\"\nlevel = 1\n", nullptr, {}};
  EXPECT_FALSE(rules::reading_for_image(file));
}

TEST(Reading, OfAWrongFileIsForNoImage) {
  EXPECT_FALSE(rules::reading_for_image({"a.toml", "test", "[[rule]]\n", nullptr, {}}));
  EXPECT_FALSE(rules::reading_for_image({"a.scores", "test", "x\n", nullptr, {}}));
}

}  // namespace
}  // namespace dechaff
