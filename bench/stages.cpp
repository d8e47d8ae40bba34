// What each stage of a document costs alone, by Google Benchmark: bytes of the text as found a second.
//
//   bench_stages [--benchmark_filter=REGEX] ...
//
// The documents are those of testdata/raw under the profile `safe` with the shipped rules, one after the
// other.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "dechaff/cleaner.hpp"
#include "decide/decide.hpp"
#include "match/matcher.hpp"
#include "rules/rule.hpp"
#include "text/decode.hpp"
#include "text/line_table.hpp"
#include "text/normalise.hpp"

namespace {

using namespace dechaff;

RuleSet shipped_rules() {
  LoadedRules loaded = load_rules({true, std::filesystem::path(DECHAFF_BENCH_DATA_DIR) / "rules", {}});
  for (const Error& error : loaded.errors) std::cerr << to_string(error) << '\n';
  if (!loaded.rules) std::exit(2);
  return *loaded.rules;
}

Cleaner cleaner_of(const RuleSet& rules) {
  auto made = Cleaner::make(rules, {});
  if (!made) std::exit(2);
  return *made;
}

/// A document before each of its stages.
struct Document {
  std::string raw;
  std::string decoded;
  std::string normal;
  text::LineTable table;
  std::vector<std::uint32_t> all_lines;
  match::LineHits lines;
  match::Hits blocks;
};

/// What all stages work with.
class Workshop {
 public:
  Workshop()
      : rules_(shipped_rules()),
        cleaner_(cleaner_of(rules_)),
        compiled_(rules_.compiled()),
        settings_(decide::settings_for(compiled_, *compiled_.profile("safe"), {})),
        matcher_(compiled_) {
    std::vector<text::Step> steps;
    for (const rules::DeclaredStep& declared : compiled_.steps) {
      if (settings_.on[declared.step.entry]) steps.push_back(declared.step);
    }
    plan_ = text::Plan(settings_.profile.form, rules::form_entry, std::move(steps));
    for (const auto& file : std::filesystem::directory_iterator(
             std::filesystem::path(DECHAFF_BENCH_DATA_DIR) / "testdata/raw")) {
      std::ifstream in(file.path(), std::ios::binary);
      add({std::istreambuf_iterator<char>(in), {}});
    }
  }

  void decode(const Document& one) { benchmark::DoNotOptimize(decoded(one.raw)); }
  void normalise(const Document& one) { benchmark::DoNotOptimize(text::normalise(one.decoded, plan_)); }
  void measure_and_fold(const Document& one) {
    benchmark::DoNotOptimize(text::LineTable(std::string_view(one.normal)));
  }
  void match_lines(const Document& one) {
    benchmark::DoNotOptimize(matcher_.match_lines(one.table, settings_.matters, scratch_));
  }
  void match_blocks(const Document& one) {
    benchmark::DoNotOptimize(
        matcher_.match_blocks(one.table, one.all_lines, settings_.matters, one.lines, {}, scratch_));
  }
  void decide_once(const Document& one) {
    decide::Memory memory;
    benchmark::DoNotOptimize(decide::decide(compiled_, settings_, decide::Reach::full, one.table,
                                            one.all_lines, one.lines.hits, one.blocks, memory));
  }
  void clean(const Document& one) { benchmark::DoNotOptimize(cleaner_.clean({one.raw}, workspace_)); }

  using Stage = void (Workshop::*)(const Document&);

  void run(benchmark::State& state, Stage stage) {
    for (auto turn : state) {
      for (const Document& one : documents_) (this->*stage)(one);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes_));
  }

 private:
  static std::string decoded(const std::string& bytes) {
    return text::decode(bytes, nullptr, {rules::encoding_entry, rules::invalid_entry}).text;
  }

  void add(std::string raw) {
    std::string plain = decoded(raw);
    std::string normal = text::normalise(plain, plan_).text;
    // The table looks into the text, which must not move any more.
    const std::string& kept = texts_.emplace_back(std::move(normal));
    bytes_ += raw.size();
    Document& one = documents_.emplace_back(Document{
        std::move(raw), std::move(plain), kept, text::LineTable(std::string_view(kept)), {}, {}, {}});
    one.all_lines.resize(one.table.size());
    std::iota(one.all_lines.begin(), one.all_lines.end(), 0U);
    one.lines = matcher_.match_lines(one.table, settings_.matters, scratch_);
    one.blocks =
        matcher_.match_blocks(one.table, one.all_lines, settings_.matters, one.lines, {}, scratch_).hits;
  }

  RuleSet rules_;
  Cleaner cleaner_;
  const rules::Compiled& compiled_;
  decide::Settings settings_;
  text::Plan plan_;
  match::Matcher matcher_;
  match::Scratch scratch_;
  Workspace workspace_;
  std::deque<std::string> texts_;
  std::deque<Document> documents_;
  std::size_t bytes_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  Workshop workshop;
  const std::pair<const char*, Workshop::Stage> stages[] = {
      {"decode", &Workshop::decode},
      {"normalise", &Workshop::normalise},
      {"measure_and_fold", &Workshop::measure_and_fold},
      {"match_lines", &Workshop::match_lines},
      {"match_blocks", &Workshop::match_blocks},
      {"decide_once", &Workshop::decide_once},
      {"clean", &Workshop::clean},
  };
  for (const auto& [name, stage] : stages) {
    benchmark::RegisterBenchmark(
        name, [&workshop, stage = stage](benchmark::State& state) { workshop.run(state, stage); });
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
