#include "rules/image.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "dechaff/cleaner.hpp"
#include "match/prefixes.hpp"
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
    std::vector<std::pair<rules::SourceFile, rules::FileReading>> readings;
    for (const rules::SourceFile& file : rules::gather_files({true, folder_ / "rules", {}}, errors)) {
      auto reading = rules::reading_for_image(file);
      EXPECT_TRUE(reading) << file.name;
      if (reading) readings.emplace_back(file, std::move(*reading));
    }
    EXPECT_TRUE(errors.empty());
    return rules::make_image(readings);
  }

  void write(std::string_view bytes) const { put(folder_, "rules.image", bytes); }

  LoadedRules load(bool with_image) const {
    return load_rules(
        {true, folder_ / "rules", {}, with_image ? folder_ / "rules.image" : std::filesystem::path()});
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
    EXPECT_EQ(x.rules[i].when.languages, y.rules[i].when.languages);
    EXPECT_EQ(x.rules[i].when.said, y.rules[i].when.said);
    EXPECT_EQ(x.rules[i].where.neighbours.size(), y.rules[i].where.neighbours.size());
    EXPECT_EQ(x.rules[i].conditional, y.rules[i].conditional);
  }
  EXPECT_EQ(x.scores.hits, y.scores.hits);
  ASSERT_EQ(x.scores.files.size(), 1U);
  EXPECT_EQ(x.scores.words, y.scores.words);
  ASSERT_EQ(x.scores.files[0].tables.own.size(), 1U);
  EXPECT_EQ(x.scores.files[0].tables.own[0].cells, y.scores.files[0].tables.own[0].cells);
  ASSERT_EQ(x.scores.files[0].joined.own.size(), 1U);
  EXPECT_EQ(x.scores.files[0].joined.own[0].cells, y.scores.files[0].joined.own[0].cells);
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

TEST(Reading, OfAFileWithStepsIsForNoImage) {
  const rules::SourceFile file{"a.toml", "test", "[[step]]\nid = \"a.b\"\naction = \"mojibake\"\n", {}, {}};
  EXPECT_FALSE(rules::reading_for_image(file));
}

TEST(Reading, OfAWrongFileIsForNoImage) {
  EXPECT_FALSE(rules::reading_for_image({"a.toml", "test", "[[rule]]\n", {}, {}}));
  EXPECT_FALSE(rules::reading_for_image({"a.scores", "test", "x\n", {}, {}}));
}

}  // namespace
}  // namespace dechaff
