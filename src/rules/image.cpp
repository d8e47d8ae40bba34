#include "rules/image.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "base/image_stream.hpp"
#include "rules/embedded.hpp"

namespace dechaff {

// Where values of the types below lie in an image; each beside its type, so that the streams find it.

template <class A>
void fields(A& a, SourcePos& pos) {
  a(pos.line, pos.column);
}
template <class A>
void fields(A& a, Entry& entry) {
  a(entry.id, entry.why, entry.kind, entry.level, entry.score, entry.enabled, entry.tags, entry.pos);
}

template <>
struct InImage<rules::Pattern> {
  static void put(ImageWriter& writer, const rules::Pattern& pattern) { writer(pattern.source()); }
  static rules::Pattern make(ImageReader& reader) { return rules::Pattern::proven_lent(reader.text()); }
};

template <>
struct InImage<text::CharClass> {
  static void put(ImageWriter& writer, const text::CharClass& one) {
    writer(std::string_view(reinterpret_cast<const char*>(&one), sizeof one));
  }
  static text::CharClass make(ImageReader& reader) {
    text::CharClass out;
    const std::string_view bytes = reader.text();
    reader.require(bytes.size() == sizeof out);
    if (bytes.size() == sizeof out) std::memcpy(&out, bytes.data(), sizeof out);
    return out;
  }
};

namespace text {

template <class A>
void fields(A& a, CodeRange& range) {
  a(range.first, range.last);
}
template <class A>
void fields(A& a, CharacterTable& table) {
  a(table.chars, table.to, table.to_each, table.after, table.before, table.unless_after, table.unless_before,
    table.unless_near, table.to_first, table.count_only);
}
template <class A>
void fields(A& a, Step& step) {
  a(step.entry, step.action, step.table);
}

}  // namespace text

namespace rules {

template <class A>
void fields(A& a, Range& range) {
  a(range.least, range.most);
}
template <class A>
void fields(A& a, When& when) {
  a.rare(when.words, when.chars, when.letters, when.digits, when.upper, when.capitalised, when.block_lines,
         when.document_lines, when.ends_sentence, when.said, when.list_item, when.indented, when.has_link,
         when.blank_before, when.blank_after, when.languages, when.hosts);
}
template <class A>
void fields(A& a, Neighbour& neighbour) {
  a(neighbour.side, neighbour.target, neighbour.dropped);
}
template <class A>
void fields(A& a, Where& where) {
  a(where.head, where.tail, where.within);
  a.rare(where.neighbours);
}
template <class A>
void fields(A& a, Repeat& repeat) {
  a(repeat.of, repeat.min_words, repeat.keep_last, repeat.within);
}
template <class A>
void fields(A& a, Sieve& sieve) {
  a(sieve.either);
  a.rare(sieve.starts, sieve.needs);
}
template <class A>
void fields(A& a, Rule& rule) {
  a(rule.entry, rule.effect, rule.scope, rule.raw, rule.until, rule.max_lines, rule.conditional);
  a.rare(rule.lines, rule.pattern, rule.sieve, rule.except, rule.replace, rule.repeat, rule.languages);
  a(rule.where);
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
void fields(A& a, ReadScores::Hit& hit) {
  a(hit.id, hit.score, hit.pos);
}
template <class A>
void fields(A& a, ReadScores& scores) {
  a(scores.tables, scores.joined, scores.words, scores.hits, scores.function_words, scores.draft_cost);
}
template <class A>
void fields(A& a, DeclaredStep& step) {
  a(step.step);
}
template <class A>
void fields(A& a, ProfileReading& profile) {
  a(profile.name, profile.description, profile.level, profile.form, profile.weigh, profile.bias,
    profile.switch_cost, profile.untrusted_score, profile.max_removed);
}

namespace {

// Changes with what is written; the program's version alone does not in the middle of development.
constexpr std::string_view magic = "dechaff rules image 8 " DECHAFF_VERSION "\n";

std::uint64_t hash_of_all(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

/// What stands before all else: the magic, as long as a multiple of what lists are aligned to, and the hash
/// of what follows.
std::string head_of(std::uint64_t hash) {
  std::string out(magic);
  out.resize((out.size() + ImageWriter::widest - 1) / ImageWriter::widest * ImageWriter::widest);
  out.append(reinterpret_cast<const char*>(&hash), sizeof hash);
  return out;
}

/// What the rules of a file ask for, each once, and which of these each of them has.
class Conditions {
 public:
  explicit Conditions(std::span<const Rule> rules) {
    for (const Rule& rule : rules) {
      const auto known = std::ranges::find_if(all_, [&](const auto& one) { return one.is(rule.when); });
      of_rule_.own().push_back(static_cast<std::uint32_t>(known - all_.begin()));
      if (known == all_.end()) all_.push_back(rule.when);
    }
  }

  void write(ImageWriter& writer) const {
    std::vector<When> all;
    for (const Shared<When>& one : all_) all.push_back(*one);
    writer(of_rule_, all);
  }

  /// Gives the rules theirs. False, and nothing done, where there are others than these.
  static bool read(ImageReader& reader, std::span<Rule> rules) {
    PlainList<std::uint32_t> of_rule;
    std::vector<When> read;
    reader(of_rule, read);
    const auto is_there = [&](std::uint32_t number) { return number < read.size(); };
    if (of_rule.size() != rules.size() || !std::ranges::all_of(of_rule, is_there)) return false;
    std::vector<Shared<When>> all;
    for (When& one : read) all.emplace_back(std::move(one));
    for (std::size_t i = 0; i < rules.size(); ++i) rules[i].when = all[of_rule[i]];
    return true;
  }

 private:
  PlainList<std::uint32_t> of_rule_;  // index of `all_`
  std::vector<Shared<When>> all_;
};

bool is_sound(const ScoreTable& table) {
  const auto is_known = [](const ScoreTable::Dimension& dimension) {
    return static_cast<std::size_t>(dimension.axis) < axes && dimension.offset <= farthest_neighbour &&
           dimension.offset >= -farthest_neighbour && !dimension.starts.empty();
  };
  std::size_t cells = 1;
  for (const ScoreTable::Dimension& dimension : table.dimensions) {
    if (!is_known(dimension) || cells > table.cells.size() / dimension.starts.size()) return false;
    cells *= dimension.starts.size();
  }
  return table.dimensions.size() <= most_dimensions && cells == table.cells.size();
}

bool is_sound(const ScoreTables& tables) {
  for (const auto* list : {&tables.own, &tables.around, &tables.draft}) {
    if (!std::ranges::all_of(*list, [](const ScoreTable& table) { return is_sound(table); })) return false;
  }
  return true;
}

/// Whether the entries that rules and steps from these on name are among those of their file.
bool names_entries(const FileReading& reading, std::size_t rules, std::size_t steps, std::size_t entries) {
  const auto is_entry = [&](EntryIndex entry) { return entry < reading.entries.size() - entries; };
  for (std::size_t i = rules; i < reading.rules.size(); ++i) {
    if (!is_entry(reading.rules[i].entry)) return false;
  }
  for (std::size_t i = steps; i < reading.steps.size(); ++i) {
    if (!is_entry(reading.steps[i].step.entry)) return false;
  }
  return !reading.scores || reading.entries.size() == entries + 1;
}

}  // namespace

std::string make_image(const std::vector<std::pair<SourceFile, FileReading>>& readings,
                       const std::optional<JointReading>& joint) {
  ImageWriter writer;
  std::uint32_t entries = 0, rules = 0;
  for (const auto& [file, reading] : readings) {
    entries += static_cast<std::uint32_t>(reading.entries.size());
    rules += static_cast<std::uint32_t>(reading.rules.size());
  }
  writer(entries, rules, static_cast<std::uint32_t>(readings.size()));
  for (const auto& [file, reading] : readings) {
    ImageWriter one;
    one(reading.entries, reading.rules, reading.steps, reading.profiles, reading.scores);
    Conditions(reading.rules).write(one);
    const Image::Hash hash = Image::hash_of(file.content());
    writer(hash.low, hash.high, file.built == nullptr ? std::string_view() : file.built->digest);
    writer.part(one.take());
  }
  ImageWriter together;
  if (joint) together(joint->neighbours, joint->hits, joint->scales, joint->words, joint->steps);
  if (joint) together.part(joint->matcher);
  writer.part(together.take());
  const std::string all = writer.take();
  return head_of(hash_of_all(all)) + all;
}

JointReading joint_reading(Compiled compiled, std::string_view matcher) {
  JointReading out;
  for (const Rule& rule : compiled.rules) {
    for (const Neighbour& neighbour : rule.where.neighbours) out.neighbours.emplace_back(neighbour.entries);
  }
  for (const auto& [entry, score] : compiled.scores.hits) out.hits.own().push_back({entry, score});
  std::ranges::sort(out.hits.own(), {}, &JointReading::Hit::entry);
  out.scales = compiled.scores.scales;
  out.words = compiled.scores.words;
  for (const ScoreTable* table : compiled.scores.all_tables()) {
    for (const ScoreTable::Dimension& dimension : table->dimensions) out.steps.push_back(dimension.steps);
  }
  out.matcher = matcher;
  return out;
}

Image Image::load(const std::filesystem::path& path) {
  Image out;
  auto file = io::MappedFile::open(path);
  if (!file) return out;
  const std::string_view bytes = file->bytes();
  const std::size_t head = head_of(0).size();
  if (bytes.size() < head || !bytes.starts_with(magic)) return out;
  if (!bytes.starts_with(head_of(hash_of_all(bytes.substr(head))))) return out;
  out.file_ = std::make_shared<const io::MappedFile>(std::move(*file));
  ImageReader reader(bytes.substr(head));
  std::uint32_t files = 0;
  reader(out.entries_, out.rules_, files);
  for (std::uint32_t i = 0; i < files && reader.good(); ++i) {
    Reading& reading = out.readings_.emplace_back();
    reader(reading.hash.low, reading.hash.high);
    reading.digest = reader.text();
    reading.bytes = reader.part();
  }
  out.joint_ = reader.part();
  const bool plausible = out.entries_ <= bytes.size() && out.rules_ <= bytes.size();
  return reader.good() && plausible ? std::move(out) : Image();
}

Image::Hash Image::hash_of(std::string_view content) {
  const XXH128_hash_t hash = XXH3_128bits(content.data(), content.size());
  return {hash.low64, hash.high64};
}

const EmbeddedFile* Image::built_file(std::string_view name, std::string_view bytes) const {
  const auto found = std::ranges::find(readings_, hash_of(bytes), &Reading::hash);
  if (found == readings_.end() || found->digest.empty()) return nullptr;
  for (const EmbeddedFile& file : embedded_rules()) {
    if (file.name == name) return file.digest == found->digest ? &file : nullptr;
  }
  return nullptr;
}

std::optional<std::size_t> Image::find(const SourceFile& file) const {
  const auto found = file.built != nullptr
                         ? std::ranges::find(readings_, file.built->digest, &Reading::digest)
                         : std::ranges::find(readings_, hash_of(file.content()), &Reading::hash);
  if (found == readings_.end()) return {};
  return static_cast<std::size_t>(found - readings_.begin());
}

bool Image::append(std::size_t file, FileReading& out) const {
  const std::size_t entries = out.entries.size(), rules = out.rules.size(), steps = out.steps.size(),
                    profiles = out.profiles.size();
  ImageReader reader(readings_[file].bytes);
  reader.append(out.entries);
  reader.append(out.rules);
  reader.append(out.steps);
  reader.append(out.profiles);
  reader(out.scores);
  const bool have_conditions = Conditions::read(reader, std::span(out.rules).subspan(rules));
  const auto scores_are_sound = [&] {
    return !out.scores || (is_sound(out.scores->tables) && is_sound(out.scores->joined));
  };
  if (reader.good() && have_conditions && names_entries(out, rules, steps, entries) && scores_are_sound())
    return true;
  const auto back_to = [](auto& list, std::size_t size) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(size), list.end());
  };
  back_to(out.entries, entries);
  back_to(out.rules, rules);
  back_to(out.steps, steps);
  back_to(out.profiles, profiles);
  out.scores.reset();
  return false;
}

std::optional<JointReading> Image::joint() const {
  if (joint_.empty()) return {};
  ImageReader reader(joint_);
  JointReading out;
  reader(out.neighbours, out.hits, out.scales, out.words, out.steps);
  out.matcher = reader.part();
  return reader.good() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace rules
}  // namespace dechaff
