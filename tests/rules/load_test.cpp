#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "pattern_files.hpp"

namespace dechaff {
namespace {

using testing::ElementsAre;

/// The whole of what is said about a file a.toml.
struct WrongFile {
  const char* name;
  std::string toml;
  std::vector<std::string> want;  // without the name of the file
};

class WrongPatternFile : public testing::TestWithParam<WrongFile> {};

const std::string head = "[[rule]]\nid = \"a.b\"\n";
const std::string rule = head + "lines = [\"x\"]\n";

const std::string long_pattern = head + "pattern = '" + std::string(4097, 'a') + "'\n";

std::string captures(int count) {
  std::string out = head + "pattern = '";
  for (int i = 0; i < count; ++i) out += "(a)";
  return out + "'\n";
}

const WrongFile key_cases[] = {
    {"unknown_key_at_the_top", "rules = 1\n", {"1:1: unknown key 'rules', did you mean 'rule'?"}},
    {"unknown_key_of_a_rule", rule + "levl = 2\n", {"4:1: unknown key 'levl', did you mean 'level'?"}},
    {"unknown_key_near_nothing", rule + "colour = 2\n", {"4:1: unknown key 'colour'; take it out"}},
    {"unknown_key_of_when",
     rule + "when = { word = 3 }\n",
     {"4:10: unknown key 'word', did you mean 'words'?"}},
    {"unknown_key_of_where",
     rule + "where = { haed = 3 }\n",
     {"4:11: unknown key 'haed', did you mean 'head'?"}},
    {"unknown_key_of_repeat",
     head + "repeat = { min_word = 3 }\n",
     {"3:12: unknown key 'min_word', did you mean 'min_words'?"}},
    {"unknown_key_of_a_pack",
     "[pack]\nname = \"p\"\nlicence = \"MIT\"\n",
     {"3:1: unknown key 'licence', did you mean 'license'?"}},
    {"unknown_key_of_an_override",
     rule + "[[override]]\nid = \"a.b\"\nhost = [\"a.org\"]\n",
     {"6:1: unknown key 'host', did you mean 'hosts'?"}},
    {"unknown_key_of_a_profile",
     "[profile.p]\nbais = 2\n",
     {"2:1: unknown key 'bais', did you mean 'bias'?"}},
    {"unknown_key_of_a_step",
     "[[step]]\nid = \"s.t\"\nchars = [\"U+00AD\"]\nunless_neer = [\"Thai\"]\n",
     {"4:1: unknown key 'unless_neer', did you mean 'unless_near'?"}},
    {"unknown_key_of_an_example",
     rule + "drops = [{ text = \"x\", leavs = \"\" }]\n",
     {"4:10: an example table needs 'text' and 'leaves'",
      "4:24: unknown key 'leavs', did you mean 'leaves'?"}},
    {"table_of_characters_beside_an_action",
     "[[step]]\nid = \"s.t\"\naction = \"mojibake\"\nchars = [\"U+00AD\"]\n",
     {"4:1: unknown key 'chars'; take it out"}},
};

const WrongFile type_cases[] = {
    {"id_is_a_number", "[[rule]]\nid = 3\nlines = [\"x\"]\n", {"2:1: 'id' must be a string, in quotes"}},
    {"lines_is_a_string",
     head + "lines = \"x\"\n",
     {"3:1: 'lines' must be a list of strings, such as [\"one\", \"two\"]"}},
    {"a_line_is_a_number",
     head + "lines = [\"x\", 3]\n",
     {"3:15: 'lines' holds strings only; put this in quotes"}},
    {"enabled_is_a_string", rule + "enabled = \"no\"\n", {"4:1: 'enabled' must be true or false"}},
    {"level_is_out_of_range", rule + "level = 4\n", {"4:1: 'level' must be a whole number from 1 to 3"}},
    {"level_is_no_integer", rule + "level = 1.5\n", {"4:1: 'level' must be a whole number from 1 to 3"}},
    {"score_is_a_string", rule + "score = \"-1\"\n", {"4:1: 'score' must be a number"}},
    {"score_is_not_finite", rule + "score = -inf\n", {"4:1: 'score' must be a number"}},
    {"when_is_a_string",
     rule + "when = \"short\"\n",
     {"4:1: 'when' must be a table, such as { key = value }"}},
    {"rule_is_a_table", "[rule]\nid = \"a.b\"\n", {"1:2: 'rule' must be written [[rule]]"}},
    {"rule_is_a_list_of_numbers", "rule = [1]\n", {"1:9: write each rule as a table [[rule]]"}},
    {"profile_is_a_number", "[profile]\nsafe = 1\n", {"2:1: write a profile as a table [profile.safe]"}},
    {"drops_is_a_string", rule + "drops = \"x\"\n", {"4:1: 'drops' must be a list of texts"}},
    {"a_drops_example_is_a_number",
     rule + "drops = [1]\n",
     {"4:10: an example of 'drops' must be a string or { text = …, leaves = … }"}},
    {"a_keeps_example_is_a_table",
     rule + "keeps = [{ text = \"a\", leaves = \"a\" }]\n",
     {"4:10: an example of 'keeps' must be a string"}},
    {"max_lines_of_a_block_is_too_large",
     head + "scope = \"block\"\npattern = 'a'\nmax_lines = 33\n",
     {"5:1: 'max_lines' must be a whole number from 1 to 32"}},
    {"head_is_zero",
     rule + "where = { head = 0 }\n",
     {"4:11: 'head' must be a whole number from 1 to 100000"}},
    {"version_is_a_string",
     "[pack]\nname = \"p\"\nversion = \"1\"\n",
     {"3:1: 'version' must be a whole number from 0 to 2147483647"}},
    {"include_is_a_string",
     "include = \"b.toml\"\n",
     {"1:1: 'include' must be a list of strings, such as [\"one\", \"two\"]"}},
};

const WrongFile value_cases[] = {
    {"id_is_missing",
     "[[rule]]\nlines = [\"x\"]\n",
     {"1:1: an 'id' is missing, such as id = \"my-site.banner\""}},
    {"id_in_upper_case",
     "[[rule]]\nid = \"Ads.Banner\"\nlines = [\"x\"]\n",
     {"2:6: the id 'Ads.Banner' must be words of a-z, 0-9 and '-' with dots between them, not starting with "
      "'text.'"}},
    {"id_with_two_dots_together",
     "[[rule]]\nid = \"a..b\"\nlines = [\"x\"]\n",
     {"2:6: the id 'a..b' must be words of a-z, 0-9 and '-' with dots between them, not starting with "
      "'text.'"}},
    {"id_of_the_builtin_family",
     "[[rule]]\nid = \"text.form\"\nlines = [\"x\"]\n",
     {"2:6: the id 'text.form' must be words of a-z, 0-9 and '-' with dots between them, not starting with "
      "'text.'"}},
    {"id_is_empty",
     "[[rule]]\nid = \"\"\nlines = [\"x\"]\n",
     {"2:6: the id '' must be words of a-z, 0-9 and '-' with dots between them, not starting with 'text.'"}},
    {"tag_with_a_space",
     rule + "tags = [\"ok\", \"my tag\"]\n",
     {"4:15: the tag 'my tag' must be words of a-z, 0-9 and '-'"}},
    {"pack_without_a_name", "[pack]\nversion = 1\n", {"1:1: a pack needs a 'name'"}},
    {"pack_with_a_bad_name",
     "[pack]\nname = \"My pack\"\n",
     {"2:8: the pack's name must be words of a-z, 0-9 and '-'"}},
    {"scope_is_unknown",
     rule + "scope = \"lines\"\n",
     {"4:9: 'scope' is 'lines', but must be one of line, span, block, section"}},
    {"until_is_unknown",
     head + "scope = \"section\"\npattern = 'a'\nuntil = \"empty\"\n",
     {"5:9: 'until' is 'empty', but must be one of blank, end, prose"}},
    {"repeat_of_is_unknown",
     head + "repeat = { of = \"end\" }\n",
     {"3:17: 'of' is 'end', but must be one of line, start"}},
    {"repeat_keep_is_unknown",
     head + "repeat = { keep = \"all\" }\n",
     {"3:19: 'keep' is 'all', but must be one of first, last"}},
    {"range_upside_down",
     rule + "when = { words = \"7..2\" }\n",
     {"4:10: 'words' must be a number or a range such as \"..4\", \"2..7\" or \"0.5..\""}},
    {"range_without_ends",
     rule + "when = { chars = \"..\" }\n",
     {"4:10: 'chars' must be a number or a range such as \"..4\", \"2..7\" or \"0.5..\""}},
    {"range_with_a_letter",
     rule + "when = { upper = \"0,5..\" }\n",
     {"4:10: 'upper' must be a number or a range such as \"..4\", \"2..7\" or \"0.5..\""}},
    {"range_below_zero",
     rule + "when = { digits = -1 }\n",
     {"4:10: 'digits' must be a number or a range such as \"..4\", \"2..7\" or \"0.5..\""}},
    {"phrase_of_punctuation",
     head + "lines = [\"x\", \"* * *\"]\n",
     {"3:15: the phrase holds nothing but punctuation, which folds to nothing; use a raw pattern"}},
    {"phrase_of_two_lines",
     head + "raw = true\nlines = [\"x\\ny\"]\n",
     {"4:10: a phrase is one line; for several lines use scope = \"block\" and a pattern"}},
    {"neighbour_that_is_no_rule",
     rule + "where = { near = \"a.c\" }\n",
     {"1:1: 'a.c' names no rule, tag or family, did you mean 'a.b'?"}},
    {"action_is_unknown",
     "[[step]]\nid = \"s.t\"\naction = \"spaces\"\n",
     {"3:10: 'action' is 'spaces', but must be one of characters, mojibake, entities, terminal-escapes, "
      "line-ends, soft-line-breaks, trailing-space, space-runs, blank-lines, edge-lines, final-newline"}},
    {"code_point_in_decimal",
     "[[step]]\nid = \"s.t\"\nchars = [\"173\"]\n",
     {"3:10: '173' must be a code point such as \"U+00AD\" or a range \"U+202A..U+202E\""}},
    {"class_is_unknown",
     "[[step]]\nid = \"s.t\"\nchars = [\"U+00AD\"]\nafter = [\"latin-ish\"]\n",
     {"4:10: 'latin-ish' is no class of characters; docs/rules.md lists them (\"letter\", \"rtl\", \"Thai\", "
      "\"U+200D\", …)"}},
    {"map_is_no_list_of_pairs",
     "[[step]]\nid = \"s.t\"\nmap = [[\"U+2026\"]]\n",
     {"3:8: 'map' must be a list of pairs [\"U+2026\", \"...\"]"}},
    {"step_examples_are_no_pairs",
     "[[step]]\nid = \"s.t\"\nchars = [\"U+00AD\"]\nexamples = [\"a\"]\n",
     {"4:13: 'examples' must be a list of pairs [\"before\", \"after\"]"}},
    {"profile_level_is_out_of_range",
     "[profile.p]\nlevel = 4\n",
     {"2:1: 'level' must be a whole number from 0 to 3"}},
    {"profile_form_is_unknown",
     "[profile.p]\nform = \"NFC\"\n",
     {"2:8: 'form' is 'NFC', but must be one of nfc, nfd, nfkc, nfkd, none"}},
    {"profile_switch_cost_below_zero",
     "[profile.p]\nswitch_cost = -1\n",
     {"2:1: 'switch_cost' must not be below 0"}},
    {"profile_max_removed_above_one",
     "[profile.p]\nmax_removed = 1.5\n",
     {"2:1: 'max_removed' is a share from 0 to 1"}},
    {"profile_bias_is_a_string", "[profile.p]\nbias = \"4\"\n", {"2:1: 'bias' must be a number"}},
};

const WrongFile sense_cases[] = {
    {"rule_that_hits_nothing",
     head,
     {"1:1: the rule hits nothing: give it 'lines', 'pattern', 'repeat' or 'when'"}},
    {"no_lines_would_hit_every_line",
     head + "lines = []\n",
     {"3:1: 'lines' is empty: fill it or take it out"}},
    {"empty_when_would_hit_every_line",
     head + "when = {}\n",
     {"3:1: 'when' is empty: fill it or take it out"}},
    {"where_alone_would_drop_every_line_there",
     head + "where = { tail = 3 }\n",
     {"1:1: 'where' alone would drop every line there: give the rule 'lines', 'pattern' or 'when'"}},
    {"within_without_a_neighbour",
     rule + "where = { tail = 3, within = 2 }\n",
     {"4:21: 'within' needs 'near', 'after' or 'before'"}},
    {"two_effects",
     rule + "level = 1\nscore = -1\n",
     {"1:1: a rule does one thing: keep one of 'level', 'score', 'keep' and 'replace'"}},
    {"keep_and_replace",
     head + "pattern = 'a'\nkeep = true\nreplace = 'b'\n",
     {"1:1: a rule does one thing: keep one of 'level', 'score', 'keep' and 'replace'"}},
    {"keep_is_false", rule + "keep = false\n", {"4:1: 'keep' can only be true; to drop lines, leave it out"}},
    {"span_of_lines",
     rule + "scope = \"span\"\n",
     {"3:1: a span is found by 'pattern'; 'lines' are whole lines"}},
    {"block_without_text",
     head + "scope = \"block\"\nwhen = { words = 1 }\n",
     {"3:1: a rule for a span, block or section needs 'lines' or 'pattern'"}},
    {"replace_without_a_pattern",
     rule + "replace = 'b'\n",
     {"4:1: 'replace' needs a 'pattern' and works on lines and spans"}},
    {"replace_of_a_section",
     head + "scope = \"section\"\npattern = 'a'\nreplace = 'b'\n",
     {"5:1: 'replace' needs a 'pattern' and works on lines and spans"}},
    {"replace_beside_lines",
     rule + "pattern = 'a'\nreplace = 'b'\n",
     {"3:1: 'replace' rewrites what 'pattern' finds; put the lines into the pattern"}},
    {"until_of_a_line", rule + "until = \"end\"\n", {"4:1: 'until' is for scope = \"section\""}},
    {"max_lines_of_a_line",
     rule + "max_lines = 3\n",
     {"4:1: 'max_lines' is for scope = \"section\" and \"block\""}},
    {"repeat_of_a_block",
     head + "scope = \"block\"\npattern = 'a'\nrepeat = { min_words = 3 }\n",
     {"5:1: 'repeat' compares lines: leave 'scope' out"}},
    {"replace_with_an_unknown_number",
     head + "pattern = '(a)'\nreplace = '$2'\n",
     {"4:1: the pattern has no capture '2'"}},
    {"replace_with_an_unknown_name",
     head + "pattern = '(?<n>a)'\nreplace = '${m}'\n",
     {"4:1: the pattern has no capture 'm'"}},
    {"replace_with_a_lone_dollar",
     head + "pattern = 'a'\nreplace = 'US$ 3'\n",
     {"4:1: a '$' must be followed by a capture, such as $1 or ${name}; write $$ for the sign itself"}},
    {"replace_with_a_line_feed",
     head + "pattern = 'a'\nreplace = \"b\\nc\"\n",
     {"4:1: 'replace' makes one line of one line: take the line feed out"}},
    {"step_without_characters",
     "[[step]]\nid = \"s.t\"\nto = \"x\"\n",
     {"1:1: a step needs 'chars', 'map' or an 'action'"}},
    {"step_with_two_results",
     "[[step]]\nid = \"s.t\"\nchars = [\"U+00AD\"]\nto = \"x\"\nto_first = \"U+0041\"\n",
     {"1:1: say what becomes of the characters in one way: 'chars' with 'to' or 'to_first', or 'map'"}},
    {"step_that_makes_surrogates",
     "[[step]]\nid = \"s.t\"\nchars = [\"U+0041..U+0042\"]\nto_first = \"U+D7FF\"\n",
     {"4:1: 'to_first' and those that follow it, one for each of 'chars', must all be characters"}},
    {"step_that_leaves_unicode",
     "[[step]]\nid = \"s.t\"\nchars = [\"U+FF01..U+FF52E\"]\nto_first = \"U+10FF00\"\n",
     {"4:1: 'to_first' and those that follow it, one for each of 'chars', must all be characters"}},
    {"step_that_feeds_itself",
     "[[step]]\nid = \"s.t\"\nchars = [\"U+0041\"]\nto = \"AA\"\n",
     {"1:1: the step makes characters that it would change again, and might never end"}},
};

const WrongFile pattern_cases[] = {
    {"open_group",
     head + "pattern = '^(a|b$'\n",
     {"3:11: the pattern is wrong at its character 7: missing closing parenthesis"}},
    {"place_counts_characters",
     head + "pattern = 'äöü['\n",
     {"3:11: the pattern is wrong at its character 5: missing terminating ] for character class"}},
    {"pattern_on_its_own_line",
     head + "pattern = '''\na)'''\n",
     {"3:11: the pattern is wrong at its character 2: unmatched closing parenthesis"}},
    {"any_code_unit",
     head + "pattern = 'a\\Cb'\n",
     {"3:11: the pattern is wrong at its character 4: \\C would cut characters apart; write . instead"}},
    {"too_long",
     long_pattern,
     {"3:11: the pattern is wrong at its character 4097: it is longer than 4096 bytes; split the rule"}},
    {"too_large",
     head + "pattern = '(?:(?:a{1,999}){1,999}){1,999}'\n",
     {"3:11: the pattern is wrong at its character 31: it is too large once its repeats are spelled out; use "
      "smaller ones or split the rule"}},
    {"too_many_captures",
     captures(32),
     {"3:11: the pattern is wrong at its character 1: more than 31 captures, write (?:…) for groups"}},
    {"lookbehind_without_a_length",
     head + "pattern = '(?<=a+)b'\n",
     {"3:11: the pattern is wrong at its character 1: lookbehind assertion is not fixed length"}},
    {"exception",
     rule + "except = ['a', '[']\n",
     {"4:16: the pattern is wrong at its character 2: missing terminating ] for character class"}},
    {"exception_of_an_override",
     rule + "[[override]]\nid = \"a.b\"\nadd_except = ['*']\n",
     {"6:15: the pattern is wrong at its character 1: quantifier does not follow a repeatable item"}},
};

const WrongFile override_cases[] = {
    {"level_of_a_score",
     "[[rule]]\nid = \"a.b\"\nscore = 1\nwhen = { words = 1 }\n[[override]]\nid = \"a.b\"\nlevel = 2\n",
     {"6:6: 'a.b' has no level: only rules that drop or rewrite do"}},
    {"score_of_a_drop",
     rule + "[[override]]\nid = \"a.b\"\nscore = 2\n",
     {"5:6: 'a.b' has no score: only rules that weigh do"}},
    {"override_without_an_id",
     "[[override]]\nenabled = false\n",
     {"1:1: an override needs the 'id' of a rule, tag or family"}},
    {"override_of_an_unknown_rule",
     rule + "[[override]]\nid = \"a.bb\"\nenabled = false\n",
     {"5:6: 'a.bb' names no rule, tag or family, did you mean 'a.b'?"}},
    {"override_of_nothing_near",
     "[[override]]\nid = \"completely-else\"\nenabled = false\n",
     {"2:6: 'completely-else' names no rule, tag or family"}},
    {"override_of_a_builtin",
     "[[override]]\nid = \"text.form\"\nenabled = false\n",
     {"2:6: 'text.form' is always there; the profile's 'form' and --encoding say what it does"}},
    {"lines_for_a_family",
     rule + "[[rule]]\nid = \"a.c\"\nlines = [\"y\"]\n[[override]]\nid = \"a\"\nadd_lines = [\"z\"]\n",
     {"8:6: 'add_lines' and 'add_except' need the id of one rule"}},
    {"lines_for_some_hosts",
     rule + "[[override]]\nid = \"a.b\"\nhosts = [\"a.org\"]\nadd_lines = [\"z\"]\n",
     {"4:1: 'add_lines' and 'add_except' hold for all hosts; for some hosts write a rule with when = { host "
      "= [...] }"}},
    {"lines_for_a_span",
     head + "scope = \"span\"\npattern = 'a'\n[[override]]\nid = \"a.b\"\nadd_lines = [\"z\"]\n",
     {"6:6: 'add_lines' needs a rule that hits whole lines by 'lines' or 'pattern'"}},
    {"lines_for_a_rule_of_measures",
     head + "when = { words = 1 }\n[[override]]\nid = \"a.b\"\nadd_lines = [\"z\"]\n",
     {"5:6: 'add_lines' needs a rule that hits whole lines by 'lines' or 'pattern'"}},
    {"added_line_of_punctuation",
     rule + "[[override]]\nid = \"a.b\"\nadd_lines = [\"…\"]\n",
     {"6:14: the phrase holds nothing but punctuation, which folds to nothing; use a raw pattern"}},
    {"level_out_of_range",
     rule + "[[override]]\nid = \"a.b\"\nlevel = 0\n",
     {"6:1: 'level' must be a whole number from 1 to 3"}},
};

const WrongFile toml_cases[] = {
    {"bracket_is_missing",
     "[[rule]\nid = \"a.b\"\n",
     {"1:8: this is no TOML: error while parsing table header: expected ']', saw '\\n'"}},
    {"control_character_as_a_key",
     "[[\x12"
     "rule]]\n",
     {"1:3: this is no TOML: error while parsing key: expected bare key starting character or string "
      "delimiter, saw '\\u0012'"}},
    {"letter_beyond_ascii_behind_a_value",
     head + "level = 1 é\n",
     {"3:11: this is no TOML: error while parsing key-value pair: expected a comment or whitespace, saw "
      "'é'"}},
    {"key_twice",
     rule + "id = \"a.c\"\n",
     {"4:6: this is no TOML: error while parsing key-value pair: cannot redefine existing string 'id'"}},
    {"string_not_closed",
     head + "why = \"no end\n",
     {"3:14: this is no TOML: error while parsing string: unescaped control characters other than TAB "
      "(U+0009) are explicitly prohibited"}},
    {"value_is_missing",
     head + "level =\n",
     {"3:8: this is no TOML: error while parsing key-value pair: expected value, saw '\\n'"}},
    {"backslash_of_a_pattern_in_double_quotes",
     head + "pattern = \"\\d\"\n",
     {"3:13: this is no TOML: error while parsing string: unknown escape sequence '\\d'"}},
    {"invalid_utf8",
     head + "lines = [\"caf\xE9\"]\n",
     {"3:14: the file is no valid UTF-8; save it as UTF-8"}},
    {"columns_count_bytes",
     head + "lines = [\"äöü\", 3]\n",
     {"3:20: 'lines' holds strings only; put this in quotes"}},
    {"carriage_returns_end_no_column",
     "[[rule]]\r\nid = \"a.b\"\r\nlines = [\"é\", 3]\r\n",
     {"3:16: 'lines' holds strings only; put this in quotes"}},
};

const WrongFile several_cases[] = {
    {"in_the_order_of_lines",
     "[[rule]]\nid = \"A\"\nlins = [\"x\"]\nlevel = 9\nwhen = { words = \"x\" }\n[[override]]\nid = "
     "\"nobody\"\nenabled = 1\n[profile.p]\nlevel = -1\n",
     {"2:6: the id 'A' must be words of a-z, 0-9 and '-' with dots between them, not starting with 'text.'",
      "3:1: unknown key 'lins', did you mean 'lines'?", "4:1: 'level' must be a whole number from 1 to 3",
      "5:10: 'words' must be a number or a range such as \"..4\", \"2..7\" or \"0.5..\"",
      "7:6: 'nobody' names no rule, tag or family", "8:1: 'enabled' must be true or false",
      "10:1: 'level' must be a whole number from 0 to 3"}},
    {"in_one_list",
     head + "lines = [1, \"...\", \"ok\", true]\n",
     {"3:10: 'lines' holds strings only; put this in quotes",
      "3:13: the phrase holds nothing but punctuation, which folds to nothing; use a raw pattern",
      "3:26: 'lines' holds strings only; put this in quotes"}},
    {"same_id_twice",
     rule + "[[rule]]\nid = \"a.b\"\nlines = [\"y\"]\n",
     {"4:1: the id 'a.b' stands already in a.toml:1; choose another, or change that rule by an "
      "[[override]]"}},
    {"rule_and_step_of_one_id",
     rule + "[[step]]\nid = \"a.b\"\naction = \"mojibake\"\n",
     {"1:1: the id 'a.b' stands already in a.toml:4; choose another, or change that rule by an "
      "[[override]]"}},
};

TEST_P(WrongPatternFile, IsToldInFull) {
  const ScratchFolder folder;
  const LoadedRules loaded = load_layers({{"test", put(folder, "a.toml", GetParam().toml)}});
  std::vector<std::string> want;
  for (const std::string& message : GetParam().want) want.push_back("a.toml:" + message);
  EXPECT_EQ(messages(loaded, folder), want);
  EXPECT_EQ(loaded.rules, nullptr);
}

INSTANTIATE_TEST_SUITE_P(Keys, WrongPatternFile, testing::ValuesIn(key_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Types, WrongPatternFile, testing::ValuesIn(type_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Values, WrongPatternFile, testing::ValuesIn(value_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Sense, WrongPatternFile, testing::ValuesIn(sense_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Patterns, WrongPatternFile, testing::ValuesIn(pattern_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Overrides, WrongPatternFile, testing::ValuesIn(override_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Toml, WrongPatternFile, testing::ValuesIn(toml_cases), case_name);
INSTANTIATE_TEST_SUITE_P(Several, WrongPatternFile, testing::ValuesIn(several_cases), case_name);

TEST(WrongScoreFile, HasColumnsInBytes) {
  const ScratchFolder folder;
  const auto file = put(folder, "a.scores", "1 word=größe bogus=1\n");
  EXPECT_THAT(messages(load_layers({{"test", file}}), folder),
              ElementsAre("a.scores:1:16: nothing can be asked by 'bogus'"));
}

TEST(RightPatternFile, MayUseEverySpellingOfARange) {
  const ScratchFolder folder;
  for (const char* range : {"4", "\"4\"", "\"..4\"", "\"4..\"", "\"2..7\"", "0.5", "\"0.25..0.75\""}) {
    const auto file = put(folder, "a.toml", rule + "when = { letters = " + range + " }\n");
    EXPECT_THAT(messages(load_layers({{"test", file}}), folder), ElementsAre()) << range;
  }
}

TEST(RightPatternFile, MayMoveCharactersUpToTheLastOne) {
  const ScratchFolder folder;
  for (const char* to : {"U+D7FE", "U+E000", "U+10FFFE"}) {
    const auto file =
        put(folder, "a.toml",
            "[[step]]\nid = \"s.t\"\nchars = [\"U+0041..U+0042\"]\nto_first = \"" + std::string(to) + "\"\n");
    EXPECT_THAT(messages(load_layers({{"test", file}}), folder), ElementsAre()) << to;
  }
}

TEST(RightPatternFile, MayBeEmpty) {
  const ScratchFolder folder;
  const LoadedRules loaded =
      load_layers({{"test", put(folder, "a.toml", "")}, {"test", put(folder, "b.txt", "")}});
  EXPECT_THAT(messages(loaded, folder), ElementsAre());
  EXPECT_NE(loaded.rules, nullptr);
}

TEST(Include, TakesFilesBelowTheFolder) {
  const ScratchFolder folder;
  put(folder, "sub/b.toml", "[[rule]]\nid = \"b.c\"\nlines = [\"y\"]\ninclude = []\n");
  put(folder, "sub/list.txt", "One\n");
  const auto file = put(folder, "a.toml", "include = [\"sub/b.toml\", \"./sub/../sub/list.txt\"]\n" + rule);
  EXPECT_THAT(messages(load_layers({{"test", file}}), folder),
              ElementsAre("sub/b.toml:4:1: unknown key 'include'; take it out"));
}

TEST(Include, LeadsNowhereElse) {
  const ScratchFolder folder;
  put(folder, "outside.toml", "");
  put(folder, "in/more.conf", "");
  const auto file = put(folder, "in/a.toml",
                        "include = [\"/etc/passwd.toml\",\n \"../outside.toml\",\n "
                        "\"x/../../outside.toml\",\n \"more.conf\",\n \"\",\n \".\"]\n");
  EXPECT_THAT(
      messages(load_layers({{"test", file}}), folder),
      ElementsAre(
          "in/a.toml:1:12: '/etc/passwd.toml' must be a .toml, .txt or .scores file below the folder of this "
          "file",
          "in/a.toml:2:2: '../outside.toml' must be a .toml, .txt or .scores file below the folder of this "
          "file",
          "in/a.toml:3:2: 'x/../../outside.toml' must be a .toml, .txt or .scores file below the folder of "
          "this file",
          "in/a.toml:4:2: 'more.conf' must be a .toml, .txt or .scores file below the folder of this file",
          "in/a.toml:5:2: '' must be a .toml, .txt or .scores file below the folder of this file",
          "in/a.toml:6:2: '.' must be a .toml, .txt or .scores file below the folder of this file"));
}

TEST(Include, FollowsNoLinkOut) {
  const ScratchFolder folder;
  put(folder, "outside.toml", rule);
  const auto file = put(folder, "in/a.toml", "include = [\"link.toml\", \"dir/outside.toml\"]\n");
  std::filesystem::create_symlink("../outside.toml", folder / "in/link.toml");
  std::filesystem::create_directory_symlink("..", folder / "in/dir");
  EXPECT_THAT(messages(load_layers({{"test", file}}), folder),
              ElementsAre("in/a.toml:1:12: 'link.toml' leads out of the folder of this file",
                          "in/a.toml:1:25: 'dir/outside.toml' leads out of the folder of this file"));
}

TEST(Include, FollowsALinkInside) {
  const ScratchFolder folder;
  put(folder, "in/b.toml", rule);
  const auto file = put(folder, "in/a.toml", "include = [\"link.toml\"]\n");
  std::filesystem::create_symlink("b.toml", folder / "in/link.toml");
  EXPECT_THAT(messages(load_layers({{"test", file}}), folder), ElementsAre());
}

TEST(Include, OfAMissingFileSaysWhichAndWhere) {
  const ScratchFolder folder;
  const auto file = put(folder, "a.toml", "include = [\"b.toml\"]\n");
  EXPECT_THAT(messages(load_layers({{"test", file}}), folder),
              ElementsAre("a.toml:1:12: b.toml: cannot read this pattern file: No such file or directory"));
}

TEST(Include, InACircleReadsEachFileOnce) {
  const ScratchFolder folder;
  put(folder, "b.toml", "include = [\"a.toml\", \"b.toml\"]\n[[rule]]\nid = \"b.c\"\nlines = [\"y\"]\n");
  const auto file = put(folder, "a.toml", "include = [\"b.toml\", \"a.toml\"]\n" + rule);
  const LoadedRules loaded = load_layers({{"test", file}});
  EXPECT_THAT(messages(loaded, folder), ElementsAre());
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_EQ(loaded.rules->entries().size(), 5U);  // three are built in
}

TEST(PatternFile, ReachedByTwoPathsIsReadOnce) {
  const ScratchFolder folder;
  const auto file = put(folder, "sub/a.toml", rule);
  EXPECT_THAT(
      messages(load_layers({{"one", folder / "sub"}, {"two", folder / "sub/../sub/a.toml"}, {"two", file}}),
               folder),
      ElementsAre());
}

TEST(PatternFile, ThatIsMissingIsAnError) {
  const ScratchFolder folder;
  EXPECT_THAT(messages(load_layers({{"test", folder / "none.toml"}}), folder),
              ElementsAre("none.toml: cannot read this pattern file: No such file or directory"));
}

TEST(PatternFile, ThatIsAFolderIsAnError) {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder / "a.toml");
  EXPECT_THAT(messages(load_layers({{"test", folder.path()}}), folder),
              ElementsAre("a.toml: cannot read this pattern file: Is a directory"));
}

TEST(PatternFile, ThatIsALinkToItselfIsAnError) {
  const ScratchFolder folder;
  std::filesystem::create_symlink("a.toml", folder / "a.toml");
  EXPECT_THAT(messages(load_layers({{"test", folder.path()}}), folder),
              ElementsAre("a.toml: cannot read this pattern file: Too many levels of symbolic links"));
}

TEST(PatternFile, MayHaveEightMebibytes) {
  const ScratchFolder folder;
  std::string text = "# ";
  text.resize((8 << 20) - 1, 'x');
  text += "\n";
  EXPECT_THAT(messages(load_layers({{"test", put(folder, "a.toml", text)}}), folder), ElementsAre());
  EXPECT_THAT(messages(load_layers({{"test", put(folder, "b.toml", text + "\n")}}), folder),
              ElementsAre("b.toml: cannot read this pattern file: it is larger than 8 MiB"));
}

TEST(PatternFiles, AreAllToldAbout) {
  const ScratchFolder folder;
  put(folder, "a.toml", rule);
  put(folder, "b.toml", "[[rule]]\n");
  put(folder, "c.toml", rule + "tags = 3\n");
  put(folder, "d.toml", "= 1\n");
  EXPECT_THAT(messages(load_layers({{"one", folder.path()}, {"two", folder / "none.txt"}}), folder),
              ElementsAre("none.txt: cannot read this pattern file: No such file or directory",
                          "b.toml:1:1: an 'id' is missing, such as id = \"my-site.banner\"",
                          "b.toml:1:1: the rule hits nothing: give it 'lines', 'pattern', 'repeat' or 'when'",
                          "c.toml:1:1: the id 'a.b' stands already in a.toml:1; choose another, or change "
                          "that rule by an [[override]]",
                          "c.toml:4:1: 'tags' must be a list of strings, such as [\"one\", \"two\"]",
                          "d.toml:1:1: this is no TOML: error while parsing root table: expected keys, "
                          "tables, whitespace or comments, saw '='"));
}

}  // namespace
}  // namespace dechaff
