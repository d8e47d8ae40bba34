#include "rules/when.hpp"

namespace dechaff::rules {

namespace {

bool admits(const std::optional<Range>& range, double value) { return !range || range->contains(value); }
bool admits(const std::optional<bool>& wanted, bool value) { return !wanted || *wanted == value; }
bool admits_share(const std::optional<Range>& range, std::uint32_t part, std::uint32_t whole) {
  return !range || range->contains(text::share(part, whole));
}

}  // namespace

bool measures_hold(const When& when, const text::Measures& m) {
  return admits(when.words, m.words) && admits(when.chars, m.chars) &&
         admits_share(when.letters, m.letters, m.chars) && admits_share(when.digits, m.digits, m.chars) &&
         admits_share(when.upper, m.upper, m.cased) &&
         admits_share(when.capitalised, m.capitalised, m.words) &&
         admits(when.ends_sentence, m.ends_sentence) && admits(when.said, m.said) &&
         admits(when.list_item, m.list_item) && admits(when.indented, m.indented) &&
         admits(when.has_link, m.has_link);
}

}  // namespace dechaff::rules
