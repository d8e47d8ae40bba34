#pragma once

#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/edits.hpp"
#include "text/form.hpp"
#include "text/normalise.hpp"
#include "text/step.hpp"
#include "text/step_edits.hpp"

namespace dechaff::text {

/// A row of a table of texts and what becomes of them.
struct RewriteCase {
  const char* name;
  std::string_view input;
  std::string_view want;
  friend void PrintTo(const RewriteCase& row, std::ostream* out) { *out << row.name; }
};

/// A row of a table of texts that tempt and stay.
struct StayCase {
  const char* name;
  std::string_view text;
  friend void PrintTo(const StayCase& row, std::ostream* out) { *out << row.name; }
};

inline std::vector<CodeRange> ranges(std::initializer_list<std::string_view> spelled) {
  std::vector<CodeRange> out;
  for (const std::string_view one : spelled) out.push_back(code_range(one).value());
  return out;
}

inline std::vector<CharClass> classes(std::initializer_list<std::string_view> names) {
  std::vector<CharClass> out;
  for (const std::string_view name : names) out.push_back(CharClass::named(name).value());
  return out;
}

inline Step table_step(EntryIndex entry, CharacterTable table) {
  return {.entry = entry, .action = StepAction::characters, .table = std::move(table)};
}

inline Step action_step(EntryIndex entry, StepAction action) {
  return {.entry = entry, .action = action, .table = {}};
}

/// What every step of `plan` and its form do to `text`, each alone, and what the tables count.
inline std::pair<std::vector<Edits>, std::vector<std::uint64_t>> all_edits(const Plan& plan,
                                                                           std::string_view text) {
  std::vector<Edits> out;
  for (const Step& step : plan.steps()) out.push_back(edits_of(step, text));
  out.push_back(normal_form_edits(text, plan.form(), plan.form_cause()));
  CharacterPass::Result tables = plan.characters().run(text);
  out.push_back(std::move(tables.edits));
  return {std::move(out), std::move(tables.hits)};
}

/// Whether the lines that the sieve of `plan` tells are all of `text` that matters: the same happens to them
/// one by one as in the whole.
inline bool sieve_tells_all(const Plan& plan, std::string_view text) {
  auto found = all_edits(plan, "");
  for (const LineRange& range : plan.sieve().find(text)) {
    auto [edits, hits] = all_edits(plan, text.substr(range.begin, range.end - range.begin));
    for (std::size_t i = 0; i < edits.size(); ++i) {
      for (Edit& edit : edits[i]) {
        edit.begin += range.begin;
        edit.end += range.begin;
        found.first[i].push_back(std::move(edit));
      }
    }
    for (std::size_t i = 0; i < hits.size(); ++i) found.second[i] += hits[i];
  }
  return found == all_edits(plan, text);
}

/// `text` from what `changes` made of it and the pieces of it that they removed.
inline std::string restored(std::string_view made, const Changes& changes, std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (const Change& change : changes) {
    out += made.substr(done, change.to - done);
    out += text.substr(change.from, change.from_size);
    done = change.to + change.to_size;
  }
  return out += made.substr(done);
}

}  // namespace dechaff::text
