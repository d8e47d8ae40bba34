#include "text/characters.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "text/eight_bytes.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

constexpr std::size_t near_distance = 32;

bool is_in_any(Neighbour neighbour, const std::vector<CharClass>& classes) {
  return std::ranges::any_of(classes, [&](const CharClass& one) { return one.contains(neighbour); });
}

/// The neighbours of the characters of one table, asked for from left to right.
class Beside {
 public:
  Beside(std::string_view text, const CharacterTable& table) : text_(text), table_(&table) {}

  /// Whether the neighbours of the character at `at` meet the table's conditions.
  bool meets_conditions(std::size_t at) {
    if (at >= run_end_) find_run(at);
    if (!table_->after.empty() && !is_in_any(before_, table_->after)) return false;
    if (!table_->before.empty() && !is_in_any(behind_, table_->before)) return false;
    return !is_in_any(before_, table_->unless_after) && !is_in_any(behind_, table_->unless_before);
  }

 private:
  /// A run of the table's characters shares its neighbours: found once for all of them.
  void find_run(std::size_t at) {
    before_ = {.at_edge = true};
    while (at > 0 && text_[at - 1] != '\n') {
      at = previous_char(text_, at);
      if (const char32_t c = char_at(text_, at); !table_->holds(c)) {
        before_ = {.character = c};
        at += char_size(text_, at);
        break;
      }
    }
    behind_ = {.at_edge = true};
    for (run_end_ = at; run_end_ < text_.size() && text_[run_end_] != '\n';
         run_end_ += char_size(text_, run_end_)) {
      if (const char32_t c = char_at(text_, run_end_); !table_->holds(c)) {
        behind_ = {.character = c};
        break;
      }
    }
  }

  std::string_view text_;
  const CharacterTable* table_;
  std::size_t run_end_ = 0;
  Neighbour before_;
  Neighbour behind_;
};

/// Whether a character that `unless_near` names stands within `near_distance`, asked for from left to right.
/// Each character is looked at once: of those up to the far end of the window, the last hit tells.
class Near {
 public:
  Near(std::string_view text, const CharacterTable& table) : text_(text), table_(&table) {}

  bool is_near(std::size_t at) {
    if (table_->unless_near.empty()) return false;
    if (at >= seen_end_) restart(at);
    for (; at_ < at; at_ += char_size(text_, at_)) ++index_;
    for (; seen_ <= index_ + near_distance && seen_end_ < text_.size() && text_[seen_end_] != '\n'; ++seen_) {
      const char32_t c = char_at(text_, seen_end_);
      if (!table_->holds(c) && is_in_any({.character = c}, table_->unless_near)) last_hit_ = seen_;
      seen_end_ += char_size(text_, seen_end_);
    }
    return last_hit_ && *last_hit_ + near_distance >= index_;
  }

 private:
  void restart(std::size_t at) {
    for (std::size_t n = 0; n < near_distance && at > 0 && text_[at - 1] != '\n'; ++n) {
      at = previous_char(text_, at);
    }
    at_ = seen_end_ = at;
    index_ = seen_ = 0;
    last_hit_.reset();
  }

  std::string_view text_;
  const CharacterTable* table_;
  std::size_t at_ = 0;                   // where the character asked for last starts
  std::size_t index_ = 0;                // its number, from the start of the window at the last restart
  std::size_t seen_end_ = 0;             // end of the characters looked at
  std::size_t seen_ = 0;                 // their number
  std::optional<std::size_t> last_hit_;  // the number of the last one that `unless_near` names
};

/// Both kinds of condition.
class Conditions {
 public:
  Conditions(std::string_view text, const CharacterTable& table) : beside_(text, table), near_(text, table) {}

  bool hold(std::size_t at) { return beside_.meets_conditions(at) && !near_.is_near(at); }

 private:
  Beside beside_;
  Near near_;
};

/// Adds the edit by which `step` acts on the character [begin, end); a deletion joins one that it touches.
/// Whether there was something to do.
bool act(Edits& edits, const Step& step, std::string_view text, std::size_t begin, std::size_t end) {
  if (step.table.count_only) return true;
  std::string to = step.table.result_of(char_at(text, begin));
  if (to == text.substr(begin, end - begin)) return false;
  const bool joins = to.empty() && !edits.empty() && edits.back().end == begin && edits.back().text.empty() &&
                     edits.back().cause == step.entry;
  if (joins) {
    edits.back().end = end;
  } else {
    edits.push_back({begin, end, std::move(to), step.entry});
  }
  return true;
}

/// Whether all of these eight bytes are from ' ' to '~'.
bool are_printable(std::uint64_t bytes) {
  return ((bytes | (bytes + every_byte) | ~(bytes + every_byte * (0x80 - ' '))) & high_bits) == 0;
}

unsigned char lead_byte(char32_t c) {
  std::string utf8;
  append_utf8(utf8, c);
  return static_cast<unsigned char>(utf8.front());
}

}  // namespace

CharacterPass::CharacterPass(std::span<const Step> steps) {
  std::set<char32_t> cuts;
  for (const Step& step : steps) {
    if (step.action != StepAction::characters) continue;
    steps_.push_back(step);
    for (const CodeRange& range : step.table.chars) {
      cuts.insert({range.first, range.last + 1});
      const unsigned last_lead = lead_byte(range.last);
      for (unsigned lead = lead_byte(range.first); lead <= last_lead; ++lead) wanted_lead_[lead] = 1;
      wants_printable_ |= range.first <= U'~' && range.last >= U' ';
    }
  }
  for (auto cut = cuts.begin(); cut != cuts.end() && std::next(cut) != cuts.end(); ++cut) {
    Segment segment{.chars = {*cut, *std::next(cut) - 1}, .steps = {}};
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (steps_[i].table.holds(*cut)) segment.steps.push_back(i);
    }
    if (!segment.steps.empty()) segments_.push_back(std::move(segment));
  }
}

std::span<const std::size_t> CharacterPass::steps_for(char32_t c) const {
  const auto first = [](const Segment& segment) { return segment.chars.first; };
  const auto behind = std::ranges::upper_bound(segments_, c, {}, first);
  if (behind == segments_.begin() || !std::prev(behind)->chars.holds(c)) return {};
  return std::prev(behind)->steps;
}

CharacterPass::Result CharacterPass::run(std::string_view text) const {
  Result out;
  out.hits.resize(steps_.size());
  std::size_t at = find_wanted(text, 0);
  if (at == text.size()) return out;
  std::vector<Conditions> conditions;
  for (const Step& step : steps_) conditions.emplace_back(text, step.table);
  for (std::size_t end = 0; at < text.size(); at = find_wanted(text, end)) {
    end = at + char_size(text, at);
    for (const std::size_t i : steps_for(char_at(text, at))) {
      if (!conditions[i].hold(at)) continue;
      if (act(out.edits, steps_[i], text, at, end)) ++out.hits[i];
      break;
    }
  }
  return out;
}

std::size_t CharacterPass::find_wanted(std::string_view text, std::size_t at) const {
  const auto wanted = [&](std::size_t i) { return wanted_lead_[static_cast<unsigned char>(text[i])] != 0; };
  // Eight at once, since a look at each byte would take most of the time of a text that needs nothing.
  while (at < text.size()) {
    const std::size_t end = std::min(at + sizeof(std::uint64_t), text.size());
    const bool may_pass = !wants_printable_ && end - at == sizeof(std::uint64_t);
    if (may_pass && are_printable(eight_bytes(text, at))) at = end;
    for (; at < end; ++at) {
      if (wanted(at)) return at;
    }
  }
  return at;
}

}  // namespace dechaff::text
