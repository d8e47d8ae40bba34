#include "rules/files.hpp"
#include "rules/read_rule.hpp"

namespace dechaff::rules {

namespace {

constexpr std::string_view actions =
    "characters, mojibake, entities, terminal-escapes, line-ends, soft-line-breaks, trailing-space, "
    "space-runs, "
    "blank-lines, edge-lines, final-newline";

std::vector<text::CharClass> read_classes(TableReader& reader, std::string_view key) {
  std::vector<text::CharClass> out;
  for (const PlacedString& name : reader.strings(key)) {
    if (const auto known = text::CharClass::named(name.text)) {
      out.push_back(*known);
    } else {
      reader.errors().add(name.at, "'" + name.text +
                                       "' is no class of characters; docs/rules.md lists them (\"letter\", "
                                       "\"rtl\", \"Thai\", \"U+200D\", …)");
    }
  }
  return out;
}

void wrong_code_point(const FileErrors& errors, const PlacedString& spelled) {
  errors.add(spelled.at,
             "'" + spelled.text + "' must be a code point such as \"U+00AD\" or a range \"U+202A..U+202E\"");
}

/// The pairs of `node`, an array of arrays of two strings; what else stands there is an error that says
/// `wanted`.
std::vector<std::pair<PlacedString, PlacedString>> read_string_pairs(const toml::node* node,
                                                                     const FileErrors& errors,
                                                                     std::string_view wanted) {
  std::vector<std::pair<PlacedString, PlacedString>> out;
  if (node == nullptr) return out;
  const toml::array* pairs = node->as_array();
  if (pairs == nullptr) {
    errors.add(node->source().begin, std::string(wanted));
    return out;
  }
  for (const toml::node& element : *pairs) {
    const toml::array* pair = element.as_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_string()) {
      errors.add(element.source().begin, std::string(wanted));
      continue;
    }
    const auto placed = [&](std::size_t i) {
      return PlacedString{(*pair)[i].as_string()->get(), (*pair)[i].source().begin};
    };
    out.emplace_back(placed(0), placed(1));
  }
  return out;
}

/// What the characters of a table become: `to`, `to_first` or, with the characters themselves, `map`.
void read_results(TableReader& reader, text::CharacterTable& table) {
  const auto check_size = [&](const PlacedString& to) {
    if (to.text.size() > most_replacement_bytes) {
      reader.errors().add(to.at, "what a character becomes is longer than " +
                                     std::to_string(most_replacement_bytes) + " bytes; shorten it");
    }
  };
  if (const auto to = reader.string("to")) {
    table.to = to->text;
    check_size(*to);
  }
  if (const auto first = reader.string("to_first")) {
    const auto range = text::code_range(first->text);
    if (range && range->first == range->last) {
      table.to_first = range->first;
    } else {
      wrong_code_point(reader.errors(), *first);
    }
  }
  for (const auto& [from, to] : read_string_pairs(reader.node("map"), reader.errors(),
                                                  "'map' must be a list of pairs [\"U+2026\", \"...\"]")) {
    if (const auto range = text::code_range(from.text)) {
      table.chars.push_back(*range);
      table.to_each.push_back(to.text);
      check_size(to);
    } else {
      wrong_code_point(reader.errors(), from);
    }
  }
  const int ways =
      (reader.has("to") ? 1 : 0) + (reader.has("to_first") ? 1 : 0) + (reader.has("map") ? 1 : 0);
  if (ways > 1 || (reader.has("map") && reader.has("chars"))) {
    reader.errors().add(
        reader.at(),
        "say what becomes of the characters in one way: 'chars' with 'to' or 'to_first', or 'map'");
  }
}

/// Whether `to_first` and what follows it, one for each of `chars`, are characters.
bool results_are_characters(const text::CharacterTable& table) {
  std::uint64_t last = table.to_first;
  for (const text::CodeRange& range : table.chars) last += range.last - range.first + 1;
  if (last > table.to_first) --last;
  return last < 0xD800 || (table.to_first > 0xDFFF && last <= 0x10FFFF);
}

text::CharacterTable read_table(TableReader& reader) {
  text::CharacterTable table;
  for (const PlacedString& spelled : reader.strings("chars")) {
    if (const auto range = text::code_range(spelled.text)) {
      table.chars.push_back(*range);
    } else {
      wrong_code_point(reader.errors(), spelled);
    }
  }
  read_results(reader, table);
  table.after = read_classes(reader, "after");
  table.before = read_classes(reader, "before");
  table.unless_after = read_classes(reader, "unless_after");
  table.unless_before = read_classes(reader, "unless_before");
  table.unless_near = read_classes(reader, "unless_near");
  table.count_only = reader.boolean("count_only").value_or(false);
  if (table.to_first != 0 && !results_are_characters(table)) {
    reader.error("to_first",
                 "'to_first' and those that follow it, one for each of 'chars', must all be characters");
  } else if (table.feeds_itself()) {
    reader.errors().add(reader.at(),
                        "the step makes characters that it would change again, and might never end");
  }
  return table;
}

std::vector<Example> read_pairs(TableReader& reader) {
  std::vector<Example> out;
  for (const auto& [before, after] :
       read_string_pairs(reader.node("examples"), reader.errors(),
                         "'examples' must be a list of pairs [\"before\", \"after\"]")) {
    out.push_back({before.text, after.text, reader.errors().pos(before.at)});
  }
  return out;
}

}  // namespace

ReadStep read_step(const toml::table& table, const Pack& pack, FileErrors errors) {
  TableReader reader(table, errors);
  ReadStep out;
  out.entry = read_entry(reader, pack);
  out.entry.kind = EntryKind::step;
  bool known = true;
  if (const auto action = reader.string("action")) {
    if (const auto named = text::step_action_named(action->text)) {
      out.step.step.action = *named;
    } else {
      known = false;
      errors.add(action->at,
                 "'action' is '" + action->text + "', but must be one of " + std::string(actions));
    }
  }
  const bool characters = out.step.step.action == text::StepAction::characters;
  if (characters) {
    out.step.step.table = read_table(reader);
    if (known && !reader.has("chars") && !reader.has("map"))
      errors.add(reader.at(), "a step needs 'chars', 'map' or an 'action'");
  }
  out.step.examples = read_pairs(reader);
  reader.finish();
  return out;
}

}  // namespace dechaff::rules
