#include "match/first_bytes.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace dechaff::match {

namespace {

/// One way a match of an expression can begin, small enough that many are sorted fast.
class Opening {
 public:
  /// Of what is longer than `longest_prefix`, the start, open.
  Opening(std::string_view text, bool open) : open_(open || text.size() > longest_prefix) {
    for (const char c : text.substr(0, longest_prefix)) append(c);
  }

  std::string text() const {
    std::string out;
    for (std::size_t i = 0; i < size_; ++i) out += byte(i);
    return out;
  }
  std::size_t size() const { return size_; }
  /// Anything may follow; else the expression ends there, and what follows it goes on.
  bool open() const { return open_; }

  void open_up() { open_ = true; }

  /// Cuts it to `size` bytes or less.
  void shorten(std::size_t size) {
    if (size_ <= size) return;
    *this = Opening(std::string_view(text()).substr(0, size), true);
  }

  /// This one, which is not open, and then `next`.
  Opening then(const Opening& next) const {
    Opening out = *this;
    std::size_t i = 0;
    for (; i < next.size_ && out.size_ < longest_prefix; ++i) out.append(next.byte(i));
    out.open_ = next.open_ || i < next.size_;
    return out;
  }

  friend auto operator<=>(const Opening&, const Opening&) = default;

 private:
  char byte(std::size_t i) const { return static_cast<char>(bytes_ >> (24 - 8 * i)); }
  void append(char c) { bytes_ |= std::uint32_t{static_cast<unsigned char>(c)} << (24 - 8 * size_++); }

  std::uint32_t bytes_ = 0;  // the first in the highest: they sort like text
  std::uint8_t size_ = 0;
  bool open_ = false;
};
static_assert(longest_prefix == sizeof(std::uint32_t));

/// All ways. What is not told apart is an open one: of the empty text, any match begins with that.
using Openings = std::vector<Opening>;

// More ways than this are cut shorter.
constexpr std::size_t most_openings = 256;

const Openings nothing{{"", false}};
const Openings anything{{"", true}};

void tidy(Openings& ways) {
  std::ranges::sort(ways);
  ways.erase(std::unique(ways.begin(), ways.end()), ways.end());
}

Openings opened(Openings ways) {
  for (Opening& way : ways) way.open_up();
  tidy(ways);
  return ways;
}

/// The ways, cut until there are not too many of them.
Openings shortened(Openings ways) {
  tidy(ways);
  for (std::size_t size = longest_prefix; ways.size() > most_openings; --size) {
    for (Opening& way : ways) way.shorten(size - 1);
    tidy(ways);
  }
  return ways;
}

/// Whether nothing that follows can tell more of it.
bool is_full(const Opening& way) { return way.open() || way.size() == longest_prefix; }

/// What begins with one of `first` and goes on with one of `then`.
Openings followed_by(const Openings& first, const Openings& then) {
  Openings out;
  for (const Opening& way : first) {
    if (is_full(way)) {
      out.push_back(way);
      out.back().open_up();
      continue;
    }
    for (const Opening& next : then) out.push_back(way.then(next));
    if (out.size() > most_openings) return opened(first);
  }
  tidy(out);
  return out;
}

/// What characters above ASCII begin with in UTF-8 (Unicode, table 3-7).
ByteSet non_ascii() {
  ByteSet set;
  for (std::size_t b = 0xC2; b <= 0xF4; ++b) set.set(b);
  return set;
}

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

/// "2", "2," or "2,4".
bool is_count(std::string_view text) {
  const std::string_view least = text.substr(0, text.find(','));
  const std::string_view most = text.substr(std::min(text.size(), least.size() + 1));
  const auto all_digits = [](std::string_view t) {
    return std::ranges::all_of(t, [](char c) { return c >= '0' && c <= '9'; });
  };
  return !least.empty() && all_digits(least) && all_digits(most);
}

/// Reads a pattern from the left. Every reader returns nothing for what it does not understand; the caller
/// then gives up altogether, so that no construct is ever taken for another.
class Reader {
 public:
  explicit Reader(std::string_view pattern) : rest_(pattern) {}

  /// Of the whole pattern; nothing, too, where some branch of it may match behind the start.
  std::optional<Openings> whole() {
    auto ways = alternatives(0);
    if (!ways || !rest_.empty() || !anchored_) return {};
    return ways;
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

  std::optional<Openings> alternatives(int depth) {
    if (depth > deepest) return {};
    Openings all;
    do {
      anchored_ &= depth > 0 || rest_.starts_with('^');
      const auto one = sequence(depth);
      if (!one) return {};
      if (!skims_) all.insert(all.end(), one->begin(), one->end());
    } while (take("|"));
    return skims_ ? anything : shortened(std::move(all));
  }

  std::optional<Openings> sequence(int depth) {
    Openings all = nothing;
    const bool skims = skims_;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      // Everything is read to its end, so that what is not understood is never skipped.
      skims_ = skims || std::ranges::all_of(all, is_full);
      auto one = item(depth);
      if (!one || !quantifier(*one)) return {};
      all = skims_ ? opened(std::move(all)) : followed_by(all, *one);
    }
    skims_ = skims;
    return all;
  }

  std::optional<Openings> item(int depth) {
    if (take("^") || take("$")) return nothing;
    if (take("(")) return group(depth);
    if (take("[")) {
      const auto bytes = bracket();
      return bytes ? std::optional(openings_of(*bytes)) : std::nullopt;
    }
    if (take("\\")) {
      const auto escaped = escape();
      if (!escaped) return {};
      if (escaped->zero_width) return nothing;
      return escaped->literal.empty() ? openings_of(escaped->bytes) : Openings{{escaped->literal, false}};
    }
    if (take(".")) return anything;
    // A second quantifier, or a brace that is itself: PCRE2's versions differ over which is which.
    if (rest_.front() == '*' || rest_.front() == '+' || rest_.front() == '?' || rest_.front() == '{')
      return {};
    return Openings{{literals(), false}};
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

  /// One character of a class: its own way, or, above ASCII, open behind its first byte.
  Openings openings_of(const ByteSet& bytes) const {
    if (skims_ || bytes.all()) return anything;
    Openings out;
    for (std::size_t b = 0; b < bytes.size(); ++b) {
      if (bytes.test(b)) out.push_back({std::string(1, static_cast<char>(b)), b >= 0x80});
    }
    tidy(out);
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
    return which == "R" || std::ranges::all_of(which, [](char c) { return c >= '0' && c <= '9'; });
  }

  std::optional<Openings> group(int depth) {
    if (is_recursion()) {
      rest_.remove_prefix(rest_.find(')') + 1);
      return anything;
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
    return zero_width ? nothing : inner;
  }

  /// What a backslash makes: a class of characters by their first bytes, one character, or a place between
  /// two.
  struct Escape {
    ByteSet bytes;
    std::string literal;
    bool zero_width = false;
  };

  static Escape one_of(ByteSet bytes) { return {bytes, {}, false}; }

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
        return one_of(ascii_where(is_digit) | non_ascii());
      case 'w':
        return one_of(ascii_where(is_word) | non_ascii());
      case 's':
      case 'h':
        return one_of(ascii_where(is_space) | non_ascii());
      case 'D':
      case 'W':
      case 'S':
      case 'H':
        return one_of(ByteSet{}.set());
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
    return one_of(ByteSet{}.set());
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

  /// Reads the quantifier behind an item, if there is one, and makes of the item's ways those of its repeats.
  bool quantifier(Openings& ways) {
    if (rest_.empty()) return true;
    bool none = false;  // of it may be there
    bool more = true;   // than one of it
    if (take("?")) {
      none = true;
      more = false;
    } else if (take("*")) {
      none = true;
    } else if (take("+")) {
    } else if (rest_.front() == '{') {
      const std::size_t close = rest_.find('}');
      if (close == std::string_view::npos) return false;
      const std::string_view inside = rest_.substr(1, close - 1);
      if (!is_count(inside)) return false;
      none = inside.front() == '0';
      rest_.remove_prefix(close + 1);
    } else {
      return true;
    }
    if (more) ways = opened(std::move(ways));
    if (none) {
      ways.push_back(nothing.front());
      tidy(ways);
    }
    if (!take("?")) take("+");
    return true;
  }

  std::string_view rest_;
  bool skims_ = false;    // past what begins the match: nothing is asked but that all is understood
  bool anchored_ = true;  // every branch read so far begins with ^
};

}  // namespace

std::vector<std::string> prefixes(std::string_view pattern) {
  const auto ways = Reader(pattern).whole();
  std::vector<std::string> out;
  if (!ways) return out;
  for (const Opening& way : *ways) {
    std::string text = way.text();
    if (text.empty()) return {};
    // Sorted: the shorter comes first.
    if (out.empty() || !text.starts_with(out.back())) out.push_back(std::move(text));
  }
  return out;
}

ByteSet first_bytes(std::string_view pattern) {
  ByteSet out;
  for (const std::string& prefix : prefixes(pattern)) out.set(static_cast<unsigned char>(prefix.front()));
  return out.none() ? ByteSet{}.set() : out;
}

}  // namespace dechaff::match
