#include "rules/read_rule.hpp"

#include <algorithm>
#include <charconv>

#include "dechaff/nearest.hpp"
#include "rules/files.hpp"
#include "rules/replacement.hpp"
#include "text/fold.hpp"

namespace dechaff::rules {

namespace {

constexpr std::int64_t most_lines = 100'000;

bool is_id_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

/// Words of lower-case letters, digits and hyphens, with single dots between them.
bool is_id(std::string_view id) {
  bool start = true;
  for (const char c : id) {
    if (c == '.' && start) return false;
    if (c != '.' && !is_id_char(c)) return false;
    start = c == '.';
  }
  return !start;
}

std::vector<std::string> texts_of(const std::vector<PlacedString>& placed) {
  std::vector<std::string> out;
  out.reserve(placed.size());
  for (const PlacedString& string : placed) out.push_back(string.text);
  return out;
}

std::vector<std::string> primary_languages(TableReader& reader, std::string_view key) {
  std::vector<std::string> out;
  for (const PlacedString& tag : reader.strings(key)) out.push_back(primary_language(tag.text));
  return out;
}

/// One of `names`, or an error that lists them.
template <class T>
std::optional<T> choice(TableReader& reader, std::string_view key,
                        std::initializer_list<std::pair<std::string_view, T>> names) {
  const auto value = reader.string(key);
  if (!value) return {};
  std::string list;
  for (const auto& [name, meaning] : names) {
    if (value->text == name) return meaning;
    list += (list.empty() ? "" : ", ") + std::string(name);
  }
  reader.errors().add(value->at,
                      "'" + std::string(key) + "' is '" + value->text + "', but must be one of " + list);
  return {};
}

std::optional<double> number_spelled(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return {};
  return value;
}

std::optional<Range> read_range(TableReader& reader, std::string_view key) {
  const toml::node* node = reader.node(key);
  if (node == nullptr) return {};
  if (const auto number = node->value<double>(); number && node->is_number() && *number >= 0) {
    return Range{*number, *number};
  }
  if (const auto* text = node->as_string()) {
    if (const auto range = range_spelled(text->get())) return range;
  }
  reader.error(
      key, "'" + std::string(key) + "' must be a number or a range such as \"..4\", \"2..7\" or \"0.5..\"");
  return {};
}

template <class T>
void set(std::optional<T>& to, std::optional<T> value) {
  if (value) to = std::move(value);
}

/// `when` with what the table says in its place.
When read_when(const toml::table& table, When when, FileErrors errors) {
  TableReader reader(table, errors);
  set(when.words, read_range(reader, "words"));
  set(when.chars, read_range(reader, "chars"));
  set(when.letters, read_range(reader, "letters"));
  set(when.digits, read_range(reader, "digits"));
  set(when.upper, read_range(reader, "upper"));
  set(when.capitalised, read_range(reader, "capitalised"));
  set(when.block_lines, read_range(reader, "block_lines"));
  set(when.document_lines, read_range(reader, "document_lines"));
  set(when.ends_sentence, reader.boolean("ends_sentence"));
  set(when.said, reader.boolean("said"));
  set(when.list_item, reader.boolean("list_item"));
  set(when.indented, reader.boolean("indented"));
  set(when.has_link, reader.boolean("has_link"));
  set(when.blank_before, reader.boolean("blank_before"));
  set(when.blank_after, reader.boolean("blank_after"));
  if (reader.has("language")) when.languages = primary_languages(reader, "language");
  if (reader.has("host")) when.hosts = lower_ascii(texts_of(reader.strings("host")));
  reader.finish();
  return when;
}

std::uint32_t read_count(TableReader& reader, std::string_view key, std::uint32_t otherwise) {
  return static_cast<std::uint32_t>(reader.integer(key, 1, most_lines).value_or(otherwise));
}

Where read_where(const toml::table& table, FileErrors errors) {
  TableReader reader(table, errors);
  Where where;
  where.head = read_count(reader, "head", 0);
  where.tail = read_count(reader, "tail", 0);
  where.within = read_count(reader, "within", where.within);
  for (const auto& [key, side] : {std::pair{"near", Side::either}, std::pair{"after", Side::after},
                                  std::pair{"before", Side::before}}) {
    if (const auto target = reader.string(key)) {
      where.neighbours.push_back({side, target->text, {}, target->text == "dropped"});
    }
  }
  if (reader.has("within") && where.neighbours.empty()) {
    reader.error("within", "'within' needs 'near', 'after' or 'before'");
  }
  reader.finish();
  return where;
}

Repeat read_repeat(const toml::table& table, FileErrors errors) {
  TableReader reader(table, errors);
  Repeat repeat;
  repeat.of = choice<Repeat::Of>(reader, "of", {{"line", Repeat::Of::line}, {"start", Repeat::Of::start}})
                  .value_or(repeat.of);
  repeat.min_words = read_count(reader, "min_words", repeat.min_words);
  repeat.keep_last = choice<bool>(reader, "keep", {{"first", false}, {"last", true}}).value_or(false);
  repeat.within = read_count(reader, "within", repeat.within);
  reader.finish();
  return repeat;
}

std::vector<Example> read_examples(TableReader& reader, std::string_view key, bool leaves_text) {
  std::vector<Example> out;
  const toml::node* node = reader.node(key);
  if (node == nullptr) return out;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    reader.error(key, "'" + std::string(key) + "' must be a list of texts");
    return out;
  }
  for (const toml::node& element : *array) {
    const SourcePos pos = reader.errors().pos(element.source().begin);
    if (const auto* text = element.as_string()) {
      out.push_back({text->get(), leaves_text ? text->get() : "", pos});
    } else if (const toml::table* table = element.as_table(); table != nullptr && !leaves_text) {
      TableReader inner(*table, reader.errors());
      const auto whole = inner.string("text");
      const auto rest = inner.string("leaves");
      inner.finish();
      if (!whole || !rest) {
        reader.errors().add(element.source().begin, "an example table needs 'text' and 'leaves'");
        continue;
      }
      out.push_back({whole->text, rest->text, pos});
    } else {
      reader.errors().add(element.source().begin, "an example of '" + std::string(key) +
                                                      "' must be a string" +
                                                      (leaves_text ? "" : " or { text = …, leaves = … }"));
    }
  }
  return out;
}

/// The effect keys exclude each other, but `level` may say how far to trust a rewriting.
void read_effect(TableReader& reader, ReadRule& out) {
  const auto level = reader.integer("level", 1, 3);
  const auto score = reader.number("score");
  const auto keep = reader.boolean("keep");
  const auto replace = reader.string("replace");
  const int effects = (reader.has("score") ? 1 : 0) + (reader.has("keep") ? 1 : 0) +
                      (reader.has("replace") ? 1 : 0) +
                      (reader.has("level") && !reader.has("replace") ? 1 : 0);
  if (effects > 1) {
    reader.errors().add(reader.at(),
                        "a rule does one thing: keep one of 'level', 'score', 'keep' and 'replace'");
  }
  if (keep && !*keep) reader.error("keep", "'keep' can only be true; to drop lines, leave it out");
  out.entry.level = static_cast<int>(level.value_or(1));
  out.entry.kind = EntryKind::drop;
  if (score) {
    out.entry.kind = EntryKind::weigh;
    out.entry.score = *score;
    out.entry.level = 0;
  } else if (keep) {
    out.entry.kind = EntryKind::keep;
    out.entry.level = 0;
  } else if (replace) {
    out.entry.kind = EntryKind::rewrite;
    out.rule.replace = replace->text;
    if (replace->text.size() > most_replacement_bytes) {
      reader.error("replace", "'replace' is longer than " + std::to_string(most_replacement_bytes) +
                                  " bytes; shorten it");
    }
  }
  out.rule.effect = out.entry.kind;
}

/// What single keys cannot know: which of them make sense together.
void check_rule(TableReader& reader, const ReadRule& read) {
  const Rule& rule = read.rule;
  const auto error = [&](std::string_view key, std::string message) {
    reader.error(key, std::move(message));
  };
  const bool says_text = reader.has("lines") || reader.has("pattern");
  if (!says_text && !reader.has("repeat") && !reader.has("when")) {
    if (!reader.has("where")) {
      reader.errors().add(reader.at(),
                          "the rule hits nothing: give it 'lines', 'pattern', 'repeat' or 'when'");
    } else if (rule.effect == EntryKind::drop) {
      reader.errors().add(
          reader.at(),
          "'where' alone would drop every line there: give the rule 'lines', 'pattern' or 'when'");
    }
  }
  // Without a condition left, such a rule would hit every line.
  for (const std::string_view key : {"lines", "when", "where"}) {
    if (reader.is_empty(key)) error(key, "'" + std::string(key) + "' is empty: fill it or take it out");
  }
  if (rule.scope != Scope::line && !says_text) {
    error("scope", "a rule for a span, block or section needs 'lines' or 'pattern'");
  }
  if (rule.scope == Scope::span && reader.has("lines"))
    error("lines", "a span is found by 'pattern'; 'lines' are whole lines");
  if (rule.effect == EntryKind::rewrite &&
      (!reader.has("pattern") || rule.scope == Scope::section || rule.scope == Scope::block)) {
    error("replace", "'replace' needs a 'pattern' and works on lines and spans");
  } else if (rule.effect == EntryKind::rewrite && reader.has("lines")) {
    error("lines", "'replace' rewrites what 'pattern' finds; put the lines into the pattern");
  }
  if (reader.has("until") && rule.scope != Scope::section)
    error("until", "'until' is for scope = \"section\"");
  if (reader.has("max_lines") && rule.scope != Scope::section && rule.scope != Scope::block) {
    error("max_lines", "'max_lines' is for scope = \"section\" and \"block\"");
  }
  if (rule.effect == EntryKind::keep) {
    // Protection is decided before repeats and drops are, and for the lines that are hit.
    const auto is_dropped = [](const Neighbour& n) { return n.dropped; };
    const bool late = rule.repeat || std::ranges::any_of(rule.where.neighbours, is_dropped);
    if (late) error("keep", "'keep' cannot wait for 'repeat' or a \"dropped\" neighbour: take that out");
    if (rule.scope == Scope::section || rule.scope == Scope::span)
      error("keep", "'keep' protects lines and blocks: leave 'scope' out");
  }
  if (rule.repeat && rule.scope != Scope::line) error("repeat", "'repeat' compares lines: leave 'scope' out");
}

}  // namespace

std::vector<std::string> lower_ascii(std::vector<std::string> words) {
  for (std::string& word : words) {
    std::ranges::transform(word, word.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  }
  return words;
}

std::optional<Range> range_spelled(std::string_view text) {
  Range range;
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto value = number_spelled(text);
    if (!value) return {};
    return Range{*value, *value};
  }
  const std::string_view least = text.substr(0, dots);
  const std::string_view most = text.substr(dots + 2);
  if (least.empty() && most.empty()) return {};
  if (!least.empty()) {
    const auto value = number_spelled(least);
    if (!value) return {};
    range.least = *value;
  }
  if (!most.empty()) {
    const auto value = number_spelled(most);
    if (!value || *value < range.least) return {};
    range.most = *value;
  }
  return range;
}

std::optional<Pattern> read_pattern(const PlacedString& source, bool proven, const FileErrors& errors) {
  if (proven) return Pattern::proven(source.text);
  PatternError error;
  if (const auto pattern = Pattern::compile(source.text, error)) return *pattern;
  const std::string_view before = std::string_view(source.text).substr(0, error.offset);
  const auto character = 1 + std::ranges::count_if(before, [](char c) {
                           return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
                         });
  errors.add(source.at,
             "the pattern is wrong at its character " + std::to_string(character) + ": " + error.message);
  return {};
}

std::vector<Pattern> read_patterns(TableReader& reader, std::string_view key, bool proven) {
  std::vector<Pattern> out;
  const std::vector<PlacedString> sources = reader.strings(key);
  if (sources.size() > most_exceptions) {
    reader.error(key, "'" + std::string(key) + "' holds more than " + std::to_string(most_exceptions) +
                          " patterns; join some of them by |");
    return out;
  }
  for (const PlacedString& source : sources) {
    if (auto pattern = read_pattern(source, proven, reader.errors())) out.push_back(std::move(*pattern));
  }
  return out;
}

TextList read_phrases(const std::vector<PlacedString>& phrases, bool raw, const FileErrors& errors) {
  TextList out;
  for (const PlacedString& phrase : phrases) {
    const std::string form = raw ? phrase.text : text::fold(phrase.text);
    if (form.empty()) {
      errors.add(phrase.at,
                 "the phrase holds nothing but punctuation, which folds to nothing; use a raw pattern");
    } else if (form.find('\n') != std::string::npos) {
      errors.add(phrase.at, "a phrase is one line; for several lines use scope = \"block\" and a pattern");
    } else {
      out.push_back(form);
    }
  }
  return out;
}

Entry read_entry(TableReader& reader, const Pack& pack) {
  Entry entry;
  entry.pos = reader.errors().pos(reader.at());
  const auto id = reader.string("id");
  if (!id) {
    if (!reader.has("id"))
      reader.errors().add(reader.at(), "an 'id' is missing, such as id = \"my-site.banner\"");
  } else if (!is_id(id->text) || id->text.starts_with("text.")) {
    reader.errors().add(
        id->at, "the id '" + id->text +
                    "' must be words of a-z, 0-9 and '-' with dots between them, not starting with 'text.'");
  } else {
    entry.id = id->text;
  }
  if (const auto why = reader.string("why")) entry.why = why->text;
  for (PlacedString& tag : reader.strings("tags")) {
    if (is_id(tag.text)) {
      entry.tags.push_back(std::move(tag.text));
    } else {
      reader.errors().add(tag.at, "the tag '" + tag.text + "' must be words of a-z, 0-9 and '-'");
    }
  }
  if (!pack.name.empty()) entry.tags.push_back(pack.name);
  if (const std::size_t dot = entry.id.find('.'); dot != std::string::npos)
    entry.tags.push_back(entry.id.substr(0, dot));
  std::ranges::sort(entry.tags);
  entry.tags.erase(std::unique(entry.tags.begin(), entry.tags.end()), entry.tags.end());
  entry.enabled = reader.boolean("enabled").value_or(true);
  return entry;
}

Pack read_pack(const toml::table& table, FileErrors errors) {
  TableReader reader(table, errors);
  Pack pack;
  if (const auto name = reader.string("name")) {
    pack.name = name->text;
    if (!is_id(pack.name)) errors.add(name->at, "the pack's name must be words of a-z, 0-9 and '-'");
  } else if (!reader.has("name")) {
    errors.add(reader.at(), "a pack needs a 'name'");
  }
  (void)reader.string("description");
  (void)reader.string("license");
  (void)reader.integer("version", 0, std::numeric_limits<std::int32_t>::max());
  if (const toml::table* when = reader.table("when")) {
    pack.when = read_when(*when, {}, errors);
    pack.has_when = true;
  }
  pack.languages = primary_languages(reader, "languages");
  reader.finish();
  return pack;
}

ReadRule read_rule(const toml::table& table, const Pack& pack, FileErrors errors) {
  TableReader reader(table, errors);
  ReadRule out;
  out.entry = read_entry(reader, pack);
  read_effect(reader, out);
  Rule& rule = out.rule;
  rule.scope = choice<Scope>(reader, "scope",
                             {{"line", Scope::line},
                              {"span", Scope::span},
                              {"block", Scope::block},
                              {"section", Scope::section}})
                   .value_or(Scope::line);
  rule.raw = reader.boolean("raw").value_or(false) || rule.effect == EntryKind::rewrite;
  rule.lines = read_phrases(reader.strings("lines"), rule.raw, errors);
  if (const auto pattern = reader.string("pattern")) {
    rule.pattern = read_pattern(*pattern, pack.proven, errors);
    if (rule.replace && rule.pattern) {
      if (const auto problem = replacement_problem(*rule.replace, *rule.pattern))
        reader.error("replace", *problem);
    }
  }
  rule.except = read_patterns(reader, "except", pack.proven);
  if (const toml::table* repeat = reader.table("repeat")) rule.repeat = read_repeat(*repeat, errors);
  const bool has_pack_when = pack.has_when && rule.effect == EntryKind::drop;
  if (has_pack_when) rule.when = pack.when;
  if (const toml::table* when = reader.table("when")) rule.when = read_when(*when, rule.when, errors);
  if (const toml::table* where = reader.table("where")) rule.where = read_where(*where, errors);
  rule.until =
      choice<Until>(reader, "until", {{"blank", Until::blank}, {"end", Until::end}, {"prose", Until::prose}})
          .value_or(Until::blank);
  rule.max_lines = static_cast<std::uint32_t>(
      reader
          .integer("max_lines", 1,
                   rule.scope == Scope::block ? static_cast<std::int64_t>(most_block_lines) : most_lines)
          .value_or(rule.scope == Scope::section ? 40 : 8));
  rule.languages = primary_languages(reader, "languages");
  if (rule.languages.empty()) rule.languages = pack.languages;
  rule.drops = read_examples(reader, "drops", false);
  rule.keeps = read_examples(reader, "keeps", true);
  rule.conditional = has_pack_when || reader.has("when") || reader.has("where") || reader.has("except") ||
                     reader.has("repeat");
  check_rule(reader, out);
  reader.finish();
  return out;
}

}  // namespace dechaff::rules
