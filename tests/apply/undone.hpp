#pragma once

#include <string>
#include <string_view>

#include "dechaff/cleaner.hpp"

namespace dechaff::apply {

/// The original as the changes give it back from the clean text, with what they took out of `original`; a
/// text in brackets that says what is wrong with them where they do not lead there.
inline std::string undone(std::string_view original, const Cleaned& cleaned) {
  const std::string_view text = cleaned.text;
  std::string out;
  std::size_t from = 0;
  std::size_t to = 0;
  for (const Change& change : cleaned.changes) {
    if (change.from < from || change.to < to) return "(changes are not sorted)";
    if (change.from > original.size() || change.from_size > original.size() - change.from)
      return "(outside the original)";
    if (change.to > text.size() || change.to_size > text.size() - change.to) return "(outside the text)";
    if (change.from - from != change.to - to) return "(what lies between differs in size)";
    out += text.substr(to, change.to - to);
    out += original.substr(change.from, change.from_size);
    from = change.from + change.from_size;
    to = change.to + change.to_size;
  }
  if (original.size() - from != text.size() - to) return "(the rest differs in size)";
  return out += text.substr(to);
}

}  // namespace dechaff::apply
