#include "decide/settings.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "case_name.hpp"
#include "rules_from.hpp"

namespace dechaff::decide {
namespace {

struct NameCase {
  const char* name;
  std::string_view given;
  std::string_view want;
  friend void PrintTo(const NameCase& row, std::ostream* out) { *out << row.name; }
};

class HostOf : public testing::TestWithParam<NameCase> {};

const NameCase host_cases[] = {
    {"plain", "https://example.org/a/b", "example.org"},
    {"upper_case", "HTTPS://WWW.Example.ORG", "www.example.org"},
    {"port", "http://example.org:8080/", "example.org"},
    {"user_and_password", "ftp://me:secret@example.org/x", "example.org"},
    {"at_sign_in_the_path", "https://example.org/@me", "example.org"},
    {"at_sign_in_the_query", "https://example.org?mail=a@b", "example.org"},
    {"query_at_once", "https://example.org?q=1", "example.org"},
    {"fragment_at_once", "https://example.org#top", "example.org"},
    {"no_scheme", "example.org/a", "example.org"},
    {"scheme_of_the_page", "//example.org/a", "example.org"},
    {"address_in_the_query", "example.org/go?to=https://example.com/", "example.org"},
    {"ip_version_6", "http://[2001:DB8::1]/a", "[2001:db8::1]"},
    {"ip_version_6_with_port", "http://[2001:db8::1]:80/a", "[2001:db8::1]"},
    {"dot_of_the_root", "https://example.org./a", "example.org"},
    {"nothing", "", ""},
    {"path_alone", "/a/b", ""},
    {"no_host", "file:///etc/hosts", ""},
};

TEST_P(HostOf, Address) { EXPECT_EQ(host_of(GetParam().given), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Addresses, HostOf, testing::ValuesIn(host_cases), case_name);

class PrimaryLanguage : public testing::TestWithParam<NameCase> {};

const NameCase language_cases[] = {
    {"alone", "de", "de"},
    {"with_region", "pt-BR", "pt"},
    {"with_underscore", "en_GB", "en"},
    {"upper_case", "DE", "de"},
    {"with_script_and_region", "zh-Hant-TW", "zh"},
    {"three_letters", "nds-DE", "nds"},
    {"nothing", "", ""},
};

TEST_P(PrimaryLanguage, OfTag) { EXPECT_EQ(rules::primary_language(GetParam().given), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Tags, PrimaryLanguage, testing::ValuesIn(language_cases), case_name);

constexpr std::string_view three_levels = R"(
[[rule]]
id = "a.one"
lines = ["x"]

[[rule]]
id = "a.two"
lines = ["x"]
level = 2
tags = ["late"]

[[rule]]
id = "a.three"
lines = ["x"]
level = 3
tags = ["late"]

[[rule]]
id = "a.off"
lines = ["x"]
enabled = false

[[rule]]
id = "b.weight"
lines = ["x"]
score = -1.5

[[rule]]
id = "b.german"
lines = ["x"]
languages = ["de"]

[profile.none]
level = 0

[profile.two]
level = 2

[[override]]
id = "a.one"
hosts = ["example.org"]
enabled = false

[[override]]
id = "a.two"
hosts = ["example.org"]
level = 1

[[override]]
id = "a.off"
hosts = ["example.org"]
enabled = true

[[override]]
id = "b.weight"
hosts = ["example.org"]
score = 2.0
)";

class LevelsAndSwitches : public testing::Test {
 protected:
  const RuleSet rules_ = rules_from(three_levels);

  EntryIndex entry(std::string_view id) const {
    const auto named = rules::entries_named(rules_.compiled().entries, id);
    EXPECT_EQ(named.size(), 1U) << id;
    return named.empty() ? 0 : named.front();
  }

  Switches switches(const std::vector<std::string>& enable, const std::vector<std::string>& disable) const {
    Switches out;
    for (const auto& [handles, to] : {std::pair(&enable, &out.enable), std::pair(&disable, &out.disable)}) {
      for (const std::string& handle : *handles) {
        const auto named = rules::entries_named(rules_.compiled().entries, handle);
        to->insert(to->end(), named.begin(), named.end());
      }
    }
    return out;
  }

  Settings settings(std::string_view profile, const Switches& by_hand = {}, std::string host = "",
                    std::string language = "") const {
    const Settings base = settings_for(rules_.compiled(), *rules_.compiled().profile(profile), by_hand);
    return settings_for_document(rules_.compiled(), base, by_hand, std::move(host), std::move(language));
  }

  /// "on trusted certain", those that hold.
  std::string state(const Settings& settings, std::string_view id) const {
    const EntryIndex i = entry(id);
    return std::string(settings.on[i] ? "on" : "off") + (settings.trusted[i] ? " trusted" : "") +
           (settings.certain[i] ? " certain" : "");
  }
};

TEST_F(LevelsAndSwitches, TheProfileTrustsRulesUpToItsLevel) {
  const Settings two = settings("two");
  EXPECT_EQ(state(two, "a.one"), "on trusted certain");
  EXPECT_EQ(state(two, "a.two"), "on trusted");
  EXPECT_EQ(state(two, "a.three"), "on");
  EXPECT_EQ(state(settings("none"), "a.one"), "on");
}

TEST_F(LevelsAndSwitches, ARuleThatIsOffStaysOff) {
  EXPECT_EQ(state(settings("two"), "a.off").substr(0, 3), "off");
}

TEST_F(LevelsAndSwitches, ScoresAreOffWhereNothingReadsThem) {
  EXPECT_EQ(state(settings("safe"), "b.weight"), "off");
  const RuleSet asked = rules_from(
      "[[rule]]\nid = 'a.weight'\nlines = ['x']\nscore = -1\n"
      "[[rule]]\nid = 'a.near'\nlines = ['y']\nwhere = { near = 'a.weight' }\n");
  const rules::Compiled& compiled = asked.compiled();
  const EntryIndex weight = rules::entries_named(compiled.entries, "a.weight").front();
  EXPECT_TRUE(settings_for(compiled, *compiled.profile("safe"), {}).on[weight]);
}

TEST_F(LevelsAndSwitches, EnablingTrustsWhateverTheLevel) {
  const Settings out = settings("safe", switches({"late", "a.off"}, {}));
  EXPECT_EQ(state(out, "a.two"), "on trusted certain");
  EXPECT_EQ(state(out, "a.three"), "on trusted certain");
  EXPECT_EQ(state(out, "a.off"), "on trusted certain");
}

TEST_F(LevelsAndSwitches, DisablingBeatsEnabling) {
  const Settings out = settings("safe", switches({"a.one"}, {"a"}));
  EXPECT_EQ(state(out, "a.one").substr(0, 3), "off");
}

TEST_F(LevelsAndSwitches, OverridesHoldForTheirHostAndItsSubdomains) {
  for (const char* host : {"example.org", "www.example.org"}) {
    const Settings out = settings("safe", {}, host);
    EXPECT_EQ(state(out, "a.one").substr(0, 3), "off");
    EXPECT_EQ(state(out, "a.two"), "on trusted certain");
    EXPECT_EQ(state(out, "a.off"), "on trusted certain");
    EXPECT_EQ(out.scores[entry("b.weight")], 2.0);
  }
}

TEST_F(LevelsAndSwitches, OverridesDoNotHoldForOtherHosts) {
  for (const char* host : {"", "example.com", "badexample.org", "org"}) {
    const Settings out = settings("safe", {}, host);
    EXPECT_EQ(state(out, "a.one"), "on trusted certain") << host;
    EXPECT_EQ(out.scores[entry("b.weight")], -1.5) << host;
  }
}

TEST_F(LevelsAndSwitches, SwitchesBeatOverridesForHosts) {
  const Settings out = settings("safe", switches({"a.one"}, {"a.off"}), "example.org");
  EXPECT_EQ(state(out, "a.one"), "on trusted certain");
  EXPECT_EQ(state(out, "a.off").substr(0, 3), "off");
}

TEST_F(LevelsAndSwitches, RulesOfOtherLanguagesAreOffWhereTheLanguageIsKnown) {
  EXPECT_EQ(state(settings("safe"), "b.german"), "on trusted certain");
  EXPECT_EQ(state(settings("safe", {}, "", "de"), "b.german"), "on trusted certain");
  EXPECT_EQ(state(settings("safe", {}, "", "en"), "b.german").substr(0, 3), "off");
  EXPECT_EQ(state(settings("safe", {}, "", "en"), "a.one"), "on trusted certain");
}

TEST_F(LevelsAndSwitches, OnlyDocumentsThatDifferNeedSettingsOfTheirOwn) {
  EXPECT_FALSE(depends_on(rules_.compiled(), "", ""));
  EXPECT_FALSE(depends_on(rules_.compiled(), "example.com", ""));
  EXPECT_TRUE(depends_on(rules_.compiled(), "a.example.org", ""));
  EXPECT_TRUE(depends_on(rules_.compiled(), "", "de"));
}

}  // namespace
}  // namespace dechaff::decide
