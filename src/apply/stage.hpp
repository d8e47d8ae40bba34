#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apply/layout.hpp"
#include "base/edits.hpp"
#include "dechaff/cleaner.hpp"
#include "decide/decide.hpp"
#include "match/matcher.hpp"
#include "text/line_table.hpp"
#include "text/normalise.hpp"

namespace dechaff::apply {

/// What a document is worked with. All of it is read only and outlives the stages.
struct Tools {
  const rules::Compiled& compiled;
  const match::Matcher* matcher;  ///< null where the settings let no rule act
  const text::Plan& plan;
  const decide::Settings& settings;
  match::Scratch& scratch;
  bool is_part = false;  ///< Input::is_part
};

/// Why a line of the first text is no longer there, or is another.
struct Fate {
  std::uint32_t line = 0;  ///< of the first text
  decide::Decision decision;
};

/// What else there is to tell of a fate.
struct Story {
  std::string because;  ///< what spoke loudest, where it was weighed
  std::string rewritten;
};

/// A document on its way: a text, which of its lines are left, and how it came about. A value: copies share
/// the text and its tables and go their own ways.
class Stage {
 public:
  Stage(const Tools& tools, std::string text);

  /// Decides again and again until nothing changes. False where it does not come to an end; the stage is then
  /// of no use.
  bool settle(const Tools& tools, decide::Reach reach);

  /// Nothing but the blank lines.
  void lay_out(const Tools& tools);

  struct Result {
    std::string text;
    Changes changes;  ///< from the first text
  };
  Result finish(const Tools& tools) const;

  std::uint64_t words() const;
  std::uint64_t lines() const;

  /// What happened to lines of the first text, in the order it happened; blank lines that went are among
  /// them.
  const std::vector<Fate>& fates() const { return fates_; }
  /// For each of them; empty unless the settings explain.
  const std::vector<Story>& stories() const { return stories_; }
  /// Every entry that hit a line of the first text, sorted, each pair once; `place` is that line's number.
  std::vector<decide::LineHit> hits() const;
  /// What the last pass found for lines that stayed: evidence, by line of the first text. Empty unless the
  /// settings explain.
  const std::vector<Fate>& kept() const { return kept_; }

  const text::LineTable& table() const { return prepared_->table; }

 private:
  /// A text and what was found in it. Never changed, so that stages can share it.
  struct Prepared {
    Prepared(const Tools& tools, std::string source);

    const std::string text;
    const text::LineTable table;
    match::LineHits hits;
  };

  enum class Pass { nothing, dropped, rewrote, grew };

  Pass pass(const Tools& tools, decide::Reach reach);
  void remove(std::uint32_t line, EntryIndex cause);
  void remove_blank(const Tools& tools, std::uint32_t line, EntryIndex cause);
  void tell(const Tools& tools, Fate fate, Story story);
  bool remove_dropped(const decide::Decisions& decisions);
  std::optional<std::vector<Edit>> rewrite(const Tools& tools, const decide::Decisions& decisions);
  bool remove_blank_lines(const Tools& tools);
  void note(const Tools& tools, const decide::Decisions& decisions);
  void rebuild(const Tools& tools, const std::vector<Edit>& rewritten);
  Edits removals() const;

  std::shared_ptr<const Prepared> prepared_;
  std::shared_ptr<decide::Memory> memory_;  // of its lines
  std::size_t most_bytes_;                  // that it may grow to
  std::vector<std::uint32_t> alive_;        // lines of the table, blank ones among them
  std::vector<EntryIndex> removed_by_;      // by line of the table, for those not alive
  std::vector<std::uint32_t> origin_;       // line of the table → line of the first text
  match::BlockHits block_hits_;             // of the last pass
  Changes changes_;                         // from the first text to that of the table
  std::vector<Fate> fates_;
  std::vector<Story> stories_;
  std::vector<Fate> kept_;
  std::vector<decide::LineHit> hits_;
};

}  // namespace dechaff::apply
