#include "decide/axes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <ostream>

#include "case_name.hpp"

namespace dechaff::decide {
namespace {

using rules::Axis;
using testing::ElementsAre;

struct Looked {
  text::LineTable table;
  Places places;
  std::vector<Unit> units;

  explicit Looked(std::string_view text)
      : table(text), places(places_of(table, all_lines())), units(units_of(table, places)) {}

  std::vector<std::uint32_t> all_lines() const {
    std::vector<std::uint32_t> out(table.size());
    std::iota(out.begin(), out.end(), 0U);
    return out;
  }
};

/// The values of one axis, by unit.
std::vector<std::int32_t> values(std::string_view text, Axis axis) {
  const Looked looked(text);
  rules::Scores scores;
  for (const std::string_view word : {"the", "of", "的"}) scores.words.add_function_word(word);
  UnitMemory memory;
  const std::vector<std::uint32_t> known = memory.know(looked.table, looked.places, looked.units, scores);
  const AxisColumns all = axis_values(looked.places, looked.units, memory, known);
  return {all[axis].begin(), all[axis].end()};
}

constexpr std::string_view prose =
    "The gull sat on the post and looked at the tide, which came in at nine and went out at three.\n";

struct AxisCase {
  const char* name;
  Axis axis;
  std::string text;
  std::vector<std::int32_t> want;
  friend void PrintTo(const AxisCase& row, std::ostream* out) { *out << row.name; }
};

class AxisOfLines : public testing::TestWithParam<AxisCase> {};

const AxisCase axis_cases[] = {
    {"words", Axis::words, "one two\n\nthree\n", {2, 1}},
    {"function_words", Axis::function, "the end of the world\nMenu\n", {60, 0}},
    {"function_characters", Axis::function, "我的书\n", {33}},
    {"commas", Axis::commas, "a, b、c\n", {2}},
    {"word_length", Axis::word_length, "abc abcde\n...\n", {4, 0}},
    {"endings", Axis::ending, "a.\na...\na?\na:\na)\n9\nb\n#\n", {2, 7, 5, 4, 8, 1, 0, 10}},
    {"year", Axis::year, "in 1987\nin 1787\n20241\n", {1, 0, 0}},
    {"separators", Axis::separators, "a | b · c\n", {2}},
    {"columns", Axis::columns, "a   b    c  d\n", {2}},
    {"lower_start", Axis::lower_start, "(a\nB\n1b\n", {1, 0, 0}},
    {"block_lines", Axis::block_lines, "a\nb\n\nc\n", {2, 2, 1}},
    {"block_place", Axis::block_place, "a\nb\nc\n\nd\n", {1, 2, 3, 0}},
    {"times", Axis::times, "A b\na b!\nc\n", {2, 2, 1}},
    {"nth", Axis::nth, "A b\na b!\nc\n", {1, 2, 1}},
    {"head", Axis::head, "a\n\nb\n", {0, 1}},
    {"tail", Axis::tail, "a\n\nb\n", {1, 0}},
    {"since_prose", Axis::since_prose, "a\n" + std::string(prose) + "b\nc\n", {-1, -1, 1, 2}},
    {"until_prose", Axis::until_prose, "a\n" + std::string(prose) + "b\n", {1, -1, -1}},
    {"prose_before", Axis::prose_before, "a\n" + std::string(prose) + "b\n", {0, 0, 100}},
    {"sentences_before", Axis::before3, "a\n" + std::string(prose) + "b\nc\n", {-1, 0, 95, 91}},
    {"short_run", Axis::short_run, "a\nb\n" + std::string(prose) + "c\n", {2, 2, 0, 1}},
    {"run", Axis::run, "a\n" + std::string(prose) + "b\n" + std::string(prose) + "c\n", {1, 2, 2, 2, 3}},
    {"no_run", Axis::run, "a\nb\n", {0, 0}},
    {"run_distance", Axis::run_distance, "a\nb\n" + std::string(prose) + "c\n", {2, 1, 0, 1}},
};

TEST_P(AxisOfLines, IsMeasured) { EXPECT_EQ(values(GetParam().text, GetParam().axis), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Axes, AxisOfLines, testing::ValuesIn(axis_cases), case_name);

std::vector<std::string> words(std::string_view text) {
  const Looked looked(text);
  UnitWords read;
  read_words(looked.table, looked.places, looked.units.front(), read);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < read.words.size(); ++i) out.emplace_back(read.word(i));
  return out;
}

TEST(UnitWords, AreFoldedWithoutTheirDigits) {
  EXPECT_THAT(words("Don't – well-known, 24 Éclairs' '\n"),
              ElementsAre("don't", "well-known", "00", "éclairs"));
}

TEST(UnitWords, OfScriptsWithoutSpacesAreCharacters) {
  EXPECT_THAT(words("日本 go\n"), ElementsAre("日", "本", "go"));
}

std::vector<std::uint32_t> counts(std::string_view text) {
  std::vector<std::uint32_t> out;
  for (const Unit& unit : Looked(text).units) out.push_back(unit.count);
  return out;
}

/// `lines` lines of a paragraph that a narrow page has broken.
std::string wrapped(std::size_t lines) {
  std::string out;
  for (std::size_t i = 1; i < lines; ++i)
    out += "the gull sat on the post and looked at the tide while the boats came in\n";
  return out + "and went.\n";
}

TEST(Units, JoinWhatANarrowPageHasBroken) {
  EXPECT_THAT(counts(wrapped(4) + "\n" + wrapped(5) + "A heading\n"), ElementsAre(4, 5, 1));
}

TEST(Units, LeaveLinesAloneWhereThePageIsWide) {
  EXPECT_THAT(counts(wrapped(8) + std::string(300, 'x') + "\n" + std::string(300, 'y') + "\n"),
              ElementsAre(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
}

TEST(Units, LeaveListItemsApart) {
  EXPECT_THAT(
      counts(wrapped(7) + "\n• the gull sat on the post and looked at the tide while the boats\n• came in\n"),
      ElementsAre(7, 1, 1));
}

}  // namespace
}  // namespace dechaff::decide
