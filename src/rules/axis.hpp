#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dechaff::rules {

/// What a score can ask of a line, as a whole number. Shares are percents: 0 and 100 mean none and all.
enum class Axis : std::uint8_t {
  words,           ///< words; two characters of scripts without spaces are one
  sentence,        ///< 1 where the line ends like a sentence
  list_item,       ///< 1 behind a bullet or number
  indented,        ///< 1 behind a tab or two spaces
  link,            ///< 1 with an address
  said,            ///< 1 for speech and steps (text::Measures::said)
  capitals,        ///< share of words that begin with a capital
  upper,           ///< share of upper case among cased letters
  digits,          ///< share among characters
  letters,         ///< share among characters
  function,        ///< share of function words
  commas,          ///< number
  word_length,     ///< letters and digits a word, rounded
  ending,          ///< kind of the last character: see `ending_names`
  lower_start,     ///< 1 where the first letter is of lower case
  year,            ///< 1 with a number from 1900 to 2099
  separators,      ///< number of | • · › » / >
  columns,         ///< number of gaps of three or more spaces, or of tabs
  block_lines,     ///< lines of the block
  block_place,     ///< 0 alone in it, 1 its first, 2 inside, 3 its last
  block_words,     ///< words a line of the block
  times,           ///< how often the line stands in the document
  nth,             ///< which of these it is, from 1
  head,            ///< lines before it
  tail,            ///< lines behind it
  place,           ///< share of the document's lines before it
  document_words,  ///< words of the document
  document_lines,  ///< lines of the document
  document_prose,  ///< share of the document's words in prose
  prose_before,    ///< share of the document's prose before it
  prose_after,     ///< share of the document's prose behind it
  text_before,     ///< share of the document's words before it
  since_prose,     ///< lines back to the nearest prose; none
  until_prose,     ///< lines on to the nearest prose; none
  before3,         ///< share of words in sentences, of the 3 lines before; none
  before8,
  before25,
  after3,
  after8,
  after25,
  short_run,       ///< lines of the run without a sentence that it stands in; 0 for a sentence
  run,             ///< where the main run of sentences is: 0 nowhere, 1 behind, 2 here, 3 before
  run_distance,    ///< lines to it; 0 inside
  run_place,       ///< share of the run's lines before it; none outside
  run_lines,       ///< lines of the run
  draft,           ///< 50 and five times the draft's margin for keeping the line, from 0 to 100
  mean_evidence,   ///< the like of the mean evidence of the run of the draft that it stands in
  keep_run,        ///< lines of the kept run of the draft that it stands in; 0 in none
  drop_run,        ///< lines of the dropped run
  keep_run_words,  ///< words of the kept run
  drop_run_words,  ///< words of the dropped run
  since_keep,      ///< lines back to the nearest that the draft keeps; none
  until_keep,      ///< lines on to the nearest that the draft keeps; none
  keep_share,      ///< share of the document's words that the draft keeps
  keep_words,      ///< number of these words
  keep_before,     ///< share of these words before it
  keep_after,      ///< share of these words behind it
  kept_before8,    ///< share of words that the draft keeps, of the 8 lines before; none
  kept_before25,
  kept_after8,
  kept_after25,
  main_share,     ///< share of the kept words that the kept run of most words has
  main_distance,  ///< lines to that run; 0 inside; none
};
/// The first so many ask for nothing but the line's own text.
inline constexpr std::size_t own_axes = static_cast<std::size_t>(Axis::columns) + 1;
inline constexpr std::size_t axes = static_cast<std::size_t>(Axis::main_distance) + 1;

/// Whether the axis asks for what the draft makes of the document.
constexpr bool of_draft(Axis axis) { return axis >= Axis::draft; }

/// Values that are no number.
inline constexpr std::int32_t axis_none = -1;  ///< there is no such thing
inline constexpr std::int32_t axis_edge = -2;  ///< of a neighbour: the text ends there

/// Kinds of last characters, by the value of Axis::ending.
inline constexpr std::array<std::string_view, 11> ending_names = {
    "letter",      "digit",    "period",  "comma", "colon", "question",
    "exclamation", "ellipsis", "bracket", "quote", "other"};

/// "block_lines" → Axis::block_lines; nothing for other names.
std::optional<Axis> axis_named(std::string_view name);
std::string_view axis_name(Axis axis);

}  // namespace dechaff::rules
