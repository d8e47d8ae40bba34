#include "rules/axis.hpp"

#include <algorithm>

namespace dechaff::rules {

namespace {

constexpr std::array<std::string_view, axes> names = {"words",
                                                      "sentence",
                                                      "list_item",
                                                      "indented",
                                                      "link",
                                                      "said",
                                                      "capitals",
                                                      "upper",
                                                      "digits",
                                                      "letters",
                                                      "function",
                                                      "commas",
                                                      "word_length",
                                                      "ending",
                                                      "lower_start",
                                                      "year",
                                                      "separators",
                                                      "columns",
                                                      "block_lines",
                                                      "block_place",
                                                      "block_words",
                                                      "times",
                                                      "nth",
                                                      "head",
                                                      "tail",
                                                      "place",
                                                      "document_words",
                                                      "document_lines",
                                                      "document_prose",
                                                      "prose_before",
                                                      "prose_after",
                                                      "text_before",
                                                      "since_prose",
                                                      "until_prose",
                                                      "before3",
                                                      "before8",
                                                      "before25",
                                                      "after3",
                                                      "after8",
                                                      "after25",
                                                      "short_run",
                                                      "run",
                                                      "run_distance",
                                                      "run_place",
                                                      "run_lines",
                                                      "draft",
                                                      "mean_evidence",
                                                      "keep_run",
                                                      "drop_run",
                                                      "keep_run_words",
                                                      "drop_run_words",
                                                      "since_keep",
                                                      "until_keep",
                                                      "keep_share",
                                                      "keep_words",
                                                      "keep_before",
                                                      "keep_after",
                                                      "kept_before8",
                                                      "kept_before25",
                                                      "kept_after8",
                                                      "kept_after25",
                                                      "main_share",
                                                      "main_distance"};
static_assert(!names.back().empty());

}  // namespace

std::optional<Axis> axis_named(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return {};
  return static_cast<Axis>(found - names.begin());
}

std::string_view axis_name(Axis axis) { return names[static_cast<std::size_t>(axis)]; }

}  // namespace dechaff::rules
