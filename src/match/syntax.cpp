#include "match/syntax.hpp"

#include <algorithm>
#include <utility>

namespace dechaff::match {

namespace {

using Kind = Expression::Kind;

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
    if (take("[")) {
      const auto bytes = bracket();
      return bytes ? std::optional(one_of(*bytes)) : std::nullopt;
    }
    if (take("\\")) {
      auto escaped = escape();
      if (!escaped) return {};
      if (escaped->zero_width) return nothing();
      return escaped->literal.empty() ? one_of(escaped->bytes) : text_of(std::move(escaped->literal));
    }
    if (take(".")) return anything();
    // A second quantifier, or a brace that is itself: PCRE2's versions differ over which is which.
    if (rest_.front() == '*' || rest_.front() == '+' || rest_.front() == '?' || rest_.front() == '{')
      return {};
    return text_of(literals());
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
        return class_of(ascii_where(is_digit) | non_ascii());
      case 'w':
        return class_of(ascii_where(is_word) | non_ascii());
      case 's':
      case 'h':
        return class_of(ascii_where(is_space) | non_ascii());
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

  /// One member of a class, by its first byte.
  std::optional<ByteSet> member() {
    if (take("\\")) {
      const auto escaped = escape();
      if (!escaped || escaped->zero_width) return {};
      return escaped->bytes;
    }
    ByteSet bytes;
    bytes.set(static_cast<unsigned char>(literal(pop()).front()));
    return bytes;
  }

  /// A class of single ASCII characters, ranges of them, and \d \w \s; anything above ASCII counts as every
  /// such byte.
  std::optional<ByteSet> bracket() {
    const bool negated = take("^");
    ByteSet all;
    bool any = false;
    while (!rest_.empty() &&
           (rest_.front() != ']' || !any)) {  // a bracket that comes first stands for itself
      if (rest_.starts_with("[:") || rest_.starts_with("[.") || rest_.starts_with("[=")) return {};
      std::optional<ByteSet> one = member();
      if (!one) return {};
      if ((*one & non_ascii()).any()) *one |= non_ascii();
      if (rest_.size() > 1 && rest_.front() == '-' && rest_[1] != ']') {
        pop();
        one = range_from(*one);
        if (!one) return {};
      }
      all |= *one;
      any = true;
    }
    if (!any || !take("]")) return {};
    return negated ? ByteSet{}.set() : all;
  }

  std::optional<ByteSet> range_from(const ByteSet& low) {
    const std::optional<ByteSet> high = member();
    if (!high) return {};
    if ((*high & non_ascii()).any()) return ByteSet{}.set();
    if (low.count() != 1 || high->count() != 1) return {};
    ByteSet all;
    for (std::size_t b = low._Find_first(); b <= high->_Find_first(); ++b) all.set(b);
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
