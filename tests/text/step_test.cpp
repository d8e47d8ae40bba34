#include "text/step.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "steps.hpp"

namespace dechaff::text {
namespace {

TEST(StepAction, IsKnownByItsName) {
  EXPECT_EQ(step_action_named("characters"), StepAction::characters);
  EXPECT_EQ(step_action_named("terminal-escapes"), StepAction::terminal_escapes);
  EXPECT_EQ(step_action_named("final-newline"), StepAction::final_newline);
}

TEST(StepAction, HasNoOtherNames) {
  for (const std::string_view name : {"", "Characters", "terminal_escapes", "mojibake "}) {
    EXPECT_EQ(step_action_named(name), std::nullopt) << name;
  }
}

TEST(CharacterTable, FeedsItselfWhereItMakesWhatItChanges) {
  EXPECT_TRUE((CharacterTable{.chars = ranges({"U+002E"}), .to = "..."}.feeds_itself()));
  EXPECT_TRUE((CharacterTable{.chars = ranges({"U+0061", "U+0062"}), .to_each = {"b", "a"}}.feeds_itself()));
  EXPECT_TRUE((CharacterTable{.chars = ranges({"U+0061..U+0062"}), .to_first = 'b'}.feeds_itself()));
  EXPECT_FALSE((CharacterTable{.chars = ranges({"U+2026"}), .to = "..."}.feeds_itself()));
  EXPECT_FALSE((CharacterTable{.chars = ranges({"U+2010..U+2015"}), .to = "\u2010"}.feeds_itself()));
  EXPECT_FALSE((CharacterTable{.chars = ranges({"U+FF01..U+FF5E"}), .to_first = '!'}.feeds_itself()));
  EXPECT_FALSE((CharacterTable{.chars = ranges({"U+002E"}), .count_only = true}.feeds_itself()));
}

}  // namespace
}  // namespace dechaff::text
