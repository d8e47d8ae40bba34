#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "error_place.hpp"
#include "fuzz.hpp"
#include "rules/rule.hpp"
#include "rules/scores.hpp"

namespace {

using dechaff::Errors;
using namespace dechaff::rules;

void check_table(const ScoreTable& table) {
  std::size_t cells = 1;
  for (const ScoreTable::Dimension& dimension : table.dimensions) {
    FUZZ_REQUIRE(!dimension.starts.empty());
    FUZZ_REQUIRE(std::ranges::adjacent_find(dimension.starts, std::ranges::greater_equal{}) ==
                 dimension.starts.end());
    cells *= dimension.starts.size();
  }
  FUZZ_REQUIRE(cells == table.cells.size());
}

/// Values reach, by the scales, the cell of the ranges that they are in.
void check_steps(const Scores& scores, const ScoreTable& table) {
  constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
  std::size_t stride = table.cells.size();
  for (const ScoreTable::Dimension& dimension : table.dimensions) {
    stride /= dimension.starts.size();
    const Scale& scale = scores.scales[static_cast<std::size_t>(dimension.axis)];
    for (const std::int32_t value : {axis_edge, axis_none, 0, 1, 50, 400, 401, 1'000'000, most}) {
      const auto behind = std::ranges::upper_bound(dimension.starts, value);
      const auto range =
          static_cast<std::size_t>(std::max<std::ptrdiff_t>(behind - dimension.starts.begin(), 1) - 1);
      FUZZ_REQUIRE(dimension.steps[scale.range_of(value)] == range * stride);
    }
  }
}

std::array<const std::vector<ScoreTable>*, 3> lists_of(const ScoreTables& tables) {
  return {&tables.own, &tables.around, &tables.draft};
}

std::string described(const ReadScores& scores, const Errors& errors) {
  std::string out;
  for (const dechaff::Error& error : errors) out += to_string(error) + "\n";
  for (std::uint32_t i = 0; i < scores.words.size(); ++i)
    out += std::string(scores.words[i].words) + "=" + std::to_string(scores.words[i].score) + "\n";
  for (const ReadScores::Hit& hit : scores.hits) out += hit.id + "=" + std::to_string(hit.score) + "\n";
  for (std::uint32_t i = 0; i < scores.function_words.size(); ++i)
    out += std::string(scores.function_words[i]) + "\n";
  for (const auto* tables : lists_of(scores.tables)) {
    for (const ScoreTable& table : *tables) {
      for (const std::int32_t cell : table.cells) out += std::to_string(cell) + " ";
    }
  }
  return out;
}

}  // namespace

/// The input: the bytes of a score file. Any are read or answered with mistakes that have a place in it; the
/// same bytes always with the same. Every value finds its cell.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4 << 10) return 0;  // longer inputs only cost time
  const SourceFile file{"fuzz.scores", "fuzz", std::string(dechaff::fuzz::as_text(data, size)), {}, {}};
  Errors errors, twin_errors;
  ReadScores scores = read_scores(file, errors);
  FUZZ_REQUIRE(described(scores, errors) == described(read_scores(file, twin_errors), twin_errors));
  for (const dechaff::Error& error : errors)
    dechaff::fuzz::require_place(error, file.name, file.content(), false);
  for (const ScoreTables* some : {&scores.tables, &scores.joined}) {
    for (const auto* tables : lists_of(*some)) std::ranges::for_each(*tables, check_table);
  }
  Scores all;
  all.add_file(0, std::move(scores));
  if (all.index()) return 0;
  for (const ScoreTables* some : {&all.files[0].tables, &all.files[0].joined}) {
    for (const auto* tables : lists_of(*some)) {
      for (const ScoreTable& table : *tables) check_steps(all, table);
    }
  }
  return 0;
}
