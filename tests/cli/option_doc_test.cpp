#include "cli/option_doc.hpp"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/options.hpp"

namespace dechaff::cli {
namespace {

using Strings = std::vector<std::string>;

class OptionDocs : public testing::Test {
 protected:
  OptionDoc only() {
    const std::vector<OptionDoc> all = describe(app_);
    EXPECT_EQ(all.size(), 1U);
    return all.front();
  }

  // The one option is the one that is tested.
  OptionDocs() { app_.set_help_flag(); }

  CLI::App app_{"Does it", "dechaff it"};
  std::string text_;
  Strings texts_;
  bool flag_ = false;
};

TEST_F(OptionDocs, AFlagHasNoValue) {
  app_.add_flag("-q,--quiet", flag_, "Say nothing\nReally.")->group(groups::work);
  const OptionDoc doc = only();
  EXPECT_EQ(doc.names, (Strings{"-q", "--quiet"}));
  EXPECT_EQ(doc.value, "");
  EXPECT_FALSE(doc.value_may_be_missing || doc.repeatable);
  EXPECT_EQ(doc.brief, "Say nothing");
  EXPECT_EQ(doc.more, "Really.");
  EXPECT_EQ(doc.group, "Work");
  EXPECT_EQ(spelled(doc), "-q, --quiet");
}

TEST_F(OptionDocs, AFlagWithATypeNameMayHaveAValue) {
  app_.add_flag("-i,--in-place", text_, "In place")->type_name("SUFFIX");
  const OptionDoc doc = only();
  EXPECT_TRUE(doc.value_may_be_missing);
  EXPECT_EQ(spelled(doc), "-i, --in-place[=SUFFIX]");
}

TEST_F(OptionDocs, ATypeNameMayListTheValues) {
  app_.add_option("--color", text_, "When")->check(CLI::IsMember({"auto", "never"}))->type_name("auto|never");
  const OptionDoc doc = only();
  EXPECT_EQ(doc.values, (Strings{"auto", "never"}));
  EXPECT_FALSE(doc.others);
  EXPECT_EQ(spelled(doc), "--color auto|never");
}

TEST_F(OptionDocs, CapitalsInTheListStandForOtherValues) {
  app_.add_option("-p,--profile", text_, "What")->type_name("safe|NAME");
  const OptionDoc doc = only();
  EXPECT_EQ(doc.values, Strings{"safe"});
  EXPECT_TRUE(doc.others);
  EXPECT_EQ(spelled(doc), "-p, --profile NAME");
}

TEST_F(OptionDocs, FilesAndFoldersAreCompleted) {
  app_.add_option("--rules", texts_, "Rules")->type_name("PATH")->allow_extra_args(false);
  const OptionDoc doc = only();
  EXPECT_EQ(doc.completion, OptionDoc::Completion::files);
  EXPECT_TRUE(doc.repeatable);
}

TEST_F(OptionDocs, PositionalArgumentsComeLastAndMakeTheUsage) {
  app_.add_option("path", texts_, "Files")->type_name("FILE");
  app_.add_option("-o", text_, "Out")->type_name("DIR");
  const CommandDoc doc = describe("it", app_);
  ASSERT_EQ(doc.options.size(), 2U);
  EXPECT_EQ(spelled(doc.options[0]), "-o DIR");
  EXPECT_EQ(spelled(doc.options[1]), "PATH...");
  EXPECT_EQ(doc.usage, "dechaff it [OPTIONS] [PATH...]");
  EXPECT_EQ(doc.brief, "Does it");
}

TEST_F(OptionDocs, GroupsComeInTheOrderOfTheHelp) {
  app_.add_flag("--a", flag_)->group(groups::rare);
  app_.add_flag("--b", flag_);
  app_.add_flag("--c", flag_)->group(groups::input);
  EXPECT_EQ(groups_of(describe(app_)), (Strings{"Input", "Options", "Rarely needed"}));
}

}  // namespace
}  // namespace dechaff::cli
