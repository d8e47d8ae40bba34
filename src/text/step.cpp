#include "text/step.hpp"

#include <algorithm>
#include <utility>

#include "text/utf8.hpp"

namespace dechaff::text {

std::optional<StepAction> step_action_named(std::string_view name) {
  using enum StepAction;
  static constexpr std::pair<std::string_view, StepAction> names[] = {{"mojibake", mojibake},
                                                                      {"entities", entities},
                                                                      {"terminal-escapes", terminal_escapes},
                                                                      {"line-ends", line_ends},
                                                                      {"soft-line-breaks", soft_line_breaks},
                                                                      {"characters", characters},
                                                                      {"space-runs", space_runs},
                                                                      {"trailing-space", trailing_space},
                                                                      {"blank-lines", blank_lines},
                                                                      {"edge-lines", edge_lines},
                                                                      {"final-newline", final_newline}};
  const auto* known = std::ranges::find(names, name, &std::pair<std::string_view, StepAction>::first);
  if (known == std::end(names)) return std::nullopt;
  return known->second;
}

bool CharacterTable::holds(char32_t c) const {
  return std::ranges::any_of(chars, [&](const CodeRange& range) { return range.holds(c); });
}

std::string CharacterTable::result_of(char32_t c) const {
  const auto range = std::ranges::find_if(chars, [&](const CodeRange& one) { return one.holds(c); });
  if (!to_each.empty()) return to_each[static_cast<std::size_t>(range - chars.begin())];
  if (to_first == 0) return to;
  char32_t target = to_first + (c - range->first);
  for (auto passed = chars.begin(); passed != range; ++passed) target += passed->last - passed->first + 1;
  std::string out;
  append_utf8(out, target);
  return out;
}

bool CharacterTable::feeds_itself() const {
  const auto changes_again = [&](std::string_view text) {
    for (std::size_t at = 0; at < text.size(); at += char_size(text, at)) {
      const char32_t c = char_at(text, at);
      if (holds(c) && result_of(c) != text.substr(at, char_size(text, at))) return true;
    }
    return false;
  };
  if (count_only) return false;
  if (to_first == 0) return changes_again(to) || std::ranges::any_of(to_each, changes_again);
  return std::ranges::any_of(chars, [&](const CodeRange& range) {
    for (char32_t c = range.first; c <= range.last; ++c) {
      if (changes_again(result_of(c))) return true;
    }
    return false;
  });
}

}  // namespace dechaff::text
