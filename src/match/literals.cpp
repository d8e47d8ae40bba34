#include "match/literals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "base/sorted.hpp"

namespace dechaff::match {

namespace {

using Texts = std::vector<std::string>;  // sorted, each once

// More texts than this are not spelled out.
constexpr std::size_t most_exact = 64;
constexpr std::size_t most_needed = 1024;
// Each of a class's characters is spelled out up to this many.
constexpr std::size_t most_of_class = 4;

Texts joined(Texts a, const Texts& b) {
  a.insert(a.end(), b.begin(), b.end());
  sort_each_once(a);
  return a;
}

/// How seldom a byte stands in folded text, about: letters by their rank in English, and what else there is.
constexpr std::array<float, 256> rarities = [] {
  constexpr std::string_view by_rank = "etaoinshrdlcumwfgypbvkjxqz";
  std::array<float, 256> out{};
  for (std::size_t b = 0; b < out.size(); ++b) out[b] = b < 0x80 ? 7.0F : b < 0xC0 ? 3.0F : 5.5F;
  for (const char c : std::string_view("0123456789.,-'\":()/")) out[static_cast<unsigned char>(c)] = 4.5F;
  for (std::size_t rank = 0; rank < by_rank.size(); ++rank)
    out[static_cast<unsigned char>(by_rank[rank])] = 2.2F + 0.12F * static_cast<float>(rank);
  out[' '] = 1.8F;
  return out;
}();

double rarity_of(char c) { return static_cast<double>(rarities[static_cast<unsigned char>(c)]); }

/// What is known of the texts that a part matches.
struct Known {
  std::optional<Texts> exact;  // all of them
  Texts needed;                // else: each holds one of these; empty: nothing is known
};

/// What each text that a part matches must hold.
Texts needed_of(const Known& known) {
  const Texts& texts = known.exact ? *known.exact : known.needed;
  const bool useless = std::ranges::any_of(texts, [](const std::string& text) { return text.empty(); });
  return useless || texts.size() > most_needed ? Texts{} : texts;
}

class Analysis {
 public:
  explicit Analysis(bool words) : words_(words) {}

  Known of(const Expression& expression) const {
    using Kind = Expression::Kind;
    switch (expression.kind) {
      case Kind::nothing:
        return {Texts{""}, {}};
      case Kind::anything:
        return {};
      case Kind::text:
        return text(expression.text);
      case Kind::one_of:
        return one_of(expression.bytes);
      case Kind::sequence:
        return sequence(expression.parts);
      case Kind::choice:
        return choice(expression.parts);
      case Kind::repeat:
        return repeat(expression);
    }
    return {};
  }

 private:
  /// Of words, a text with a space is as many parts.
  Known text(const std::string& text) const {
    if (!words_ || text.find(' ') == text.npos) return {Texts{text}, {}};
    Known out;
    std::string_view rest = text;
    while (!rest.empty()) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      if (!word.empty()) offer({std::string(word)}, out.needed);
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    }
    return out;
  }

  Known one_of(const ByteSet& bytes) const {
    Known out{Texts{}, {}};
    if (bytes.count() > most_of_class || (words_ && bytes.test(' '))) return {};
    for (std::size_t b = 0; b < bytes.size(); ++b) {
      if (!bytes.test(b)) continue;
      if (b >= 0x80) return {};
      out.exact->push_back(std::string(1, static_cast<char>(b)));
    }
    return out;
  }

  /// Takes `texts` for `best` if they are there and rarer.
  static void offer(Texts texts, Texts& best) {
    if (texts.empty()) return;
    if (best.empty() || frequency(texts) < frequency(best)) best = std::move(texts);
  }

  Known sequence(const std::vector<Expression>& parts) const {
    Texts run{""};  // all that the parts since the last one that could not be spelled out match
    Texts best;
    bool whole = true;
    const auto end_run = [&] {
      offer(needed_of({run, {}}), best);
      run = {""};
      whole = false;
    };
    for (const Expression& part : parts) {
      Known known = of(part);
      if (!known.exact) {
        end_run();
        offer(needed_of(known), best);
      } else {
        if (run.size() * known.exact->size() > most_exact) end_run();
        run = product(run, *known.exact);
      }
    }
    if (whole) return {std::move(run), {}};
    end_run();
    return {{}, std::move(best)};
  }

  static Texts product(const Texts& first, const Texts& then) {
    Texts out;
    for (const std::string& a : first) {
      for (const std::string& b : then) out.push_back(a + b);
    }
    sort_each_once(out);
    return out;
  }

  Known choice(const std::vector<Expression>& parts) const {
    std::vector<Known> all;
    std::size_t size = 0;
    bool exact = true;
    for (const Expression& part : parts) {
      all.push_back(of(part));
      exact &= all.back().exact.has_value();
      if (exact) size += all.back().exact->size();
    }
    Known out;
    if (exact && size <= most_exact) {
      out.exact.emplace();
      for (const Known& one : all) out.exact = joined(std::move(*out.exact), *one.exact);
      return out;
    }
    for (const Known& one : all) {
      const Texts needed = needed_of(one);
      if (needed.empty()) return {};
      out.needed = joined(std::move(out.needed), needed);
    }
    return out;
  }

  Known repeat(const Expression& expression) const {
    Known once = of(expression.parts.front());
    if (!expression.several && once.exact) {
      once.exact = joined(std::move(*once.exact), {""});
      return once;
    }
    if (expression.absent) return {};
    return {{}, needed_of(once)};
  }

  bool words_;
};

/// Leaves out what holds another of them.
Texts shortest(const Texts& texts) {
  Texts out;
  for (const std::string& text : texts) {
    const auto is_inside = [&](const std::string& other) {
      return other.size() < text.size() && text.find(other) != text.npos;
    };
    if (std::ranges::none_of(texts, is_inside)) out.push_back(text);
  }
  return out;
}

}  // namespace

double rarity(std::string_view text) {
  double sum = 0;
  for (const char c : text) sum += rarity_of(c);
  return sum;
}

std::size_t rarest_window(std::string_view text, std::size_t size) {
  std::size_t best = 0;
  double more = 0;  // than that of the first window
  double most = 0;
  for (std::size_t at = 1; at + size <= text.size(); ++at) {
    more += rarity_of(text[at + size - 1]) - rarity_of(text[at - 1]);
    if (more <= most) continue;
    most = more;
    best = at;
  }
  return best;
}

double frequency(const std::vector<std::string>& texts) {
  double sum = 0;
  // Words are no chance meetings of letters: another one tells less than it would.
  for (const std::string& text : texts) sum += std::exp(-0.7 * rarity(text));
  return sum;
}

std::vector<std::string> needed_literals(const Syntax& syntax) {
  return shortest(needed_of(Analysis(false).of(syntax.whole)));
}

std::vector<std::string> needed_words(const Syntax& syntax) {
  return shortest(needed_of(Analysis(true).of(syntax.whole)));
}

}  // namespace dechaff::match
