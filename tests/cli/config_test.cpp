#include "cli/config.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "cli/config_places.hpp"
#include "rules_from.hpp"

namespace dechaff::cli {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

/// Options of every kind, as a command has them.
struct Command {
  CLI::App app{"Does it", "dechaff it"};
  std::string profile = "safe", form, output;
  Strings rules;
  int jobs = 1;
  bool quiet = false;

  Command() {
    app.add_option("-p,--profile", profile)->type_name("safe|article|NAME")->capture_default_str();
    app.add_option("--form", form)->type_name("nfc|none");
    app.add_option("--rules", rules)->type_name("PATH")->allow_extra_args(false);
    app.add_option("-j,--jobs", jobs)->type_name("N")->check(CLI::Range(1, 64));
    app.add_flag("-q,--quiet", quiet);
    app.add_option("-o,--output", output)->type_name("PATH")->configurable(false);
  }
};

/// A working folder of its own.
class InFolder : public testing::Test {
 protected:
  InFolder() : before_(fs::current_path()) { fs::current_path(folder_.path()); }
  ~InFolder() override { fs::current_path(before_); }

  static void put(const fs::path& path, std::string_view text) {
    if (path.has_parent_path()) fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  static Strings said(const std::vector<fs::path>& files) {
    Command command;
    Errors errors;
    read_config(files, command.app, errors);
    Strings out;
    for (const Error& error : errors) out.push_back(to_string(error));
    return out;
  }

  const ScratchFolder folder_;

 private:
  fs::path before_;
};

struct MistakeCase {
  const char* name;
  std::string toml;
  Strings want;
  friend void PrintTo(const MistakeCase& row, std::ostream* out) { *out << row.name; }
};

class ConfigMistakes : public InFolder, public testing::WithParamInterface<MistakeCase> {};

const MistakeCase mistake_cases[] = {
    {"none", "profile = \"article\"\nquiet = true\njobs = 4\nrules = [\"a\", \"b\"]\nform = \"none\"\n", {}},
    {"empty", "", {}},
    {"misspelt",
     "# first\nprofil = \"safe\"\n",
     {"c.toml:2:1: unknown key 'profil', did you mean 'profile'?"}},
    {"unknown",
     "colour = 1\n",
     {"c.toml:1:1: unknown key 'colour'; keys are the long names of options: dechaff help config"}},
    {"short_name",
     "p = \"safe\"\n",
     {"c.toml:1:1: unknown key 'p'; keys are the long names of options: dechaff help config"}},
    {"of_one_run",
     "output = \"/etc/passwd\"\n",
     {"c.toml:1:1: 'output' is about one run; give it on the command line as --output"}},
    {"what_cannot_be_set_is_not_suggested",
     "outptu = \"x\"\n",
     {"c.toml:1:1: unknown key 'outptu'; keys are the long names of options: dechaff help config"}},
    {"help", "help = true\n", {"c.toml:1:1: 'help' is about one run; give it on the command line as --help"}},
    {"string_wanted", "profile = 3\n", {"c.toml:1:11: 'profile' must be a string, in quotes"}},
    {"number_wanted", "jobs = \"4\"\n", {"c.toml:1:8: 'jobs' must be a whole number"}},
    {"number_out_of_range", "jobs = 0\n", {"c.toml:1:8: --jobs: Value 0 not in range 1 to 64"}},
    {"flag_wanted", "quiet = \"yes\"\n", {"c.toml:1:9: 'quiet' must be true or false"}},
    {"list_wanted",
     "rules = \"a\"\n",
     {"c.toml:1:9: 'rules' must be a list of strings, such as [\"one\", \"two\"]"}},
    {"strings_in_the_list",
     "rules = [\"a\",\n  3]\n",
     {"c.toml:2:3: 'rules' must be a list of strings; put this in quotes"}},
    {"choice", "form = \"nfx\"\n", {"c.toml:1:8: 'form' must be one of nfc, none"}},
    {"name_of_ones_own", "profile = \"mine\"\n", {}},
    {"table", "[profile]\nname = \"safe\"\n", {"c.toml:1:1: 'profile' must be a string, in quotes"}},
    {"all_in_their_order",
     "quiet = 1\nfrom = 2\nform = 3\n",
     {"c.toml:1:9: 'quiet' must be true or false", "c.toml:2:1: unknown key 'from', did you mean 'form'?",
      "c.toml:3:8: 'form' must be a string, in quotes"}},
};

TEST_P(ConfigMistakes, AreNamedWithTheirPlace) {
  put("c.toml", GetParam().toml);
  EXPECT_EQ(said({"c.toml"}), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Files, ConfigMistakes, testing::ValuesIn(mistake_cases), case_name);

TEST_F(InFolder, MistakesOfAllFilesAreNamed) {
  put("a.toml", "quiet = 1\n");
  put("b.toml", "quiet = = 1\n");
  const Strings got = said({"a.toml", "none.toml", "b.toml"});
  ASSERT_EQ(got.size(), 3U);
  EXPECT_EQ(got[0], "a.toml:1:9: 'quiet' must be true or false");
  EXPECT_EQ(got[1], "none.toml: cannot open: No such file or directory");
  EXPECT_TRUE(got[2].starts_with("b.toml:1:")) << got[2];
}

TEST_F(InFolder, AHugeFileIsNotRead) {
  put("c.toml", "");
  fs::resize_file("c.toml", 1U << 30U);
  EXPECT_EQ(said({"c.toml"}), Strings{"c.toml: is too large for settings: over 1 MiB"});
}

/// The values of a command with these files and arguments.
void run(Command& command, const std::vector<fs::path>& files, std::vector<std::string> arguments) {
  Errors errors;
  Command reference;
  const Config config = read_config(files, reference.app, errors);
  EXPECT_TRUE(errors.empty());
  apply(config, command.app);
  std::ranges::reverse(arguments);
  command.app.parse(arguments);
}

TEST_F(InFolder, LaterFilesWinAndTheCommandLineOverAll) {
  put("a.toml", "profile = \"article\"\njobs = 2\nquiet = true\nrules = [\"x\", \"y\"]\n");
  put("sub/b.toml", "jobs = 3\nrules = [\"z\"]\n");
  Command files;
  run(files, {"a.toml", "sub/b.toml"}, {});
  EXPECT_EQ(files.profile, "article");
  EXPECT_EQ(files.jobs, 3);
  EXPECT_TRUE(files.quiet);
  EXPECT_EQ(files.rules, Strings{"sub/z"});
  Command line;
  run(line, {"a.toml", "sub/b.toml"}, {"-j", "4", "--rules", "q", "--quiet=false"});
  EXPECT_EQ(line.profile, "article");
  EXPECT_EQ(line.jobs, 4);
  EXPECT_FALSE(line.quiet);
  EXPECT_EQ(line.rules, Strings{"q"});
}

TEST_F(InFolder, PathsAreRelativeToTheFile) {
  put("a/b/c.toml", "rules = [\"r.toml\", \"../s\", \"/abs/t\"]\nprofile = \"own\"\n");
  Command command;
  run(command, {"a/b/c.toml"}, {});
  EXPECT_EQ(command.rules, (Strings{"a/b/r.toml", "a/s", "/abs/t"}));
  EXPECT_EQ(command.profile, "own");
}

TEST_F(InFolder, WhatIsInForceIsShownAsAFile) {
  put("a.toml", "jobs = 2\nquiet = true\nrules = [\"x\\\"y\"]\nform = \"nfc\"\n");
  Errors errors;
  Command command, reference;
  const Config config = read_config({"a.toml"}, reference.app, errors);
  apply(config, command.app);
  command.app.parse(std::vector<std::string>{"none", "--form"});
  EXPECT_EQ(to_toml(config, command.app),
            "# files, the strongest last:\n#   a.toml\n"
            "profile = \"safe\"  # default\n"
            "form = \"none\"  # command line\n"
            "rules = [\"x\\\"y\"]  # a.toml:3\n"
            "jobs = 2  # a.toml:1\n"
            "quiet = true  # a.toml:2\n");
}

TEST_F(InFolder, FilesAreFoundWhereTheyBelong) {
  ::unsetenv("DECHAFF_CONFIG");
  ::setenv("XDG_CONFIG_HOME", (folder_ / "xdg").c_str(), 1);
  EXPECT_EQ(user_config("rules"), folder_ / "xdg/dechaff/rules");
  put("xdg/dechaff/config.toml", "");
  put(".dechaff.toml", "");
  fs::create_directories("a/.dechaff.toml");  // a folder is none
  fs::current_path("a");
  EXPECT_EQ(config_files(), (std::vector<fs::path>{folder_ / "xdg/dechaff/config.toml", "../.dechaff.toml"}));
  put("b/.dechaff.toml", "");
  fs::current_path("b");
  EXPECT_EQ(config_files(), (std::vector<fs::path>{folder_ / "xdg/dechaff/config.toml", ".dechaff.toml"}));
  ::setenv("DECHAFF_CONFIG", "named.toml", 1);
  EXPECT_EQ(config_files(), std::vector<fs::path>{"named.toml"});
  ::unsetenv("DECHAFF_CONFIG");
}

TEST_F(InFolder, WithoutAHomeThereIsNoUserConfig) {
  ::unsetenv("HOME");
  ::setenv("XDG_CONFIG_HOME", "relative", 1);
  EXPECT_EQ(user_config("rules"), "");
}

}  // namespace
}  // namespace dechaff::cli
