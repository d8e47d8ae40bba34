#include "rules/factored.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dechaff::rules {

namespace {

constexpr std::size_t fewest_branches = 6;
// Each level is a group more, and PCRE2 is told to take so many only.
constexpr int most_levels = 3;

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' '; }

bool is_quantifier(char c) { return c == '?' || c == '*' || c == '+' || c == '{'; }

/// Where the items of a pattern end.
class Items {
 public:
  /// Nothing where any of it is not understood.
  static std::optional<Items> read(std::string_view pattern) {
    Items out(pattern);
    const std::size_t end = out.read_choice(0, 0);
    return end == pattern.size() ? std::optional(std::move(out)) : std::nullopt;
  }

  /// The end of the item that begins at byte `at`.
  std::size_t end_of(std::size_t at) const { return ends_[at]; }
  /// Where the inside of the group begins that begins at byte `at`.
  std::size_t inside_of(std::size_t at) const { return at + head_size(at); }
  /// Whether a group that captures begins in these bytes.
  bool captures_in(std::size_t begin, std::size_t end) const {
    const auto first = std::ranges::lower_bound(captures_, begin);
    return first != captures_.end() && *first < end;
  }

 private:
  static constexpr std::size_t unknown = std::string_view::npos;
  static constexpr int deepest = 64;

  explicit Items(std::string_view pattern) : pattern_(pattern), ends_(pattern.size()) {}

  bool stands_at(std::size_t at, std::string_view text) const {
    return pattern_.substr(at, text.size()) == text;
  }

  /// Whether what follows is quoted, or one character more belongs to the escape.
  bool is_read_otherwise(std::size_t at) const {
    return stands_at(at, "\\Q") || stands_at(at, "\\E") || stands_at(at, "\\c");
  }

  /// 0 for what has rules of its own, such as "(?|", "(?(", "(*VERB)" and "(?i)". To look behind, PCRE2 must
  /// know how far each branch goes.
  std::size_t head_size(std::size_t at) const {
    for (const std::string_view head : {"(?:", "(?=", "(?!", "(?>"}) {
      if (stands_at(at, head)) return head.size();
    }
    return stands_at(at, "(?") || stands_at(at, "(*") ? 0 : 1;
  }

  /// The end of the branches from `at` on: that of the pattern, or the bracket that closes the group.
  std::size_t read_choice(std::size_t at, int depth) {
    while (at < pattern_.size() && pattern_[at] != ')') {
      const std::size_t end = read_item(at, depth);
      if (end > pattern_.size()) return unknown;
      ends_[at] = end;
      at = end;
    }
    return at;
  }

  std::size_t read_item(std::size_t at, int depth) {
    switch (pattern_[at]) {
      case '\\':
        return is_read_otherwise(at) ? unknown : at + 2;
      case '[':
        return end_of_class(at);
      case '(':
        return end_of_group(at, depth);
      default:
        return at + 1;
    }
  }

  std::size_t end_of_class(std::size_t at) const {
    std::size_t end = at + (stands_at(at, "[^") ? 2 : 1);
    if (stands_at(end, "]")) ++end;  // one that comes first stands for itself
    for (; end < pattern_.size() && pattern_[end] != ']'; ++end) {
      if (pattern_[end] == '[' || is_read_otherwise(end)) return unknown;
      if (pattern_[end] == '\\') ++end;
    }
    return end + 1;
  }

  std::size_t end_of_group(std::size_t at, int depth) {
    const std::size_t head = head_size(at);
    if (depth > deepest) return unknown;
    if (head == 0) return end_of_call(at);
    if (head == 1) captures_.push_back(at);
    const std::size_t end = read_choice(at + head, depth + 1);
    return end < pattern_.size() ? end + 1 : unknown;
  }

  /// "(?1)": a group once more.
  std::size_t end_of_call(std::size_t at) const {
    std::size_t end = at + 2;
    while (end < pattern_.size() && pattern_[end] >= '0' && pattern_[end] <= '9') ++end;
    return end > at + 2 && stands_at(end, ")") ? end + 1 : unknown;
  }

  std::string_view pattern_;
  std::vector<std::size_t> ends_;
  std::vector<std::size_t> captures_;  // where groups that capture begin
};

/// Writes a pattern anew, its choices sorted.
class Writer {
 public:
  Writer(std::string_view pattern, const Items& items) : pattern_(pattern), items_(items) {}

  std::string whole() && {
    write_choice({0, pattern_.size()});
    return std::move(out_);
  }

 private:
  /// The bytes of a branch, or of the rest of one.
  struct Branch {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  using Branches = std::vector<Branch>;

  void write_choice(Branch inside) {
    Branches branches(1, {inside.begin, inside.end});
    for (std::size_t at = inside.begin; at < inside.end; at = items_.end_of(at)) {
      if (pattern_[at] != '|') continue;
      branches.back().end = at;
      branches.push_back({at + 1, inside.end});
    }
    write_branches(branches, branches.size() < fewest_branches ? 0 : most_levels);
  }

  /// The byte that each match of the branch begins with, if one can be told and the branch may be moved.
  std::optional<char> first_byte(Branch branch) const {
    if (branch.begin == branch.end || !is_plain(pattern_[branch.begin])) return {};
    const std::size_t next = branch.begin + 1;
    if (next < branch.end && is_quantifier(pattern_[next])) return {};
    if (items_.captures_in(branch.begin, branch.end)) return {};
    return pattern_[branch.begin];
  }

  void write_branches(const Branches& branches, int levels) {
    if (branches.size() == 1 || levels == 0) {
      for (std::size_t i = 0; i < branches.size(); ++i) {
        if (i > 0) out_ += '|';
        write(branches[i]);
      }
      return;
    }
    for (std::size_t begin = 0, end = 0; begin < branches.size(); begin = end) {
      // Up to one that none is moved past.
      while (end < branches.size() && first_byte(branches[end])) ++end;
      if (begin > 0) out_ += '|';
      if (end > begin) {
        write_sorted(std::span(branches).subspan(begin, end - begin), levels);
      } else {
        write(branches[end++]);
      }
    }
  }

  void write_sorted(std::span<const Branch> branches, int levels) {
    std::string starts;  // of the branches, each once
    for (const Branch& branch : branches) {
      const char start = pattern_[branch.begin];
      if (starts.find(start) == starts.npos) starts += start;
    }
    for (const char start : starts) {
      if (start != starts.front()) out_ += '|';
      Branches alike;
      for (const Branch& branch : branches) {
        if (pattern_[branch.begin] == start) alike.push_back(branch);
      }
      if (alike.size() == 1) {
        write(alike.front());
        continue;
      }
      for (Branch& branch : alike) ++branch.begin;
      out_ += start;
      out_ += "(?:";
      write_branches(alike, levels - 1);
      out_ += ')';
    }
  }

  void write(Branch branch) {
    std::size_t written = branch.begin;
    for (std::size_t at = branch.begin; at < branch.end; at = items_.end_of(at)) {
      const std::size_t inside = pattern_[at] == '(' ? items_.inside_of(at) : at;
      if (inside == at) continue;
      out_ += pattern_.substr(written, inside - written);
      written = items_.end_of(at) - 1;
      write_choice({inside, written});
    }
    out_ += pattern_.substr(written, branch.end - written);
  }

  std::string_view pattern_;
  const Items& items_;
  std::string out_;
};

}  // namespace

std::string factored(std::string_view pattern) {
  // Two of the bytes told apart have no case in common either.
  const std::string_view options = pattern.starts_with("(?i)") ? pattern.substr(0, 4) : std::string_view();
  const std::string_view rest = pattern.substr(options.size());
  const std::optional<Items> items = Items::read(rest);
  if (!items) return std::string(pattern);
  return std::string(options) + Writer(rest, *items).whole();
}

}  // namespace dechaff::rules
