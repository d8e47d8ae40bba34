#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "dechaff/cleaner.hpp"
#include "pattern_files.hpp"
#include "rules/embedded.hpp"
#include "rules/rule.hpp"

namespace dechaff {
namespace {

using testing::ElementsAre;

constexpr std::string_view two_rules =
    "[[rule]]\nid = \"a.one\"\ntags = [\"odd\"]\nlines = [\"One\"]\n[[rule]]\nid = \"a.two\"\nlevel = "
    "2\nlines = [\"Two\"]\n";

std::string rule(std::string_view id) {
  return "[[rule]]\nid = \"" + std::string(id) + "\"\nlines = [\"x\"]\n";
}

/// Rules that must load.
RuleSet loaded(const std::vector<RuleLayer>& layers) {
  LoadedRules out = load_layers(layers);
  for (const Error& error : out.errors) ADD_FAILURE() << to_string(error);
  return out.rules ? *out.rules : *load_layers({}).rules;
}

/// The ids of all that files declare, with the layer of each.
std::vector<std::string> ids(const RuleSet& rules) {
  std::vector<std::string> out;
  for (const Entry& entry : rules.entries()) {
    if (entry.kind != EntryKind::builtin) out.push_back(entry.layer + " " + entry.id);
  }
  return out;
}

const Entry& entry(const RuleSet& rules, std::string_view id) {
  const auto found = std::ranges::find(rules.entries(), id, &Entry::id);
  EXPECT_NE(found, rules.entries().end()) << id;
  return *found;
}

const rules::Rule& rule_of(const RuleSet& rules, std::string_view id) {
  const auto index = static_cast<EntryIndex>(&entry(rules, id) - rules.entries().data());
  return *std::ranges::find(rules.compiled().rules, index, &rules::Rule::entry);
}

std::string cleaned(const RuleSet& rules, std::string_view text, std::string_view url = "") {
  const auto cleaner = Cleaner::make(rules, {});
  EXPECT_TRUE(static_cast<bool>(cleaner));
  Workspace workspace;
  return cleaner->clean({.bytes = text, .url = url, .language = ""}, workspace).text;
}

/// Two rules and what follows, in one file.
RuleSet two_rules_and(std::string_view more) {
  const ScratchFolder folder;
  return loaded({{"user", put(folder, "a.toml", std::string(two_rules) + std::string(more))}});
}

TEST(Layers, FollowEachOtherAsTheyAreNamed) {
  const ScratchFolder folder;
  put(folder, "shipped/z.toml", rule("z.a"));
  put(folder, "system/y.toml", rule("y.a"));
  put(folder, "user/x.toml", rule("x.a"));
  put(folder, "project/w.toml", rule("w.a"));
  put(folder, "v.toml", rule("v.a"));
  RuleSources sources;
  sources.shipped_dir = folder / "shipped";
  sources.layers = {{"system", folder / "system"},
                    {"user", folder / "user"},
                    {"project", folder / "project"},
                    {"command line", folder / "v.toml"}};
  const LoadedRules rules = load_rules(sources);
  ASSERT_NE(rules.rules, nullptr);
  EXPECT_THAT(ids(*rules.rules),
              ElementsAre("shipped z.a", "system y.a", "user x.a", "project w.a", "command line v.a"));
}

TEST(Layers, ReadAFolderInTheOrderOfNames) {
  const ScratchFolder folder;
  put(folder, "b.toml", rule("b.a"));
  put(folder, "a.txt", "Phrase\n");
  put(folder, "c.toml", rule("c.a"));
  put(folder, "A.toml", rule("upper.a"));
  put(folder, "README.md", "not a pattern file");
  put(folder, "d.toml.bak", "= not");
  put(folder, "sub/e.toml", "= not");
  EXPECT_THAT(ids(loaded({{"user", folder.path()}})),
              ElementsAre("user upper.a", "user list.a", "user b.a", "user c.a"));
}

TEST(Layers, TakeAFileOfAnyName) {
  const ScratchFolder folder;
  EXPECT_THAT(ids(loaded({{"command line", put(folder, "rules.conf", rule("a.b"))}})),
              ElementsAre("command line a.b"));
}

TEST(Layers, PutIncludedFilesBeforeTheRulesThatIncludeThem) {
  const ScratchFolder folder;
  put(folder, "more/b.toml", "include = [\"deep/c.toml\"]\n" + rule("b.a"));
  put(folder, "more/deep/c.toml", rule("c.a"));
  const auto file = put(folder, "a.toml", "include = [\"more/b.toml\"]\n" + rule("a.a"));
  EXPECT_THAT(ids(loaded({{"project", file}})), ElementsAre("project c.a", "project b.a", "project a.a"));
}

TEST(Layers, MayBeEmptyFolders) {
  const ScratchFolder folder;
  EXPECT_THAT(ids(loaded({{"user", folder.path()}})), ElementsAre());
}

TEST(Layers, HoldNoIdTwice) {
  const ScratchFolder folder;
  put(folder, "one/a.toml", rule("a.b"));
  put(folder, "two/c.toml", "\n\n" + rule("a.b"));
  put(folder, "one/list.txt", "x\n");
  put(folder, "two/list.txt", "y\n");
  EXPECT_THAT(
      messages(load_layers({{"user", folder / "one"}, {"project", folder / "two"}}), folder),
      ElementsAre(
          "two/c.toml:3:1: the id 'a.b' stands already in one/a.toml:1; choose another, or change that rule "
          "by an [[override]]",
          "two/list.txt:1:1: the id 'list.list' stands already in one/list.txt:1; rename one of the files"));
}

TEST(Layers, OfTheShippedFolderAndTheCopyInsideAreTheSame) {
  const std::filesystem::path folder = std::filesystem::path(DECHAFF_TEST_DATA_DIR) / "rules";
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".txt") names.push_back(file.path().filename().string());
  }
  std::ranges::sort(names);
  std::vector<std::string> inside;
  for (const EmbeddedFile& file : rules::embedded_rules()) inside.emplace_back(file.name);
  EXPECT_EQ(inside, names);
  for (const EmbeddedFile& file : rules::embedded_rules()) {
    std::ifstream in(folder / file.name, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(content == file.content) << file.name << " was changed after the library was built";
  }
}

TEST(Layers, OfTheCopyInsideLoad) {
  const LoadedRules rules = load_rules(RuleSources{});
  for (const Error& error : rules.errors) ADD_FAILURE() << to_string(error);
  ASSERT_NE(rules.rules, nullptr);
  EXPECT_EQ(rules.rules->entries().back().layer, "shipped");
  EXPECT_TRUE(rules.rules->entries().back().pos.file.starts_with("(built in)/"));
}

TEST(PhraseList, IsARuleOfItsPhrases) {
  const ScratchFolder folder;
  const auto file =
      put(folder, "My site.txt",
          "\xEF\xBB\xBF# phrases\r\nFollow us!\r\n\r\n   \n  • Our Feed:  \n#no phrase\nlast one");
  const RuleSet rules = loaded({{"user", file}});
  EXPECT_THAT(ids(rules), ElementsAre("user list.my-site"));
  EXPECT_THAT(rule_of(rules, "list.my-site").lines, ElementsAre("follow us", "our feed", "last one"));
  const Entry& list = entry(rules, "list.my-site");
  EXPECT_EQ(list.kind, EntryKind::drop);
  EXPECT_EQ(list.level, 1);
  EXPECT_EQ(list.why, "a phrase of the list " + file.string());
  EXPECT_THAT(list.tags, ElementsAre("list"));
}

TEST(PhraseList, NamesTheLineOfAWrongPhrase) {
  const ScratchFolder folder;
  put(folder, "a.txt", "fine\n***\n# * *\n...\n");
  put(folder, "b.txt", "fine\nü\n\xFC\n");
  EXPECT_THAT(
      messages(load_layers({{"user", folder.path()}}), folder),
      ElementsAre(
          "a.txt:2:1: the phrase holds nothing but punctuation, which folds to nothing; use a raw pattern",
          "a.txt:4:1: the phrase holds nothing but punctuation, which folds to nothing; use a raw pattern",
          "b.txt:3:1: the file is no valid UTF-8; save it as UTF-8"));
}

TEST(Entry, HasPackAndFamilyAsTags) {
  const ScratchFolder folder;
  const RuleSet rules =
      loaded({{"user", put(folder, "a.toml",
                           "[pack]\nname = \"my-site\"\nlanguages = [\"DE\"]\n[[rule]]\nid = "
                           "\"ads.top.banner\"\ntags = [\"ads\", \"wide\"]\nlines = [\"x\"]\n"
                           "[[rule]]\nid = \"plain\"\nlanguages = [\"fr\"]\nlines = [\"y\"]\n[[step]]\nid = "
                           "\"chars.soft\"\nchars = [\"U+00AD\"]\n")}});
  EXPECT_THAT(entry(rules, "ads.top.banner").tags, ElementsAre("ads", "my-site", "wide"));
  EXPECT_THAT(entry(rules, "plain").tags, ElementsAre("my-site"));
  EXPECT_THAT(entry(rules, "chars.soft").tags, ElementsAre("chars", "my-site"));
  EXPECT_THAT(rule_of(rules, "ads.top.banner").languages, ElementsAre("de"));
  EXPECT_THAT(rule_of(rules, "plain").languages, ElementsAre("fr"));
}

TEST(Entry, ShowsItsSource) {
  const RuleSet rules = two_rules_and("\n# of an override\n[[override]]\nid = \"a\"\nenabled = false\n");
  const auto index = static_cast<EntryIndex>(&entry(rules, "a.one") - rules.entries().data());
  EXPECT_EQ(rules.source_of(index), "[[rule]]\nid = \"a.one\"\ntags = [\"odd\"]\nlines = [\"One\"]\n");
  EXPECT_EQ(rules.source_of(0), "");
}

TEST(Override, ChangesARuleByItsId) {
  const RuleSet rules = two_rules_and("[[override]]\nid = \"a.one\"\nenabled = false\nlevel = 3\n");
  EXPECT_FALSE(entry(rules, "a.one").enabled);
  EXPECT_EQ(entry(rules, "a.one").level, 3);
  EXPECT_TRUE(entry(rules, "a.two").enabled);
  EXPECT_EQ(entry(rules, "a.two").level, 2);
}

TEST(Override, ChangesAllOfAFamily) {
  for (const char* family : {"a", "a.*"}) {
    const RuleSet rules =
        two_rules_and("[[override]]\nid = \"" + std::string(family) + "\"\nenabled = false\n");
    EXPECT_FALSE(entry(rules, "a.one").enabled);
    EXPECT_FALSE(entry(rules, "a.two").enabled);
  }
}

TEST(Override, ChangesAllWithATag) {
  const RuleSet rules = two_rules_and("[[override]]\nid = \"odd\"\nenabled = false\n");
  EXPECT_FALSE(entry(rules, "a.one").enabled);
  EXPECT_TRUE(entry(rules, "a.two").enabled);
}

TEST(Rules, HoldForLanguagesWithoutTheirRegion) {
  const RuleSet rules =
      two_rules_and("[[rule]]\nid = \"a.three\"\nlines = [\"x\"]\nlanguages = [\"pt-BR\", \"DE\"]\n");
  EXPECT_EQ(rules.compiled().rules.back().languages, (std::vector<std::string>{"pt", "de"}));
}

TEST(Override, ChangesScoresOfScoresOnly) {
  const RuleSet rules = two_rules_and(
      "[[rule]]\nid = \"a.three\"\nscore = -1\nwhen = { words = 1 }\n[[override]]\nid = \"a\"\nscore = "
      "-2.5\nlevel = 3\n");
  EXPECT_EQ(entry(rules, "a.three").score, -2.5);
  EXPECT_EQ(entry(rules, "a.three").level, 0);
  EXPECT_EQ(entry(rules, "a.one").score, 0);
  EXPECT_EQ(entry(rules, "a.one").level, 3);
}

TEST(Override, OfALaterLayerHasTheLastWord) {
  const ScratchFolder folder;
  put(folder, "1/a.toml", two_rules);
  put(folder, "2/a.toml", "[[override]]\nid = \"a.one\"\nenabled = false\nlevel = 2\n");
  put(folder, "3/a.toml", "[[override]]\nid = \"a\"\nenabled = true\n");
  const RuleSet rules = loaded({{"system", folder / "1"}, {"user", folder / "2"}, {"project", folder / "3"}});
  EXPECT_TRUE(entry(rules, "a.one").enabled);
  EXPECT_EQ(entry(rules, "a.one").level, 2);
}

TEST(Override, KeepsTheLayerThatTheRuleIsFrom) {
  const ScratchFolder folder;
  put(folder, "1.toml", two_rules);
  put(folder, "2.toml", "[[override]]\nid = \"a.one\"\nlevel = 2\n");
  const RuleSet rules = loaded({{"system", folder / "1.toml"}, {"user", folder / "2.toml"}});
  EXPECT_EQ(entry(rules, "a.one").layer, "system");
}

TEST(Override, AddsPhrasesFoldedAndOnce) {
  const RuleSet rules =
      two_rules_and("[[override]]\nid = \"a.one\"\nadd_lines = [\"• Eins:\", \"ONE\", \"Eins\"]\n");
  EXPECT_THAT(rule_of(rules, "a.one").lines, ElementsAre("one", "eins"));
}

TEST(Override, AddsPhrasesAsTheyAreToARawRule) {
  const RuleSet rules = two_rules_and(
      "[[rule]]\nid = \"a.raw\"\nraw = true\nlines = [\"***\"]\n[[override]]\nid = \"a.raw\"\nadd_lines = "
      "[\"* *\"]\n");
  EXPECT_THAT(rule_of(rules, "a.raw").lines, ElementsAre("***", "* *"));
}

TEST(Override, AddsPhrasesToAList) {
  const ScratchFolder folder;
  put(folder, "list.txt", "One\n");
  put(folder, "z.toml", "[[override]]\nid = \"list.list\"\nadd_lines = [\"Two\"]\n");
  EXPECT_THAT(rule_of(loaded({{"user", folder.path()}}), "list.list").lines, ElementsAre("one", "two"));
}

TEST(Override, AddsExceptions) {
  const RuleSet rules = two_rules_and(
      "[[rule]]\nid = \"a.three\"\npattern = '^three'\n[[override]]\nid = \"a.three\"\nadd_except = "
      "['wise']\n");
  EXPECT_EQ(cleaned(rules, "Three cheers\nThree wise men\n"), "Three wise men\n");
}

TEST(Override, HoldsForItsHostsAndTheirSubdomains) {
  const RuleSet rules =
      two_rules_and("[[override]]\nid = \"a.one\"\nhosts = [\"Example.org\"]\nenabled = false\n");
  EXPECT_TRUE(entry(rules, "a.one").enabled);
  const auto clean = [&](std::string_view url) { return cleaned(rules, "One\nText\n", url); };
  EXPECT_EQ(clean("https://example.org/a"), "One\nText\n");
  EXPECT_EQ(clean("https://WWW.EXAMPLE.ORG/a"), "One\nText\n");
  EXPECT_EQ(clean("https://anexample.org/a"), "Text\n");
  EXPECT_EQ(clean("https://example.org.uk/a"), "Text\n");
  EXPECT_EQ(clean(""), "Text\n");
}

TEST(Profile, OfALaterLayerChangesTheKeysItNames) {
  const ScratchFolder folder;
  put(folder, "1.toml", "[profile.mine]\nlevel = 2\nbias = 3\nform = \"nfkc\"\ndescription = \"first\"\n");
  put(folder, "2.toml", "[profile.mine]\nlevel = 3\nweigh = true\n[profile.safe]\nmax_removed = 0.25\n");
  const RuleSet rules = loaded({{"user", folder / "1.toml"}, {"project", folder / "2.toml"}});
  const auto mine = std::ranges::find(rules.profiles(), "mine", &Profile::name);
  ASSERT_NE(mine, rules.profiles().end());
  EXPECT_EQ(mine->level, 3);
  EXPECT_EQ(mine->bias, 3);
  EXPECT_EQ(mine->form, Form::nfkc);
  EXPECT_TRUE(mine->weigh);
  EXPECT_EQ(mine->description, "first");
  const auto safe = std::ranges::find(rules.profiles(), "safe", &Profile::name);
  ASSERT_NE(safe, rules.profiles().end());
  EXPECT_EQ(safe->max_removed, 0.25);
  EXPECT_EQ(safe->level, 1);
}

TEST(Neighbour, MayBeOfALaterLayer) {
  const ScratchFolder folder;
  put(folder, "1.toml", "[[rule]]\nid = \"a.b\"\nlines = [\"x\"]\nwhere = { near = \"b.c\" }\n");
  put(folder, "2.toml", rule("b.c"));
  EXPECT_THAT(messages(load_layers({{"user", folder / "1.toml"}, {"project", folder / "2.toml"}}), folder),
              ElementsAre());
}

}  // namespace
}  // namespace dechaff
