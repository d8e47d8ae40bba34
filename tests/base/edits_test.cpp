#include "base/edits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"

namespace dechaff {

void PrintTo(const Change& change, std::ostream* out) {
  *out << '{' << change.from << '+' << change.from_size << " -> " << change.to << '+' << change.to_size
       << " by " << change.cause << '}';
}

namespace {

struct EditCase {
  const char* name;
  std::string_view text;
  Edits edits;
  std::string_view want;
  Changes changes;
  friend void PrintTo(const EditCase& row, std::ostream* out) { *out << row.name; }
};

class EditsOfText : public testing::TestWithParam<EditCase> {};

const EditCase edit_cases[] = {
    {"none", "abc", {}, "abc", {}},
    {"replace", "abc", {{1, 2, "xyz", 7}}, "axyzc", {{1, 1, 1, 3, 7}}},
    {"delete", "abc", {{0, 2, "", 7}}, "c", {{0, 2, 0, 0, 7}}},
    {"insert", "abc", {{3, 3, "d", 7}}, "abcd", {{3, 0, 3, 1, 7}}},
    {"later_places_shift",
     "abcdef",
     {{0, 2, "x", 1}, {4, 5, "yyy", 2}},
     "xcdyyyf",
     {{0, 2, 0, 1, 1}, {4, 1, 3, 3, 2}}},
    {"touching", "abcd", {{1, 2, "x", 1}, {2, 3, "y", 2}}, "axyd", {{1, 1, 1, 1, 1}, {2, 1, 2, 1, 2}}},
    {"insertion_before_replacement",
     "abc",
     {{1, 1, "<", 1}, {1, 2, "B", 2}},
     "a<Bc",
     {{1, 0, 1, 1, 1}, {1, 1, 2, 1, 2}}},
    {"all_of_it", "abc", {{0, 3, "", 1}}, "", {{0, 3, 0, 0, 1}}},
    {"empty_text", "", {{0, 0, "new", 1}}, "new", {{0, 0, 0, 3, 1}}},
};

TEST_P(EditsOfText, AreMadeInOnePass) {
  EXPECT_EQ(apply_edits(GetParam().text, GetParam().edits), GetParam().want);
}

TEST_P(EditsOfText, AreChangesFromOldToNew) { EXPECT_EQ(changes_of(GetParam().edits), GetParam().changes); }

INSTANTIATE_TEST_SUITE_P(Table, EditsOfText, testing::ValuesIn(edit_cases), case_name);

struct ComposeCase {
  const char* name;
  Changes first;
  Changes second;
  Changes want;
  friend void PrintTo(const ComposeCase& row, std::ostream* out) { *out << row.name; }
};

class Compose : public testing::TestWithParam<ComposeCase> {};

const ComposeCase compose_cases[] = {
    {"nothing", {}, {}, {}},
    {"first_alone", {{1, 1, 1, 2, 1}}, {}, {{1, 1, 1, 2, 1}}},
    {"second_alone", {}, {{1, 1, 1, 2, 2}}, {{1, 1, 1, 2, 2}}},
    // abcdef -> abXXef -> abXXeY
    {"apart", {{2, 2, 2, 2, 1}}, {{5, 1, 5, 1, 2}}, {{2, 2, 2, 2, 1}, {5, 1, 5, 1, 2}}},
    // abcdef -> bcdef -> bcdY: the second one's places move back
    {"apart_and_shifted", {{0, 1, 0, 0, 1}}, {{3, 2, 3, 1, 2}}, {{0, 1, 0, 0, 1}, {4, 2, 3, 1, 2}}},
    // abc -> aXYc -> aZc: the second takes all that the first made
    {"second_covers_first", {{1, 1, 1, 2, 1}}, {{1, 2, 1, 1, 2}}, {{1, 1, 1, 1, 2}}},
    // abcdef -> aXXXef -> aXef: from inside what the first made
    {"second_inside_first", {{1, 3, 1, 3, 1}}, {{2, 2, 2, 0, 2}}, {{1, 3, 1, 1, 2}}},
    // abcd -> aXd -> Yd: the second reaches back over what the first left alone
    {"second_overlaps_before", {{1, 2, 1, 1, 1}}, {{0, 2, 0, 1, 2}}, {{0, 3, 0, 1, 2}}},
    // abcd -> aXd -> aY
    {"second_overlaps_behind", {{1, 2, 1, 1, 1}}, {{1, 2, 1, 1, 2}}, {{1, 3, 1, 1, 2}}},
    // abcdef -> XbcdeY -> XZY: one second change over two first ones' gap touches both, overlaps none
    {"touching_stays_apart",
     {{0, 1, 0, 1, 1}, {5, 1, 5, 1, 1}},
     {{1, 4, 1, 1, 2}},
     {{0, 1, 0, 1, 1}, {1, 4, 1, 1, 2}, {5, 1, 2, 1, 1}}},
    // abcdef -> XbcdeY -> Z
    {"second_joins_two_of_first", {{0, 1, 0, 1, 1}, {5, 1, 5, 1, 1}}, {{0, 6, 0, 1, 2}}, {{0, 6, 0, 1, 2}}},
    // abc -> abXXc -> abc: what the second takes back leaves an empty change
    {"insertion_taken_back", {{2, 0, 2, 2, 1}}, {{2, 2, 2, 0, 2}}, {{2, 0, 2, 0, 2}}},
    // abcd -> ad -> a: the deletion lies inside what the second deletes
    {"deletion_inside_deletion", {{1, 2, 1, 0, 1}}, {{0, 2, 0, 0, 2}}, {{0, 4, 0, 0, 2}}},
};

TEST_P(Compose, LeadsFromTheFirstTextToTheLast) {
  EXPECT_EQ(compose(GetParam().first, GetParam().second), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Compose, testing::ValuesIn(compose_cases), case_name);

/// Edits of a text of `size` bytes that insert, delete and replace, many of them touching.
Edits random_edits(std::mt19937& random, std::size_t size) {
  const auto below = [&](std::size_t bound) { return std::size_t{random()} % bound; };
  const auto letters = [&](std::size_t count) {
    return std::string(count, static_cast<char>('A' + below(26)));
  };
  const auto cause = [&] { return static_cast<EntryIndex>(below(5)); };
  Edits out;
  for (std::size_t at = below(4); at <= size; at += below(4)) {
    if (below(3) == 0) out.push_back({at, at, letters(1 + below(2)), cause()});
    const std::size_t end = std::min(size, at + 1 + below(3));
    if (at < end && below(4) != 0) out.push_back({at, end, letters(below(3)), cause()});
    // One insertion at one place: behind it something is replaced or passed over.
    at = std::max(end, at + 1);
  }
  return out;
}

std::string restored(std::string_view original, std::string_view text, const Changes& changes) {
  std::string out;
  std::size_t done = 0;
  for (const Change& change : changes) {
    out += text.substr(done, change.to - done);
    out += original.substr(change.from, change.from_size);
    done = change.to + change.to_size;
  }
  return out += text.substr(done);
}

void expect_in_order(const Changes& changes) {
  for (std::size_t i = 1; i < changes.size(); ++i) {
    ASSERT_LE(changes[i - 1].from + changes[i - 1].from_size, changes[i].from);
    ASSERT_LE(changes[i - 1].to + changes[i - 1].to_size, changes[i].to);
  }
}

TEST(Changes, OfAnyEditsComposeToTheWayBackToTheOriginal) {
  constexpr std::uint32_t seed = 20240601;
  std::mt19937 random(seed);
  for (int round = 0; round < 20000; ++round) {
    std::string original(random() % 20, ' ');
    for (char& c : original) c = static_cast<char>('a' + random() % 26);
    std::string text = original;
    Changes all;
    for (int step = 0; step < 4; ++step) {
      const Edits edits = random_edits(random, text.size());
      const Changes changes = changes_of(edits);
      const std::string next = apply_edits(text, edits);
      ASSERT_EQ(restored(text, next, changes), text);
      all = compose(all, changes);
      text = next;
      ASSERT_NO_FATAL_FAILURE(expect_in_order(all)) << "round " << round;
      ASSERT_EQ(restored(original, text, all), original) << "round " << round;
    }
  }
}

TEST(Changes, ComposeInAnyGroupingToTheSameWay) {
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    std::string text(10 + random() % 10, 'x');
    const std::string original = text;
    std::vector<Changes> steps;
    for (int step = 0; step < 3; ++step) {
      const Edits edits = random_edits(random, text.size());
      steps.push_back(changes_of(edits));
      text = apply_edits(text, edits);
    }
    const Changes left = compose(compose(steps[0], steps[1]), steps[2]);
    const Changes right = compose(steps[0], compose(steps[1], steps[2]));
    ASSERT_EQ(restored(original, text, left), original);
    ASSERT_EQ(restored(original, text, right), original);
  }
}

}  // namespace
}  // namespace dechaff
