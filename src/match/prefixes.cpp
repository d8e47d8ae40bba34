#include "match/prefixes.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/sorted.hpp"

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

Openings opened(Openings ways) {
  for (Opening& way : ways) way.open_up();
  sort_each_once(ways);
  return ways;
}

/// The ways, cut until there are not too many of them.
Openings shortened(Openings ways) {
  sort_each_once(ways);
  for (std::size_t size = longest_prefix; ways.size() > most_openings; --size) {
    for (Opening& way : ways) way.shorten(size - 1);
    sort_each_once(ways);
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
    if (out.size() > 8 * most_openings) out = shortened(std::move(out));
  }
  return shortened(std::move(out));
}

/// One character of a class: its own way, or, above ASCII, open behind its first byte.
Openings openings_of(const ByteSet& bytes) {
  Openings out;
  for (std::size_t b = 0; b < bytes.size(); ++b) {
    if (bytes.test(b)) out.push_back({std::string(1, static_cast<char>(b)), b >= 0x80});
  }
  sort_each_once(out);
  return out;
}

Openings openings_of(const Expression& expression) {
  using Kind = Expression::Kind;
  switch (expression.kind) {
    case Kind::nothing:
      return nothing;
    case Kind::anything:
      return anything;
    case Kind::text:
      return {{expression.text, false}};
    case Kind::one_of:
      return openings_of(expression.bytes);
    case Kind::sequence: {
      Openings all = nothing;
      for (const Expression& part : expression.parts) {
        if (std::ranges::all_of(all, is_full)) return opened(std::move(all));
        all = followed_by(all, openings_of(part));
      }
      return all;
    }
    case Kind::choice: {
      Openings all;
      for (const Expression& part : expression.parts) {
        const Openings one = openings_of(part);
        all.insert(all.end(), one.begin(), one.end());
      }
      return shortened(std::move(all));
    }
    case Kind::repeat: {
      Openings ways = openings_of(expression.parts.front());
      if (expression.several) ways = opened(std::move(ways));
      if (expression.absent) ways.push_back(nothing.front());
      sort_each_once(ways);
      return ways;
    }
  }
  return anything;
}

}  // namespace

std::vector<std::string> prefixes(std::string_view pattern) {
  const std::optional<Syntax> syntax = parse(pattern);
  return syntax ? prefixes(*syntax) : std::vector<std::string>{};
}

std::vector<std::string> prefixes(const Syntax& syntax) {
  std::vector<std::string> out;
  if (!syntax.anchored) return out;
  for (const Opening& way : openings_of(syntax.whole)) {
    std::string text = way.text();
    if (text.empty()) return {};
    // Sorted: the shorter comes first.
    if (out.empty() || !text.starts_with(out.back())) out.push_back(std::move(text));
  }
  return out;
}

namespace {

/// The first bytes of a text, the very first the weightiest, as texts are ordered; zeros behind its end.
std::uint32_t first_bytes_of(std::string_view text) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < longest_prefix; ++i)
    out = out << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return out;
}

}  // namespace

Starts::Starts(const TextList& prefixes) {
  starts_.reserve(prefixes.size());
  for (const std::string_view prefix : prefixes) {
    const Start start{first_bytes_of(prefix), static_cast<std::uint32_t>(prefix.size())};
    const bool in_order = starts_.empty() || starts_.back().bytes < start.bytes;
    if (prefix.empty() || prefix.size() > longest_prefix || !in_order) {
      starts_.clear();
      return;
    }
    starts_.push_back(start);
    first_bytes_.set(static_cast<unsigned char>(prefix.front()));
  }
}

bool Starts::may_begin(std::string_view text) const {
  if (!tells()) return true;
  if (text.empty() || !first_bytes_.test(static_cast<unsigned char>(text.front()))) return false;
  // None is the start of another: what the text begins with is the last that is not behind it.
  const std::uint32_t bytes = first_bytes_of(text);
  const auto behind = std::ranges::upper_bound(starts_, bytes, {}, &Start::bytes);
  if (behind == starts_.begin()) return false;
  const Start& start = *std::prev(behind);
  return start.size <= text.size() && (start.bytes ^ bytes) >> (8 * (longest_prefix - start.size)) == 0;
}

bool Starts::may_begin_so(std::string_view start) const {
  if (start.size() >= longest_prefix) return may_begin(start);
  return !tells() || start.empty() || first_bytes_.test(static_cast<unsigned char>(start.front()));
}

}  // namespace dechaff::match
