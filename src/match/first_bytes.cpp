#include "match/first_bytes.hpp"

#include <algorithm>
#include <optional>

namespace dechaff::match {

namespace {

/// What an expression can begin with, and whether it can match nothing.
struct First {
  ByteSet bytes;
  bool empty = false;
};

ByteSet non_ascii() {
  ByteSet set;
  for (std::size_t b = 0x80; b < 256; ++b) set.set(b);
  return set;
}

ByteSet ascii_where(bool (*holds)(unsigned char)) {
  ByteSet set;
  for (unsigned char b = 0; b < 0x80; ++b) set.set(b, holds(b));
  return set;
}

bool is_digit(unsigned char b) { return b >= '0' && b <= '9'; }
bool is_word(unsigned char b) { return is_digit(b) || b == '_' || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z'); }
bool is_space(unsigned char b) { return b == ' ' || (b >= 9 && b <= 13); }

/// "2", "2," or "2,4".
bool is_count(std::string_view text) {
  const std::string_view least = text.substr(0, text.find(','));
  const std::string_view most = text.substr(std::min(text.size(), least.size() + 1));
  const auto all_digits = [](std::string_view t) { return std::ranges::all_of(t, [](char c) { return c >= '0' && c <= '9'; }); };
  return !least.empty() && all_digits(least) && all_digits(most);
}

/// Reads a pattern from the left. Every reader returns nothing for what it does not understand; the caller then gives
/// up altogether, so that no construct is ever taken for another.
class Reader {
 public:
  explicit Reader(std::string_view pattern) : rest_(pattern) {}

  /// Of the whole pattern; nothing, too, where some branch of it may match behind the start.
  std::optional<First> whole() {
    const auto first = alternatives(0);
    if (!first || !rest_.empty() || !anchored_) return {};
    return first;
  }

 private:
  static constexpr int deepest = 32;

  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  unsigned char pop() {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  std::optional<First> alternatives(int depth) {
    if (depth > deepest) return {};
    First all;
    do {
      anchored_ &= depth > 0 || rest_.starts_with('^');
      const auto one = sequence(depth);
      if (!one) return {};
      all.bytes |= one->bytes;
      all.empty |= one->empty;
    } while (take("|"));
    return all;
  }

  std::optional<First> sequence(int depth) {
    First all{.bytes = {}, .empty = true};
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      auto one = item(depth);
      if (!one || !quantifier(*one)) return {};
      // Everything is read to its end, so that what is not understood is never skipped.
      if (all.empty) all.bytes |= one->bytes;
      all.empty &= one->empty;
    }
    return all;
  }

  std::optional<First> item(int depth) {
    const First nothing{.bytes = {}, .empty = true};
    if (take("^") || take("$")) return nothing;
    if (take("(")) return group(depth);
    if (take("[")) return bracket();
    if (take("\\")) return escape();
    if (take(".")) return First{.bytes = ByteSet{}.set(), .empty = false};
    // A second quantifier, or a brace that is itself: PCRE2's versions differ over which is which.
    if (rest_.front() == '*' || rest_.front() == '+' || rest_.front() == '?' || rest_.front() == '{') return {};
    return literal(pop());
  }

  /// A byte above ASCII begins a character; its other bytes follow and belong to the same item.
  std::optional<First> literal(unsigned char byte) {
    while (byte >= 0xC0 && !rest_.empty() && (static_cast<unsigned char>(rest_.front()) & 0xC0) == 0x80) pop();
    First first;
    first.bytes.set(byte);
    return first;
  }

  std::optional<First> group(int depth) {
    bool zero_width = false;
    if (take("?:") || take("?>")) {
    } else if (take("?=") || take("?!") || take("?<=") || take("?<!")) {
      zero_width = true;
    } else if (rest_.starts_with("?<") || rest_.starts_with("?P<")) {
      const std::size_t close = rest_.find('>');
      if (close == std::string_view::npos) return {};
      rest_.remove_prefix(close + 1);
    } else if (rest_.starts_with('?') || rest_.starts_with('*')) {
      return {};
    }
    const auto inner = alternatives(depth + 1);
    if (!inner || !take(")")) return {};
    return zero_width ? First{.bytes = {}, .empty = true} : inner;
  }

  std::optional<First> escape() {
    if (rest_.empty()) return {};
    const unsigned char c = pop();
    const auto set = [](ByteSet bytes) { return First{.bytes = bytes, .empty = false}; };
    switch (c) {
      case 'b': case 'B': case 'A': case 'z':
        return First{.bytes = {}, .empty = true};
      case 'd':
        return set(ascii_where(is_digit) | non_ascii());
      case 'w':
        return set(ascii_where(is_word) | non_ascii());
      case 's': case 'h':
        return set(ascii_where(is_space) | non_ascii());
      case 'D': case 'W': case 'S': case 'H':
        return set(ByteSet{}.set());
      case 'p': case 'P':
        return property();
      default:
        break;
    }
    if (is_word(c)) return {};  // \1, \R, \Q, \x41 and all that may come
    return literal(c);
  }

  /// \p{Lu}, \pL: any byte, but read to its end.
  std::optional<First> property() {
    if (take("{")) {
      const std::size_t close = rest_.find('}');
      if (close == std::string_view::npos) return {};
      rest_.remove_prefix(close + 1);
    } else if (rest_.empty()) {
      return {};
    } else {
      pop();
    }
    return First{.bytes = ByteSet{}.set(), .empty = false};
  }

  /// A class of single ASCII characters, ranges of them, and \d \w \s; anything above ASCII counts as every such byte.
  std::optional<First> bracket() {
    const bool negated = take("^");
    First first;
    bool any = false;
    while (!rest_.empty() && (rest_.front() != ']' || !any)) {  // a bracket that comes first stands for itself
      if (rest_.starts_with("[:") || rest_.starts_with("[.") || rest_.starts_with("[=")) return {};
      std::optional<First> one = take("\\") ? escape() : literal(pop());
      if (!one || one->empty) return {};
      if ((one->bytes & non_ascii()).any()) one->bytes |= non_ascii();
      if (rest_.size() > 1 && rest_.front() == '-' && rest_[1] != ']') {
        pop();
        one = range_from(*one);
        if (!one) return {};
      }
      first.bytes |= one->bytes;
      any = true;
    }
    if (!any || !take("]")) return {};
    if (negated) return First{.bytes = ByteSet{}.set(), .empty = false};
    return first;
  }

  std::optional<First> range_from(const First& low) {
    const std::optional<First> high = take("\\") ? escape() : literal(pop());
    if (!high || high->empty) return {};
    if ((high->bytes & non_ascii()).any()) {
      First all;
      all.bytes.set();
      return all;
    }
    if (low.bytes.count() != 1 || high->bytes.count() != 1) return {};
    First all;
    for (std::size_t b = low.bytes._Find_first(); b <= high->bytes._Find_first(); ++b) all.bytes.set(b);
    return all;
  }

  /// Reads the quantifier behind an item, if there is one.
  bool quantifier(First& first) {
    if (rest_.empty()) return true;
    bool counted = true;
    if (take("?") || take("*")) {
      first.empty = true;
    } else if (take("+")) {
    } else if (rest_.front() == '{') {
      const std::size_t close = rest_.find('}');
      if (close == std::string_view::npos) return false;
      const std::string_view inside = rest_.substr(1, close - 1);
      if (!is_count(inside)) return false;
      if (inside.front() == '0') first.empty = true;
      rest_.remove_prefix(close + 1);
    } else {
      counted = false;
    }
    if (counted && !take("?")) take("+");
    return true;
  }

  std::string_view rest_;
  bool anchored_ = true;  // every branch read so far begins with ^
};

}  // namespace

ByteSet first_bytes(std::string_view pattern) {
  const auto first = Reader(pattern).whole();
  if (!first || first->empty) return ByteSet{}.set();
  return first->bytes;
}

}  // namespace dechaff::match
