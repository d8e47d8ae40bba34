#include "rules/image.hpp"

#include <xxhash.h>

#include <cstring>
#include <type_traits>

namespace dechaff::rules {

namespace {

// Changes with what is written; the program's version alone does not in the middle of development.
constexpr std::string_view magic = "dechaff rules image 4 " DECHAFF_VERSION "\n";

std::uint64_t hash_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

/// Appends values, each in the machine's own form: an image does not travel.
class Writer {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }

  std::string take() { return std::move(out_); }

 private:
  template <Plain T>
  void put(const T& value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    out_ += text;
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) put(value);
  }
  void put(const TextList& texts) { (*this)(texts.bytes(), texts.ends()); }
  void put(const Pattern& pattern) { put(pattern.source()); }
  template <class T>
  void put(const T& value) {
    fields(*this, const_cast<T&>(value));
  }

  std::string out_;
};

/// Reads what a Writer wrote. Past the end all is zero and `good` is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }

  bool good() const { return good_; }

 private:
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      good_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }

  template <Plain T>
  void get(T& value) {
    const std::string_view bytes = take(sizeof value);
    value = T{};
    if (bytes.empty()) return;
    if constexpr (std::is_same_v<T, bool>) {
      value = bytes.front() != 0;  // any other value would be none
    } else {
      std::memcpy(&value, bytes.data(), sizeof value);
    }
  }
  void get(std::string& text) {
    std::uint32_t size = 0;
    get(size);
    text = take(size);
  }
  void get(TextList& texts) {
    std::string bytes;
    std::vector<std::uint32_t> ends;
    (*this)(bytes, ends);
    good_ &= texts.assign(std::move(bytes), std::move(ends));
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool has = false;
    get(has);
    if (has) value.emplace(make<T>());
  }
  template <class T>
  void get(std::vector<T>& values) {
    std::uint32_t size = 0;
    get(size);
    if constexpr (Plain<T> && !std::is_same_v<T, bool>) {
      const std::string_view bytes = take(size * sizeof(T));
      values.resize(bytes.size() / sizeof(T));
      if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    } else {
      values.reserve(std::min<std::size_t>(size, rest_.size()));
      for (std::uint32_t i = 0; i < size && good_; ++i) values.push_back(make<T>());
    }
  }
  template <class T>
  void get(T& value) {
    fields(*this, value);
  }

  template <class T>
  T make() {
    if constexpr (std::is_same_v<T, Pattern>) {
      std::string source;
      get(source);
      return Pattern::proven(std::move(source));
    } else {
      T value{};
      get(value);
      return value;
    }
  }

  std::string_view rest_;
  bool good_ = true;
};

template <class A>
void fields(A& a, SourcePos& pos) {
  a(pos.line, pos.column);
}
template <class A>
void fields(A& a, Entry& entry) {
  a(entry.id, entry.why, entry.kind, entry.level, entry.score, entry.enabled, entry.tags, entry.pos);
}
template <class A>
void fields(A& a, Range& range) {
  a(range.least, range.most);
}
template <class A>
void fields(A& a, When& when) {
  a(when.words, when.chars, when.letters, when.digits, when.upper, when.capitalised, when.block_lines,
    when.document_lines, when.ends_sentence, when.said, when.list_item, when.indented, when.has_link,
    when.blank_before, when.blank_after, when.languages, when.hosts);
}
template <class A>
void fields(A& a, Neighbour& neighbour) {
  a(neighbour.side, neighbour.target, neighbour.dropped);
}
template <class A>
void fields(A& a, Where& where) {
  a(where.head, where.tail, where.within, where.neighbours);
}
template <class A>
void fields(A& a, Repeat& repeat) {
  a(repeat.of, repeat.min_words, repeat.keep_last, repeat.within);
}
template <class A>
void fields(A& a, Sieve& sieve) {
  a(sieve.starts, sieve.needs, sieve.either);
}
template <class A>
void fields(A& a, Rule& rule) {
  a(rule.entry, rule.effect, rule.scope, rule.raw, rule.lines, rule.pattern, rule.sieve, rule.except,
    rule.replace, rule.repeat, rule.when, rule.where, rule.until, rule.max_lines, rule.languages,
    rule.conditional);
}
template <class A>
void fields(A& a, ScoreTable::Dimension& dimension) {
  a(dimension.axis, dimension.offset, dimension.starts);
}
template <class A>
void fields(A& a, ScoreTable& table) {
  a(table.dimensions, table.cells);
}
template <class A>
void fields(A& a, ScoreTables& tables) {
  a(tables.own, tables.around, tables.draft);
}
template <class A>
void fields(A& a, WordScore& score) {
  a(score.words, score.score);
}
template <class A>
void fields(A& a, ReadScores::Hit& hit) {
  a(hit.id, hit.score, hit.pos);
}
template <class A>
void fields(A& a, ReadScores& scores) {
  a(scores.tables, scores.joined, scores.words, scores.hits, scores.function_words, scores.draft_cost);
}
template <class A>
void fields(A& a, FileReading& reading) {
  a(reading.entries, reading.rules, reading.scores);
}

}  // namespace

std::string make_image(const std::vector<std::pair<SourceFile, FileReading>>& readings) {
  Writer writer;
  for (const auto& [file, reading] : readings) {
    Writer one;
    one(reading);
    writer(hash_of(file.content()), one.take());
  }
  const std::string all = writer.take();
  Writer head;
  head(hash_of(all));
  return std::string(magic) + head.take() + all;
}

Image Image::load(const std::filesystem::path& path) {
  Image out;
  out.file_ = io::MappedFile::open(path);
  if (!out.file_) return out;
  std::string_view rest = out.file_->bytes();
  std::uint64_t hash = 0;
  if (!rest.starts_with(magic) || rest.size() < magic.size() + sizeof hash) return out;
  rest.remove_prefix(magic.size());
  std::memcpy(&hash, rest.data(), sizeof hash);
  rest.remove_prefix(sizeof hash);
  if (hash_of(rest) != hash) return out;
  while (!rest.empty()) {
    std::uint64_t file = 0;
    std::uint32_t size = 0;
    if (rest.size() < sizeof file + sizeof size) break;
    std::memcpy(&file, rest.data(), sizeof file);
    std::memcpy(&size, rest.data() + sizeof file, sizeof size);
    rest.remove_prefix(sizeof file + sizeof size);
    if (rest.size() < size) break;
    out.readings_.emplace(file, rest.substr(0, size));
    rest.remove_prefix(size);
  }
  return out;
}

std::optional<FileReading> Image::reading_of(const SourceFile& file) const {
  const auto found = readings_.find(hash_of(file.content()));
  if (found == readings_.end()) return {};
  Reader reader(found->second);
  FileReading out;
  reader(out);
  return reader.good() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace dechaff::rules
