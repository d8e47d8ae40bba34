#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.hpp"
#include "base/shared.hpp"
#include "base/text_list.hpp"
#include "dechaff/rules.hpp"
#include "rules/pattern.hpp"
#include "rules/scores.hpp"
#include "text/normalise.hpp"

namespace dechaff::rules {

enum class Scope { line, span, block, section };
enum class Until { blank, end, prose };

/// The longest run of lines that a block pattern may ask for.
inline constexpr std::size_t most_block_lines = 32;

/// A closed interval; both ends open by default.
struct Range {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();

  bool contains(double value) const { return least <= value && value <= most; }
};

/// What a rule asks of a line, block or document. Everything unset is met.
struct When {
  std::optional<Range> words, chars, letters, digits, upper, capitalised, block_lines, document_lines;
  std::optional<bool> ends_sentence, said, list_item, indented, has_link, blank_before, blank_after;
  std::vector<std::string> languages;  ///< lower-case primary subtags
  std::vector<std::string> hosts;      ///< lower case; each takes its subdomains in
};

enum class Side { either, after, before };

/// A hit of some rule, or a dropped line, must stand near.
struct Neighbour {
  Side side = Side::either;
  std::string target;               ///< as written
  std::vector<EntryIndex> entries;  ///< what the target names, sorted
  bool dropped = false;             ///< the target is "dropped"
};

struct Where {
  std::uint32_t head = 0;  ///< 0: not asked
  std::uint32_t tail = 0;
  std::uint32_t within = 3;
  std::vector<Neighbour> neighbours;
};

struct Repeat {
  enum class Of { line, start };
  Of of = Of::line;
  std::uint32_t min_words = 4;
  bool keep_last = false;
  std::uint32_t within = std::numeric_limits<std::uint32_t>::max();  ///< lines, blank ones not counted
};

/// What a text must have for a pattern to match in it: nearly all lines are told from the few that may be hit
/// by it. An empty list asks for nothing.
struct Sieve {
  TextList starts;      ///< match::prefixes: it begins with one of these; sorted
  TextList needs;       ///< match::needed_literals: it holds one of these; for blocks needed_words
  bool either = false;  ///< one of both lists is enough; both ask for something
};

/// A text and what the rule, alone, makes of it.
struct Example {
  std::string text;
  std::string leaves;
  SourcePos pos;
};

/// One `[[rule]]`. `lines` and `pattern` both may be absent: then `when`, `where` and `repeat` alone say what
/// is hit.
struct Rule {
  EntryIndex entry = 0;
  EntryKind effect = EntryKind::drop;
  Scope scope = Scope::line;
  bool raw = false;
  TextList lines;  ///< comparison forms: folded, or as written if `raw`
  std::optional<Pattern> pattern;
  std::shared_ptr<const Sieve> sieve;  ///< of the pattern, where it has been made
  std::vector<Pattern> except;
  std::optional<std::string> replace;  ///< checked against the captures of `pattern`
  std::optional<Repeat> repeat;
  Shared<When> when;
  Where where;
  Until until = Until::blank;
  std::uint32_t max_lines = 8;
  std::vector<std::string> languages;
  std::vector<Example> drops, keeps;
  bool conditional = false;  ///< asks for more than text: measures, place, neighbours, exceptions, repeats

  /// Whether the text of a line has a say in what is hit.
  bool has_text() const { return !lines.empty() || pattern.has_value() || !except.empty(); }
};

/// A step as the files declare it; whether it is in force is its entry's and the profile's business.
struct DeclaredStep {
  text::Step step;
  std::vector<Example> examples;
};

/// What an `[[override]]` sets, for the entries it names.
struct Override {
  std::vector<EntryIndex> entries;
  std::vector<std::string> hosts;  ///< empty: for every document
  std::optional<bool> enabled;
  std::optional<int> level;
  std::optional<double> score;
};

/// A file that was read.
struct SourceFile {
  std::string name;
  std::string layer;
  std::string bytes;                    ///< of a file that is not as built
  const EmbeddedFile* built = nullptr;  ///< what the library was built with, if it is that byte for byte
  std::string identity;                 ///< one for all paths that lead to it; empty where the name is
  bool counts_characters = false;       ///< so do, until the rules are all read, the columns of places in it

  std::string_view content() const { return is_as_built() ? built->content : bytes; }
  /// Whether its patterns are known to compile.
  bool is_as_built() const { return built != nullptr; }
};

/// Entries that are always there, at these indices.
inline constexpr EntryIndex encoding_entry = 0;  ///< "text.encoding"
inline constexpr EntryIndex invalid_entry = 1;   ///< "text.invalid"
inline constexpr EntryIndex form_entry = 2;      ///< "text.form"
inline constexpr EntryIndex builtin_entries = 3;

struct Compiled {
  std::vector<Entry> entries;
  std::vector<Rule> rules;          ///< in the order of their entries
  std::vector<DeclaredStep> steps;  ///< in the order they run
  std::vector<Override> host_overrides;
  std::vector<Profile> profiles;
  Scores scores;
  std::deque<SourceFile> files;
  std::shared_ptr<const void> image;  ///< what texts and tables are lent by; null if they are not
  std::string_view matcher;           ///< what the image holds of a matcher for these very rules, or nothing

  const Profile* profile(std::string_view name) const;
};

/// The entries that a handle names: an id, a tag, or a family (the part of an id before a dot). Sorted.
std::vector<EntryIndex> entries_named(const std::vector<Entry>& entries, std::string_view handle);

/// "pt-BR" → "pt".
std::string primary_language(std::string_view tag);

/// Whether `host` is `pattern` or a subdomain of it. Both in lower case.
bool host_matches(std::string_view host, std::string_view pattern);

}  // namespace dechaff::rules
