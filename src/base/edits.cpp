#include "base/edits.hpp"

#include <algorithm>
#include <cassert>

namespace dechaff {

std::string apply_edits(std::string_view text, std::span<const Edit> edits) {
  // To the byte: texts may be large, and a string that grows takes twice the room.
  std::size_t size = text.size();
  for (const Edit& edit : edits) size = size - (edit.end - edit.begin) + edit.text.size();
  std::string out;
  out.reserve(size);
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    assert(done <= edit.begin && edit.begin <= edit.end && edit.end <= text.size());
    out.append(text, done, edit.begin - done);
    out += edit.text;
    done = edit.end;
  }
  out.append(text.substr(done));
  return out;
}

Changes changes_of(std::span<const Edit> edits) {
  Changes out;
  out.reserve(edits.size());
  std::size_t removed = 0;
  std::size_t added = 0;
  for (const Edit& edit : edits) {
    out.push_back(
        {edit.begin, edit.end - edit.begin, edit.begin - removed + added, edit.text.size(), edit.cause});
    removed += edit.end - edit.begin;
    added += edit.text.size();
  }
  return out;
}

namespace {

/// A stretch of text B with its image in A and in C, grown while changes overlap it.
struct Joined {
  std::size_t begin = 0;  // in B
  std::size_t end = 0;
  std::size_t a_grow = 0;  // bytes of A less bytes of B over the changes of `first` taken in (modular)
  std::size_t c_grow = 0;  // bytes of C less bytes of B over the changes of `second` taken in (modular)
  EntryIndex cause = 0;
  bool from_second = false;

  void take(std::size_t from, std::size_t to, EntryIndex why, bool second) {
    begin = std::min(begin, from);
    end = std::max(end, to);
    if (second || !from_second) cause = why;
    from_second |= second;
  }
};

/// Whether the change [begin, end) of B lies in or across [from, to). What is empty in B must lie strictly
/// inside.
bool overlaps(std::size_t begin, std::size_t end, std::size_t from, std::size_t to) {
  return begin < to && from < end;
}

}  // namespace

Changes compose(std::span<const Change> first, std::span<const Change> second) {
  if (second.empty()) return {first.begin(), first.end()};
  if (first.empty()) return {second.begin(), second.end()};
  Changes out;
  out.reserve(first.size() + second.size());
  std::size_t i = 0;
  std::size_t k = 0;
  std::size_t a_shift = 0;  // position in A less position in B, behind all changes taken (modular)
  std::size_t c_shift = 0;  // position in C less position in B
  while (i < first.size() || k < second.size()) {
    const auto first_end = [&] { return first[i].to + first[i].to_size; };
    // What ends first in B starts; a deletion by `first` goes before an insertion by `second` at one place.
    const bool start_with_first =
        k == second.size() ||
        (i < first.size() &&
         (first[i].to < second[k].from || (first[i].to == second[k].from && first[i].to_size == 0)));
    Joined joined;
    joined.begin = start_with_first ? first[i].to : second[k].from;
    joined.end = joined.begin;
    const auto take_first = [&] {
      joined.take(first[i].to, first_end(), first[i].cause, false);
      joined.a_grow += first[i].from_size - first[i].to_size;
      ++i;
    };
    const auto take_second = [&] {
      joined.take(second[k].from, second[k].from + second[k].from_size, second[k].cause, true);
      joined.c_grow += second[k].to_size - second[k].from_size;
      ++k;
    };
    if (start_with_first)
      take_first();
    else
      take_second();
    for (bool grown = true; grown;) {
      grown = false;
      while (i < first.size() && overlaps(first[i].to, first_end(), joined.begin, joined.end)) {
        take_first();
        grown = true;
      }
      while (k < second.size() &&
             overlaps(second[k].from, second[k].from + second[k].from_size, joined.begin, joined.end)) {
        take_second();
        grown = true;
      }
    }
    const std::size_t size = joined.end - joined.begin;
    out.push_back({joined.begin + a_shift, size + joined.a_grow, joined.begin + c_shift, size + joined.c_grow,
                   joined.cause});
    a_shift += joined.a_grow;
    c_shift += joined.c_grow;
  }
  return out;
}

}  // namespace dechaff
