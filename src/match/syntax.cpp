#include "match/syntax.hpp"

#include <algorithm>
#include <utility>

namespace dechaff::match {

namespace {

using Kind = Expression::Kind;

ByteSet set_of(std::initializer_list<std::size_t> bytes) {
  ByteSet set;
  for (const std::size_t byte : bytes) set.set(byte);
  return set;
}

// What characters above ASCII begin with in UTF-8 that are decimal digits (Unicode's Nd) and white space
// (White_Space); a test holds them against ICU.
ByteSet lead_bytes_of_digits() { return set_of({0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xEF, 0xF0}); }
ByteSet lead_bytes_of_spaces() { return set_of({0xC2, 0xE1, 0xE2, 0xE3}); }

ByteSet ascii_where(bool (*holds)(unsigned char)) {
  ByteSet set;
  for (unsigned char b = 0; b < 0x80; ++b) set.set(b, holds(b));
  return set;
}

bool is_digit(unsigned char b) { return b >= '0' && b <= '9'; }
bool is_word(unsigned char b) {
  return is_digit(b) || b == '_' || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
}
bool is_plain(unsigned char b) { return is_word(b) || b == ' '; }
bool is_space(unsigned char b) { return b == ' ' || (b >= 9 && b <= 13); }

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_digit(static_cast<unsigned char>(c)); });
}

/// "2", "2," or "2,4".
bool is_count(std::string_view text) {
  const std::string_view least = text.substr(0, text.find(','));
  const std::string_view most = text.substr(std::min(text.size(), least.size() + 1));
  return !least.empty() && all_digits(least) && all_digits(most);
}

Expression nothing() { return {}; }
Expression anything() {
  Expression out;
  out.kind = Kind::anything;
  return out;
}
Expression text_of(std::string text) {
  Expression out;
  out.kind = Kind::text;
  out.text = std::move(text);
  return out;
}
Expression one_of(const ByteSet& bytes) {
  if (bytes.all()) return anything();
  Expression out;
  out.kind = Kind::one_of;
  out.bytes = bytes;
  return out;
}
/// A single part stands for itself.
Expression made_of(Kind kind, std::vector<Expression> parts) {
  if (parts.empty()) return nothing();
  if (parts.size() == 1) return std::move(parts.front());
  Expression out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out;
}

/// Reads a pattern from the left. Every reader returns nothing for what it does not understand; the caller
/// then gives up altogether.
class Reader {
 public:
  explicit Reader(std::string_view pattern) : rest_(pattern) {}

  std::optional<Syntax> whole() {
    caseless_ = take("(?i)");
    auto all = alternatives(0);
    if (!all || !rest_.empty()) return {};
    return Syntax{std::move(*all), anchored_};
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

  std::optional<Expression> alternatives(int depth) {
    if (depth > deepest) return {};
    std::vector<Expression> all;
    do {
      anchored_ &= depth > 0 || rest_.starts_with('^');
      auto one = sequence(depth);
      if (!one) return {};
      all.push_back(std::move(*one));
    } while (take("|"));
    return made_of(Kind::choice, std::move(all));
  }

  std::optional<Expression> sequence(int depth) {
    std::vector<Expression> all;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      auto one = item(depth);
      if (!one || !quantifier(*one)) return {};
      if (one->kind != Kind::nothing) all.push_back(std::move(*one));
    }
    return made_of(Kind::sequence, std::move(all));
  }

  std::optional<Expression> item(int depth) {
    if (take("^") || take("$")) return nothing();
    if (take("(")) return group(depth);
    if (take("[")) return bracket();
    if (take("\\")) {
      auto escaped = escape();
      if (!escaped) return {};
      if (escaped->zero_width) return nothing();
      return escaped->literal.empty() ? one_of(in_any_case(escaped->bytes))
                                      : plain(std::move(escaped->literal));
    }
    if (take(".")) return anything();
    // A second quantifier, or a brace that is itself: PCRE2's versions differ over which is which.
    if (rest_.front() == '*' || rest_.front() == '+' || rest_.front() == '?' || rest_.front() == '{')
      return {};
    return plain(literals());
  }

  /// Text that stands for itself, or under `(?i)` for its capitals and small letters.
  Expression plain(std::string text) const {
    if (!caseless_) return text_of(std::move(text));
    std::vector<Expression> parts;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte >= 0x80) return anything();
      parts.push_back(one_of(in_any_case(ByteSet{}.set(byte))));
    }
    return made_of(Kind::sequence, std::move(parts));
  }

  /// The first bytes of characters that match under `(?i)` where one of `bytes` is asked for. Beyond ASCII,
  /// K and s have a third case each (U+212A, U+017F).
  ByteSet in_any_case(ByteSet bytes) const {
    if (!caseless_) return bytes;
    for (unsigned char small = 'a'; small <= 'z'; ++small) {
      const auto capital = static_cast<unsigned char>(small - 'a' + 'A');
      if (bytes.test(small) || bytes.test(capital)) bytes.set(small).set(capital);
    }
    if (bytes.test('k') || bytes.test('s')) return bytes | non_ascii();
    return (bytes & non_ascii()).any() ? bytes.set('k').set('K').set('s').set('S') | non_ascii() : bytes;
  }

  /// As many plain characters as stand here; but a quantifier takes only the last, which then stands alone.
  std::string literals() {
    const auto is_quantified = [&](std::size_t end) {
      return rest_.size() > end && std::string_view("*+?{").find(rest_[end]) != std::string_view::npos;
    };
    std::size_t size = 0;
    while (size < rest_.size() && is_plain(static_cast<unsigned char>(rest_[size]))) ++size;
    if (size > 0 && is_quantified(size)) --size;
    if (size < 2) return literal(pop());
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
  }

  /// A byte above ASCII begins a character; its other bytes follow and belong to the same item.
  std::string literal(unsigned char byte) {
    std::string out(1, static_cast<char>(byte));
    while (byte >= 0xC0 && !rest_.empty() && (static_cast<unsigned char>(rest_.front()) & 0xC0) == 0x80) {
      out += static_cast<char>(pop());
    }
    return out;
  }

  /// "?R)", "?1)": the whole pattern or a group again, which is not followed.
  bool is_recursion() const {
    const std::size_t close = rest_.find(')');
    if (close == std::string_view::npos || close < 2 || rest_.front() != '?') return false;
    const std::string_view which = rest_.substr(1, close - 1);
    return which == "R" || all_digits(which);
  }

  std::optional<Expression> group(int depth) {
    if (is_recursion()) {
      rest_.remove_prefix(rest_.find(')') + 1);
      return anything();
    }
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
    auto inner = alternatives(depth + 1);
    if (!inner || !take(")")) return {};
    return zero_width ? nothing() : std::move(inner);
  }

  /// What a backslash makes: a class of characters by their first bytes, one character, or a place between
  /// two.
  struct Escape {
    ByteSet bytes;
    std::string literal;
    bool zero_width = false;
  };

  static Escape class_of(ByteSet bytes) { return {bytes, {}, false}; }

  std::optional<Escape> escape() {
    if (rest_.empty()) return {};
    const unsigned char c = pop();
    switch (c) {
      case 'b':
      case 'B':
      case 'A':
      case 'z':
        return Escape{{}, {}, true};
      case 'd':
        return class_of(ascii_where(is_digit) | lead_bytes_of_digits());
      case 'w':
        return class_of(ascii_where(is_word) | non_ascii());
      case 's':
      case 'h':
        return class_of(ascii_where(is_space) | lead_bytes_of_spaces());
      case 'D':
      case 'W':
      case 'S':
      case 'H':
        return class_of(ByteSet{}.set());
      case 'p':
      case 'P':
        return property();
      default:
        break;
    }
    if (is_word(c)) return {};  // \1, \R, \Q, \x41 and all that may come
    Escape out{{}, literal(c), false};
    out.bytes.set(c);
    return out;
  }

  /// \p{Lu}, \pL: any byte, but read to its end.
  std::optional<Escape> property() {
    if (take("{")) {
      const std::size_t close = rest_.find('}');
      if (close == std::string_view::npos) return {};
      rest_.remove_prefix(close + 1);
    } else if (rest_.empty()) {
      return {};
    } else {
      pop();
    }
    return class_of(ByteSet{}.set());
  }

  /// A member of a class by its first byte, and as it is written if it is a single character.
  struct Member {
    ByteSet bytes;
    std::string character;
  };

  std::optional<Member> member() {
    if (take("\\")) {
      auto escaped = escape();
      if (!escaped || escaped->zero_width) return {};
      return Member{escaped->bytes, std::move(escaped->literal)};
    }
    std::string character = literal(pop());
    return Member{ByteSet{}.set(static_cast<unsigned char>(character.front())), std::move(character)};
  }

  /// A class of single characters, ranges of them in ASCII, and \d \w \s. Single characters above ASCII are
  /// told apart if nothing else is in it.
  std::optional<Expression> bracket() {
    const bool negated = take("^");
    ByteSet all;
    std::vector<Expression> singles;
    bool only_singles = !negated && !caseless_;
    bool any = false;
    while (!rest_.empty() &&
           (rest_.front() != ']' || !any)) {  // a bracket that comes first stands for itself
      if (rest_.starts_with("[:") || rest_.starts_with("[.") || rest_.starts_with("[=")) return {};
      std::optional<Member> one = member();
      if (!one) return {};
      if (rest_.size() > 1 && rest_.front() == '-' && rest_[1] != ']') {
        pop();
        const std::optional<ByteSet> range = range_from(one->bytes);
        if (!range) return {};
        one = Member{*range, {}};
      }
      only_singles &= !one->character.empty();
      singles.push_back(text_of(one->character));
      all |= one->bytes;
      any = true;
    }
    if (!any || !take("]")) return {};
    if (negated) return anything();
    if (only_singles && (all & non_ascii()).any()) return made_of(Kind::choice, std::move(singles));
    return one_of(in_any_case(all));
  }

  std::optional<ByteSet> range_from(const ByteSet& low) {
    const std::optional<Member> last = member();
    if (!last) return {};
    const ByteSet& high = last->bytes;
    if ((high & non_ascii()).any()) return ByteSet{}.set();
    if (low.count() != 1 || high.count() != 1) return {};
    ByteSet all;
    for (std::size_t b = low._Find_first(); b <= high._Find_first(); ++b) all.set(b);
    return all;
  }

  /// Reads the quantifier behind an item, if there is one, and makes the item its repeats.
  bool quantifier(Expression& one) {
    if (rest_.empty()) return true;
    bool absent = false;
    bool several = true;
    if (take("?")) {
      absent = true;
      several = false;
    } else if (take("*")) {
      absent = true;
    } else if (take("+")) {
    } else if (rest_.front() == '{') {
      const std::size_t close = rest_.find('}');
      if (close == std::string_view::npos) return false;
      const std::string_view inside = rest_.substr(1, close - 1);
      if (!is_count(inside)) return false;
      absent = inside.front() == '0';
      rest_.remove_prefix(close + 1);
    } else {
      return true;
    }
    if (!take("?")) take("+");
    Expression repeat;
    repeat.kind = Kind::repeat;
    repeat.absent = absent;
    repeat.several = several;
    repeat.parts.push_back(std::move(one));
    one = std::move(repeat);
    return true;
  }

  std::string_view rest_;
  bool caseless_ = false;
  bool anchored_ = true;  // every branch read so far begins with ^
};

}  // namespace

ByteSet non_ascii() {
  ByteSet set;
  for (std::size_t b = 0xC2; b <= 0xF4; ++b) set.set(b);
  return set;
}

std::optional<Syntax> parse(std::string_view pattern) { return Reader(pattern).whole(); }

}  // namespace dechaff::match
