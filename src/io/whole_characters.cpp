#include "io/whole_characters.hpp"

namespace dechaff::io {

namespace {

bool within_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

}  // namespace

Changes on_characters(const Changes& changes, std::string_view original, std::string_view clean) {
  Changes out;
  for (Change change : changes) {
    const auto begins_within = [&] {
      return within_character(original, change.from) || within_character(clean, change.to);
    };
    const auto ends_within = [&] {
      return within_character(original, change.from + change.from_size) ||
             within_character(clean, change.to + change.to_size);
    };
    // What stands beside a change is the same in both texts.
    for (; change.from > 0 && change.to > 0 && begins_within(); --change.from, --change.to) {
      ++change.from_size;
      ++change.to_size;
    }
    for (; change.from + change.from_size < original.size() && change.to + change.to_size < clean.size() &&
           ends_within();
         ++change.from_size) {
      ++change.to_size;
    }
    if (out.empty() || change.from >= out.back().from + out.back().from_size) {
      out.push_back(change);
      continue;
    }
    Change& last = out.back();
    last.from_size = change.from + change.from_size - last.from;
    last.to_size = change.to + change.to_size - last.to;
    last.cause = change.cause;
  }
  return out;
}

}  // namespace dechaff::io
