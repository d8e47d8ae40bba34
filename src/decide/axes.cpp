#include "decide/axes.hpp"

#include <unicode/uchar.h>
#include <xxhash.h>

#include <algorithm>
#include <cmath>

#include "decide/word_scores.hpp"
#include "text/char_kind.hpp"
#include "text/utf8.hpp"

namespace dechaff::decide {

namespace {

using rules::Axis;

// A sentence, even a short one; prose is text::reads_like_prose.
constexpr std::uint32_t words_of_a_sentence = 6;
constexpr std::uint32_t words_of_any_sentence = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum class WordPart : std::uint8_t { none, letter, digit, joiner, whole };

constexpr auto ascii_parts = [] {
  std::array<WordPart, 0x80> out{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) out[c] = out[c - 'a' + 'A'] = WordPart::letter;
  for (std::size_t c = '0'; c <= '9'; ++c) out[c] = WordPart::digit;
  out['\''] = out['-'] = WordPart::joiner;
  return out;
}();

WordPart word_part(char32_t c) {
  if (c < 0x80) return ascii_parts[c];
  const std::uint32_t mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if ((mask & U_GC_ND_MASK) != 0) return WordPart::digit;
  if ((mask & (U_GC_L_MASK | U_GC_M_MASK)) == 0)
    return c == 0x200C || c == 0x200D ? WordPart::joiner : WordPart::none;
  return (mask & U_GC_L_MASK) != 0 && text::is_spaceless(c) ? WordPart::whole : WordPart::letter;
}

/// How many lower-case letters of ASCII, which most folded text is made of, `text` begins with.
std::size_t ascii_letters(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && text[size] >= 'a' && text[size] <= 'z') ++size;
  return size;
}

/// Writes words one behind the other. What it has written is the text once it is finished.
class WordWriter {
 public:
  /// `most`: bytes that may be put, spaces behind words not counted.
  WordWriter(UnitWords& out, std::size_t most) : out_(out), used_(out.text.size()) {
    out_.text.resize(used_ + 2 * most);
  }

  void put(std::string_view letters) {
    if (!inside_) begin_ = used_;
    inside_ = true;
    joiner_ = 0;
    std::copy_n(letters.data(), letters.size(), out_.text.data() + used_);
    used_ += letters.size();
  }

  /// A hyphen or the like: part of a word if a letter follows.
  void put_joiner(std::string_view joiner) {
    if (joiner_ > 0) {
      close();
    } else if (inside_) {
      put(joiner);
      joiner_ = joiner.size();
    }
  }

  void close() {
    if (!inside_) return;
    used_ -= joiner_;
    out_.words.emplace_back(static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(used_ - begin_));
    out_.text.data()[used_++] = ' ';
    inside_ = false;
    joiner_ = 0;
  }

  void finish() {
    close();
    out_.text.resize(used_);
  }

 private:
  UnitWords& out_;
  std::size_t used_;  // bytes of the text; what lies behind is room
  std::size_t begin_ = 0;
  bool inside_ = false;
  std::size_t joiner_ = 0;  // bytes of a joiner that no letter follows yet
};

void add_words(std::string_view line, UnitWords& out) {
  WordWriter writer(out, line.size());
  for (std::size_t i = 0; i < line.size();) {
    if (const std::size_t letters = ascii_letters(line.substr(i)); letters > 0) {
      writer.put(line.substr(i, letters));
      i += letters;
      continue;
    }
    const std::size_t size = text::char_size(line, i);
    switch (word_part(text::char_at(line, i))) {
      case WordPart::none:
        writer.close();
        break;
      case WordPart::letter:
        writer.put(line.substr(i, size));
        break;
      case WordPart::digit:
        writer.put("0");
        break;
      case WordPart::joiner:
        writer.put_joiner(line.substr(i, size));
        break;
      case WordPart::whole:
        writer.close();
        writer.put(line.substr(i, size));
        writer.close();
        break;
    }
    i += size;
  }
  writer.finish();
}

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

/// By the order of `rules::ending_names`.
std::int32_t ending_of(std::string_view line) {
  if (line.empty()) return 10;
  const char32_t c = text::char_at(line, text::previous_char(line, line.size()));
  const auto is = [c](std::u32string_view chars) { return chars.find(c) != chars.npos; };
  if (is(U".")) return line.ends_with("...") ? 7 : 2;
  if (is(U"\u3002\u0964\u06D4\uFF0E")) return 2;
  if (is(U",\u3001\u060C\uFF0C;")) return 3;
  if (is(U":\uFF1A")) return 4;
  if (is(U"?\uFF1F\u061F")) return 5;
  if (is(U"!\uFF01")) return 6;
  if (c == 0x2026) return 7;
  if (is(U")]}\uFF09\u3011\u3015")) return 8;
  if (is(U"\"'\u2019\u201D\u00BB\u201C\u300D\u300F\u203A")) return 9;
  const WordPart part = word_part(c);
  if (part == WordPart::digit) return 1;
  return part == WordPart::letter || part == WordPart::whole ? 0 : 10;
}

struct Counts {
  std::int32_t commas = 0, separators = 0, columns = 0;
  bool year = false;
};

Counts count_chars(std::string_view line) {
  Counts out;
  std::size_t spaces = 0, digits = 0;
  const auto end_digits = [&](std::size_t i) {
    if (digits == 4) {
      const std::string_view four = line.substr(i - 4, 2);
      out.year |= four == "19" || four == "20";
    }
    digits = 0;
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (is_digit(c)) {
      ++digits;
    } else {
      end_digits(i);
    }
    if (c == '\t' && (i == 0 || line[i - 1] != '\t')) ++out.columns;
    if (c != ' ') {
      if (spaces >= 3) ++out.columns;
      spaces = 0;
    } else {
      ++spaces;
    }
    if (const std::size_t letters = ascii_letters(line.substr(i)); letters > 0) {
      i += letters - 1;  // behind the first, the others have no say
      continue;
    }
    if (c == ',') ++out.commas;
    if (c == '|' || c == '/' || c == '>') ++out.separators;
    if (static_cast<unsigned char>(c) < 0xC2 || (static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
    const char32_t wide = text::char_at(line, i);
    if (wide == 0x3001 || wide == 0xFF0C || wide == 0x060C) ++out.commas;
    if (wide == 0x2022 || wide == 0xB7 || wide == 0x203A || wide == 0xBB) ++out.separators;
  }
  end_digits(line.size());
  return out;
}

class Values {
 public:
  Values(const Places& places, std::span<const Unit> units, const UnitMemory& memory,
         std::span<const std::uint32_t> known)
      : places_(places), units_(units), texts_(memory.texts()), own_(units.size()), values_(units.size()) {
    for (std::size_t u = 0; u < units.size(); ++u) {
      const UnitFacts& facts = memory.facts(known[u]);
      for (std::size_t axis = 0; axis < facts.values.size(); ++axis)
        values_.set(u, static_cast<Axis>(axis), facts.values[axis]);
      own_[u] = {facts.words, facts.text, facts.sentence, facts.prose, facts.list_item};
    }
  }

  AxisColumns run() {
    blocks();
    document();
    densities();
    main_run();
    return std::move(values_);
  }

 private:
  /// What the others need to know of a unit.
  struct Own {
    std::uint32_t words = 0;
    std::uint32_t text = 0;
    bool sentence = false, prose = false, list_item = false;
  };

  void set(std::size_t unit, Axis axis, std::int64_t value) { values_.set(unit, axis, value); }

  void blocks() {
    const std::size_t size = units_.size();
    for (std::size_t begin = 0, end = 0; begin < size; begin = end) {
      end = begin + 1;
      while (end < size && !places_.first_of_block(units_[end].place)) ++end;
      std::int64_t words = 0;
      for (std::size_t u = begin; u < end; ++u) words += own_[u].words;
      const auto lines = static_cast<std::int64_t>(end - begin);
      for (std::size_t u = begin; u < end; ++u) {
        set(u, Axis::block_lines, lines);
        set(u, Axis::block_place, lines == 1 ? 0 : u == begin ? 1 : u + 1 == end ? 3 : 2);
        set(u, Axis::block_words, words / lines);
      }
    }
  }

  void document() {
    const std::size_t size = units_.size();
    std::vector<std::int32_t> times(texts_), nth(texts_);
    std::int64_t words = 0, prose = 0;
    for (std::size_t u = 0; u < size; ++u) {
      words += own_[u].words;
      if (own_[u].prose) prose += own_[u].words;
      ++times[own_[u].text];
    }
    values_.set_all(Axis::document_words, words);
    values_.set_all(Axis::document_lines, static_cast<std::int64_t>(size));
    values_.set_all(Axis::document_prose, share_in_percent(prose, words));
    std::int64_t words_before = 0, prose_before = 0;
    std::size_t last_prose = size;
    for (std::size_t u = 0; u < size; ++u) {
      const std::int64_t prose_here = own_[u].prose ? own_[u].words : 0;
      const std::uint32_t text = own_[u].text;
      set(u, Axis::times, text == 0 ? 0 : times[text]);
      set(u, Axis::nth, text == 0 ? 0 : ++nth[text]);
      set(u, Axis::head, static_cast<std::int64_t>(u));
      set(u, Axis::tail, static_cast<std::int64_t>(size - 1 - u));
      set(u, Axis::place, static_cast<std::int64_t>(100 * u / size));
      set(u, Axis::prose_before, share_in_percent(prose_before, prose));
      set(u, Axis::prose_after, share_in_percent(prose - prose_before - prose_here, prose));
      set(u, Axis::text_before, share_in_percent(words_before, words));
      set(u, Axis::since_prose,
          last_prose == size ? rules::axis_none : static_cast<std::int64_t>(u - last_prose));
      if (own_[u].prose) last_prose = u;
      words_before += own_[u].words;
      prose_before += prose_here;
    }
    std::size_t next_prose = size;
    for (std::size_t u = size; u-- > 0;) {
      set(u, Axis::until_prose,
          next_prose == size ? rules::axis_none : static_cast<std::int64_t>(next_prose - u));
      if (own_[u].prose) next_prose = u;
    }
  }

  void densities() {
    const std::size_t size = units_.size();
    std::vector<std::int64_t> words(size + 1), sentences(size + 1);
    for (std::size_t u = 0; u < size; ++u) {
      words[u + 1] = words[u] + own_[u].words;
      sentences[u + 1] = sentences[u] + (own_[u].sentence ? own_[u].words : 0);
    }
    const auto density = [&](std::size_t begin, std::size_t end) -> std::int64_t {
      if (begin >= end) return rules::axis_none;
      return share_in_percent(sentences[end] - sentences[begin], words[end] - words[begin]);
    };
    constexpr std::array<std::tuple<std::size_t, Axis, Axis>, 3> reaches = {
        {{3, Axis::before3, Axis::after3},
         {8, Axis::before8, Axis::after8},
         {25, Axis::before25, Axis::after25}}};
    for (std::size_t u = 0; u < size; ++u) {
      for (const auto& [reach, before, after] : reaches) {
        set(u, before, density(u > reach ? u - reach : 0, u));
        set(u, after, density(u + 1, std::min(size, u + 1 + reach)));
      }
    }
    for (std::size_t begin = 0, end = 0; begin < size; begin = std::max(end, begin + 1)) {
      end = begin;
      while (end < size && !own_[end].sentence) ++end;
      for (std::size_t u = begin; u < end; ++u)
        set(u, Axis::short_run, static_cast<std::int64_t>(end - begin));
      if (end == begin) set(begin, Axis::short_run, 0);
    }
  }

  /// The main run of sentences: the lines whose gains have the largest sum (Kadane's algorithm).
  void main_run() {
    const std::size_t size = units_.size();
    std::int64_t best = 0, sum = 0;
    std::size_t first = 0, last = 0, start = 0;
    for (std::size_t u = 0; u < size; ++u) {
      if (sum <= 0) {
        sum = 0;
        start = u;
      }
      sum += own_[u].sentence ? std::min<std::int64_t>(own_[u].words, 60) : own_[u].list_item ? -3 : -4;
      if (sum <= best) continue;
      best = sum;
      first = start;
      last = u;
    }
    const auto lines = static_cast<std::int64_t>(last - first + 1);
    for (std::size_t u = 0; u < size; ++u) {
      const bool inside = best > 0 && first <= u && u <= last;
      set(u, Axis::run, best == 0 ? 0 : u < first ? 1 : inside ? 2 : 3);
      set(u, Axis::run_distance,
          best == 0   ? rules::axis_none
          : u < first ? static_cast<std::int64_t>(first - u)
          : inside    ? 0
                      : static_cast<std::int64_t>(u - last));
      set(u, Axis::run_place, inside ? 100 * static_cast<std::int64_t>(u - first) / lines : rules::axis_none);
    }
    values_.set_all(Axis::run_lines, best == 0 ? 0 : lines);
  }

  const Places& places_;
  std::span<const Unit> units_;
  std::uint32_t texts_;
  std::vector<Own> own_;
  AxisColumns values_;
};

/// Whether the first letter is of lower case.
bool starts_lower(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); i += text::char_size(line, i)) {
    const auto c = static_cast<UChar32>(text::char_at(line, i));
    if (u_isalnum(c)) return u_islower(c) != 0;
  }
  return false;
}

/// The text of a unit: of one line that line itself, else its lines joined in `joined`.
std::string_view text_of(const text::LineTable& table, const Places& places, Unit unit, std::string& joined) {
  const auto line_of = [&](std::uint32_t place) { return table.line(places.line[place]).text; };
  if (unit.count == 1) return line_of(unit.place);
  joined = line_of(unit.place);
  for (std::uint32_t p = unit.place + 1; p < unit.place + unit.count; ++p) {
    joined += ' ';
    joined += trimmed(line_of(p));
  }
  return joined;
}

}  // namespace

std::vector<std::uint32_t> UnitMemory::know(const text::LineTable& table, const Places& places,
                                            std::span<const Unit> units, const rules::Scores& scores) {
  known_of_.resize(table.size());
  joined_of_.resize(table.size());
  if (known_.empty()) {  // few come later: lines go, and only where they are joined do units change
    known_.reserve(units.size());
    own_scores_.reserve(units.size() * scores.files.size());
  }
  std::vector<std::uint32_t> out(units.size());
  for (std::size_t u = 0; u < units.size(); ++u) out[u] = know(table, places, units[u], scores);
  return out;
}

std::uint32_t UnitMemory::know(const text::LineTable& table, const Places& places, Unit unit,
                               const rules::Scores& scores) {
  const auto lines = std::span(places.line).subspan(unit.place, unit.count);
  const bool alone = lines.size() == 1;
  const std::uint64_t hash = alone ? 0 : XXH3_64bits(lines.data(), lines.size_bytes());
  const std::size_t files = scores.files.size();
  std::uint32_t& known_of = alone ? known_of_[table.first_like(lines.front())] : joined_of_[lines.front()];
  if (known_of == 0) {
    known_.emplace_back();
    own_scores_.resize(own_scores_.size() + files);
    known_of = static_cast<std::uint32_t>(known_.size());
  } else if (known_[known_of - 1].lines == hash) {
    return known_of - 1;
  }
  Known& known = known_[known_of - 1];
  known.lines = hash;
  read(table, places, unit, scores, known.facts,
       std::span(own_scores_).subspan((known_of - 1) * files, files));
  return known_of - 1;
}

void UnitMemory::read(const text::LineTable& table, const Places& places, Unit unit,
                      const rules::Scores& scores, UnitFacts& out, std::span<std::int32_t> own_scores) {
  const std::string_view line = text_of(table, places, unit, joined_);
  const text::Measures m = unit.count == 1 ? table.measures(places.line[unit.place]) : text::measure(line);
  read_words(table, places, unit, words_);
  const std::size_t words = words_.words.size();
  meet(words_, scores.words, met_);
  const std::string_view bare = trimmed(line);
  const Counts counts = count_chars(bare);
  out.words = m.words;
  out.sentence = (m.ends_sentence && m.words >= words_of_a_sentence) || m.words >= words_of_any_sentence;
  out.prose = text::reads_like_prose(m);
  out.list_item = m.list_item;
  const std::uint64_t hash = XXH3_64bits(words_.text.data(), words_.text.size());
  out.text = words == 0 ? 0 : texts_.try_emplace(hash, texts()).first->second;

  const auto put = [&](Axis axis, std::int64_t value) {
    out.values[static_cast<std::size_t>(axis)] = AxisColumns::capped(value);
  };
  put(Axis::words, m.words);
  put(Axis::sentence, m.ends_sentence);
  put(Axis::list_item, m.list_item);
  put(Axis::indented, m.indented);
  put(Axis::link, m.has_link);
  put(Axis::said, m.said);
  put(Axis::capitals, share_in_percent(m.capitalised, m.words));
  put(Axis::upper, share_in_percent(m.upper, m.cased));
  put(Axis::digits, share_in_percent(m.digits, m.chars));
  put(Axis::letters, share_in_percent(m.letters, m.chars));
  put(Axis::function,
      share_in_percent(static_cast<std::int64_t>(met_.function_words), static_cast<std::int64_t>(words)));
  put(Axis::commas, counts.commas);
  put(Axis::word_length,
      words == 0 ? 0 : std::lround(static_cast<double>(m.letters + m.digits) / static_cast<double>(words)));
  put(Axis::ending, ending_of(bare));
  put(Axis::lower_start, words > 0 && !bare.empty() && m.cased > 0 && starts_lower(bare));
  put(Axis::year, counts.year);
  put(Axis::separators, counts.separators);
  put(Axis::columns, counts.columns);

  std::array<std::uint32_t, rules::own_axes> ranges{};
  for (std::size_t axis = 0; axis < ranges.size(); ++axis)
    ranges[axis] = scores.scales[axis].range_of(out.values[axis]);
  std::ranges::fill(own_scores, 0);
  for (const std::uint32_t index : met_.entries)
    own_scores[scores.words.file_of(index)] += scores.words[index].score;
  for (std::size_t f = 0; f < own_scores.size(); ++f) {
    for (const rules::ScoreTable& one : scores.files[f].joined.own) {
      std::uint32_t cell = 0;
      for (const auto& dimension : one.dimensions)
        cell += dimension.steps[ranges[static_cast<std::size_t>(dimension.axis)]];
      own_scores[f] += one.cells[cell];
    }
  }
}

void read_words(const text::LineTable& table, const Places& places, Unit unit, UnitWords& out) {
  out.text.clear();
  out.words.clear();
  for (std::uint32_t p = unit.place; p < unit.place + unit.count; ++p)
    add_words(table.folded(places.line[p]), out);
}

AxisColumns axis_values(const Places& places, std::span<const Unit> units, const UnitMemory& memory,
                        std::span<const std::uint32_t> known) {
  return Values(places, units, memory, known).run();
}

}  // namespace dechaff::decide
