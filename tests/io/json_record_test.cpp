#include "io/json_record.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "case_name.hpp"
#include "io/json_reader.hpp"

namespace dechaff::io {
namespace {

using namespace std::string_view_literals;

std::string repeated(std::string_view what, std::size_t times) {
  std::string out;
  for (; times > 0; --times) out += what;
  return out;
}

struct ReadCase {
  const char* name;
  std::string_view line;
  std::string_view text;
  std::string_view token;
  JsonFields fields = {};
  friend void PrintTo(const ReadCase& row, std::ostream* out) { *out << row.name; }
};

class JsonTextOf : public testing::TestWithParam<ReadCase> {};

const ReadCase read_cases[] = {
    {"compact", R"({"text":"a b"})", "a b", "a b"},
    {"spaces_everywhere", " { \"text\"\t: \"a\" , \"b\" :\r\n[ 1 , 2 ] } \r", "a", "a"},
    {"between_others", R"({"id":7,"text":"a","n":[{"text":"b"}],"o":{"text":"c"}})", "a", "a"},
    {"empty", R"({"text":""})", "", ""},
    {"numbers_of_any_size",
     R"({"a":[1.0,1e5,-0,1E400,-1e-999,0.1E+2,1234567890123456789012345678901234567890],"text":"a"})", "a",
     "a"},
    {"short_escapes", R"({"text":"\"\\\/\b\f\n\r\t"})", "\"\\/\b\f\n\r\t", R"(\"\\\/\b\f\n\r\t)"},
    {"unicode_escapes", R"({"text":"\u0041\u00e9\u20AC\uffff"})", "Aé€\xEF\xBF\xBF",
     R"(\u0041\u00e9\u20AC\uffff)"},
    {"escaped_nul", R"({"text":"a\u0000b"})", "a\0b"sv, R"(a\u0000b)"},
    {"escaped_quote_at_the_end", R"({"text":"a\""})", "a\"", R"(a\")"},
    {"escaped_backslash_at_the_end", R"({"text":"a\\"})", "a\\", R"(a\\)"},
    {"pair_of_surrogates", R"({"text":"\ud83d\ude00"})", "😀", R"(\ud83d\ude00)"},
    {"first_and_last_pair", R"({"text":"\uD800\uDC00\uDBFF\uDFFF"})", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF",
     R"(\uD800\uDC00\uDBFF\uDFFF)"},
    {"raw_line_separator", "{\"text\":\"a\u2028b\u2029\u007F\"}", "a\u2028b\u2029\u007F",
     "a\u2028b\u2029\u007F"},
    {"byte_order_mark", "\xEF\xBB\xBF{\"text\":\"a\"}", "a", "a"},
    {"last_of_duplicates", R"({"text":"a","text":"b"})", "b", "b"},
    {"key_in_escapes", R"({"te\u0078t":"a"})", "a", "a"},
    {"duplicate_in_escapes", R"({"text":"a","\u0074ext":"b"})", "b", "b"},
    {"other_key", R"({"text":"a","body":"b"})", "b", "b", {.text = "body"}},
    {"empty_key", R"({"text":"a","":"b"})", "b", "b", {.text = ""}},
    {"key_with_a_quote", R"({"a\"b":"c"})", "c", "c", {.text = "a\"b"}},
    {"key_beyond_ascii", R"({"t\u00e9xte":"c"})", "c", "c", {.text = "téxte"}},
    {"key_with_a_tilde", R"({"a~2":"c"})", "c", "c", {.text = "a~2"}},
    {"pointer_to_a_member", R"({"a":{"b":"c","d":1}})", "c", "c", {.text = "/a/b"}},
    {"pointer_into_arrays", R"({"a":["x",["y","z"]]})", "z", "z", {.text = "/a/1/1"}},
    {"pointer_to_an_element_of_the_record", R"(["x","y"])", "y", "y", {.text = "/1"}},
    {"pointer_by_a_key_of_digits", R"({"0":{"01":"x"}})", "x", "x", {.text = "/0/01"}},
    {"pointer_with_escapes", R"({"a/b":{"c~d":{"~1":"x"}}})", "x", "x", {.text = "/a~1b/c~0d/~01"}},
    {"pointer_by_the_empty_key", R"({"":"x","a":"y"})", "x", "x", {.text = "/"}},
    {"pointer_by_empty_keys", R"({"":{"":"x"}})", "x", "x", {.text = "//"}},
    {"last_of_nested_duplicates", R"({"a":{"b":"x","b":"y"},"c":{"b":"z"}})", "y", "y", {.text = "/a/b"}},
    {"last_of_outer_duplicates", R"({"a":{"b":"x"},"a":{"b":"y"}})", "y", "y", {.text = "/a/b"}},
};

TEST_P(JsonTextOf, IsReadAndFound) {
  const auto& [name, line, text, token, fields] = GetParam();
  JsonReader reader = reader_of(fields);
  const JsonRecord record = read_record(reader, line);
  EXPECT_EQ(record.kind, JsonText::string);
  EXPECT_EQ(record.text, text);
  EXPECT_EQ(record.token, token);
  EXPECT_EQ(record.lone, std::vector<LoneSurrogate>());
  ASSERT_GE(record.token.data(), line.data());
  const auto begin = static_cast<std::size_t>(record.token.data() - line.data());
  EXPECT_EQ(line.at(begin - 1), '"');
  EXPECT_EQ(line.at(begin + token.size()), '"');
  EXPECT_EQ(respell(record, {}), line);
}

INSTANTIATE_TEST_SUITE_P(Records, JsonTextOf, testing::ValuesIn(read_cases), case_name);

struct AbsentCase {
  const char* name;
  std::string_view line;
  JsonText kind = JsonText::missing;
  std::string_view field = "text";
  friend void PrintTo(const AbsentCase& row, std::ostream* out) { *out << row.name; }
};

class AbsentJsonText : public testing::TestWithParam<AbsentCase> {};

const AbsentCase absent_cases[] = {
    {"no_members", "{}"},
    {"other_members", R"({"Text":"a","text ":"b","texts":"c","tex":"d"})"},
    {"only_deeper", R"({"a":{"text":"b"}})"},
    {"null", R"({"text":null})", JsonText::null},
    {"number", R"({"text":1e999})", JsonText::no_string},
    {"truth", R"({"text":true})", JsonText::no_string},
    {"array", R"({"text":["a"]})", JsonText::no_string},
    {"object", R"({"text":{"text":"a"}})", JsonText::no_string},
    {"null_after_a_string", R"({"text":"a","text":null})", JsonText::null},
    {"record_is_an_array", R"(["text","a"])"},
    {"record_is_a_string", R"("text")"},
    {"record_is_a_number", " -12.5e-3 "},
    {"record_is_null", "null"},
    {"record_is_true", "true\r"},
    {"index_in_an_object", R"({"a":{"b":"c"}})", JsonText::missing, "/a/0"},
    {"index_too_large", R"({"a":["b"]})", JsonText::missing, "/a/1"},
    {"index_with_a_zero", R"({"a":["b","c"]})", JsonText::missing, "/a/01"},
    {"index_behind_the_last", R"({"a":["b"]})", JsonText::missing, "/a/-"},
    {"key_in_an_array", R"({"a":[{"b":"c"}]})", JsonText::missing, "/a/b"},
    {"beyond_a_string", R"({"a":"b"})", JsonText::missing, "/a/b"},
    {"outer_duplicate_without_it", R"({"a":{"b":"x"},"a":{"c":"y"}})", JsonText::missing, "/a/b"},
    {"outer_duplicate_of_another_type", R"({"a":{"b":"x"},"a":1})", JsonText::missing, "/a/b"},
};

TEST_P(AbsentJsonText, IsToldApart) {
  const auto& [name, line, kind, field] = GetParam();
  JsonReader reader = reader_of({.text = std::string(field)});
  const JsonRecord record = read_record(reader, line);
  EXPECT_EQ(record.kind, kind);
  EXPECT_EQ(record.text, "");
  EXPECT_EQ(respell(record, {}), line);
}

INSTANTIATE_TEST_SUITE_P(Records, AbsentJsonText, testing::ValuesIn(absent_cases), case_name);

struct LoneCase {
  const char* name;
  std::string_view token;
  std::string_view text;
  std::vector<LoneSurrogate> lone;
  friend void PrintTo(const LoneCase& row, std::ostream* out) { *out << row.name; }
};

class LoneSurrogates : public testing::TestWithParam<LoneCase> {};

const LoneCase lone_cases[] = {
    {"high", R"(a\ud83db)", "a\uFFFDb", {{1, R"(\ud83d)"}}},
    {"low", R"(\uDE00)", "\uFFFD", {{0, R"(\uDE00)"}}},
    {"first_and_last",
     R"(\ud800\udfff\udc00\udbff)",
     "\xF0\x90\x8F\xBF\uFFFD\uFFFD",
     {{4, R"(\udc00)"}, {7, R"(\udbff)"}}},
    {"reversed_pair", R"(\ude00\ud83d)", "\uFFFD\uFFFD", {{0, R"(\ude00)"}, {3, R"(\ud83d)"}}},
    {"high_before_a_pair", R"(\ud83d\ud83d\ude00)", "\uFFFD😀", {{0, R"(\ud83d)"}}},
    {"low_behind_a_pair", R"(\ud83d\ude00\ude00)", "😀\uFFFD", {{4, R"(\ude00)"}}},
    {"high_before_another_escape",
     R"(\ud83d\n\ud83d\u0041)",
     "\uFFFD\n\uFFFDA",
     {{0, R"(\ud83d)"}, {4, R"(\ud83d)"}}},
    {"high_before_an_escaped_backslash", R"(\ud83d\\ude00)", "\uFFFD\\ude00", {{0, R"(\ud83d)"}}},
    {"replacement_character_itself", R"(\ufffd)", "\uFFFD", {}},
};

TEST_P(LoneSurrogates, AreReplacedAndNoted) {
  const auto& [name, token, text, lone] = GetParam();
  JsonReader reader = reader_of();
  const std::string line = "{\"text\":\"" + std::string(token) + "\"}";
  const JsonRecord record = read_record(reader, line);
  EXPECT_EQ(record.text, text);
  EXPECT_EQ(record.lone, lone);
  EXPECT_EQ(respell(record, {}), line);
}

INSTANTIATE_TEST_SUITE_P(Strings, LoneSurrogates, testing::ValuesIn(lone_cases), case_name);

struct FaultCase {
  const char* name;
  std::string line;
  std::uint32_t column = 0;
  std::string message;
  friend void PrintTo(const FaultCase& row, std::ostream* out) { *out << row.name; }
};

class MalformedJson : public testing::TestWithParam<FaultCase> {};

const FaultCase fault_cases[] = {
    {"empty", "", 0, "no value"},
    {"white_space", " \t\r", 0, "no value"},
    {"mark_alone", "\xEF\xBB\xBF", 0, "no value"},
    {"open_object", R"({"a":1)", 7, "ends too early"},
    {"open_array", "[[1] ", 6, "ends too early"},
    {"open_after_a_comma", "[1,", 4, "ends too early"},
    {"open_after_a_colon", R"({"a":)", 6, "ends too early"},
    {"open_string", R"({"a":"b)", 6, "string without an end"},
    {"open_after_a_backslash", R"({"a":"b\)", 6, "string without an end"},
    {"comma_before_the_bracket", "[1,]", 4, "no JSON value"},
    {"comma_before_the_brace", R"({"a":1,})", 8, "malformed object"},
    {"comma_first", "[,1]", 2, "no JSON value"},
    {"two_commas", R"({"a":1,,"b":2})", 8, "malformed object"},
    {"no_comma_in_an_array", "[1 2]", 4, "malformed array"},
    {"no_comma_behind_a_string", R"(["a" "b"])", 6, "malformed array"},
    {"no_comma_in_an_object", R"({"a":1 "b":2})", 8, "malformed object"},
    {"no_colon", R"({"a" 1})", 6, "malformed object"},
    {"two_colons", R"({"a"::1})", 6, "no JSON value"},
    {"colon_behind_a_value", R"({"a":"b":1})", 9, "malformed object"},
    {"colon_in_an_array", R"(["a":1])", 5, "malformed array"},
    {"key_alone", R"({"a"})", 5, "malformed object"},
    {"key_is_a_number", "{1:2}", 2, "malformed object"},
    {"key_is_bare", "{a:2}", 2, "malformed object"},
    {"single_quotes", "{'a':'b'}", 2, "malformed object"},
    {"nan", "[NaN]", 2, "no JSON value"},
    {"infinity", "[-Infinity]", 2, "malformed number"},
    {"literal_in_capitals", "[True]", 2, "no JSON value"},
    {"literal_too_long", "[nulls]", 2, "no JSON value"},
    {"literal_too_short", "[tru]", 2, "no JSON value"},
    {"comment", "[1 /* a */]", 4, "malformed array"},
    {"line_comment", "{} // a", 4, "text behind the value"},
    {"two_objects", "{} {}", 4, "text behind the value"},
    {"two_numbers", "1 2", 3, "text behind the value"},
    {"two_strings", R"("a""b")", 4, "text behind the value"},
    {"bracket_too_many", "[1]]", 4, "text behind the value"},
    {"brace_for_bracket", "[1}", 3, "malformed array"},
    {"bracket_for_brace", R"({"a":1])", 7, "malformed object"},
    {"bracket_alone", "]", 1, "no JSON value"},
    {"number_with_a_zero", "[01]", 2, "malformed number"},
    {"number_with_a_plus", "[+1]", 2, "no JSON value"},
    {"number_is_a_minus", "[-]", 2, "malformed number"},
    {"number_without_whole", "[.5]", 2, "no JSON value"},
    {"number_without_fraction", "[1.]", 2, "malformed number"},
    {"number_without_exponent", "[1e+]", 2, "malformed number"},
    {"number_in_hex", "[0x1F]", 2, "malformed number"},
    {"number_with_letters", "[1a]", 2, "malformed number"},
    {"number_before_a_quote", R"([1"a"])", 2, "malformed number"},
    {"unknown_escape", R"(["ab\x"])", 5, "unknown escape in a string"},
    {"escape_with_three_digits", R"(["\u12"])", 3, "unknown escape in a string"},
    {"escape_with_no_hex", R"(["\u12G4"])", 3, "unknown escape in a string"},
    {"escape_with_a_sign", R"(["\u-123"])", 3, "unknown escape in a string"},
    {"unknown_escape_in_a_key", R"({"\a":1})", 3, "unknown escape in a string"},
    {"escape_outside", R"([\"a"])", 5, "string without an end"},
    {"raw_tab", "[\"a\tb\"]", 4, "control character in a string, not escaped"},
    {"raw_line_feed", "[\"a\nb\"]", 4, "control character in a string, not escaped"},
    {"raw_nul", std::string("[\"a\0\"]", 6), 4, "control character in a string, not escaped"},
    {"raw_control_behind_a_backslash", "[\"a\\\n\"]", 5, "control character in a string, not escaped"},
    {"raw_control_in_a_key", "{\"a\x1F\":1}", 4, "control character in a string, not escaped"},
    {"nul_behind_the_value", std::string("{}\0", 3), 3, "text behind the value"},
    {"form_feed_as_space", "[1,\f2]", 4, "no JSON value"},
    {"no_break_space_as_space", "[\xC2\xA0]", 2, "no JSON value"},
    {"invalid_utf_8", "[\"\xC3\"]", 3, "invalid UTF-8"},
    {"surrogate_in_utf_8", "[\"\xED\xA0\xBD\"]", 3, "invalid UTF-8"},
    {"overlong_utf_8", "[\"\xC0\xAF\"]", 3, "invalid UTF-8"},
    {"cut_off_utf_8", "[\"\xF0\x9F\x98", 3, "invalid UTF-8"},
    {"invalid_utf_8_outside", "[1,\xFF]", 4, "invalid UTF-8"},
    {"arrays_too_deep", repeated("[", 1025) + repeated("]", 1025), 1025, "nested deeper than 1024 levels"},
    {"objects_too_deep", repeated("{\"\":", 1024) + "{}" + repeated("}", 1024), 4097,
     "nested deeper than 1024 levels"},
    {"deep_and_open", repeated("[", 100'000), 1025, "nested deeper than 1024 levels"},
};

TEST_P(MalformedJson, IsRefused) {
  const auto& [name, line, column, message] = GetParam();
  JsonReader reader = reader_of();
  const auto record = reader.read(line);
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().code, ErrorCode::bad_input);
  EXPECT_EQ(record.error().message, message);
  EXPECT_EQ(record.error().pos.column, column);
}

INSTANTIATE_TEST_SUITE_P(Lines, MalformedJson, testing::ValuesIn(fault_cases), case_name);

constexpr std::string_view sample =
    R"({"id": -1.5e+10, "text": "a\n\u00e9\ud83d\ude00é", "tags": ["x", {"y": [null, true, false]}, []], "o": {}})";

TEST(JsonReader, RefusesARecordCutOffAnywhere) {
  JsonReader reader = reader_of();
  read_record(reader, sample);
  for (std::size_t size = 0; size < sample.size(); ++size) {
    // What the reader keeps of the whole line must not complete the next one.
    EXPECT_FALSE(reader.read(sample.substr(0, size))) << size;
    read_record(reader, sample);
  }
}

TEST(JsonReader, TakesWhatIsNestedAsDeepAsMayBe) {
  JsonReader reader = reader_of();
  read_record(reader, repeated("[", 1024) + repeated("]", 1024));
  read_record(reader, repeated("{\"\":", 1023) + "{}" + repeated("}", 1023));
}

TEST(JsonReader, ReadsAddressAndLanguage) {
  JsonReader reader = reader_of();
  const std::string_view line = R"({"lang":"de\u0020","url":"https:\/\/a.example","text":"a"})";
  const JsonRecord record = read_record(reader, line);
  EXPECT_EQ(record.url, "https://a.example");
  EXPECT_EQ(record.language, "de ");
  const JsonRecord none = read_record(reader, R"({"lang":["de"],"url":null})");
  EXPECT_EQ(none.url, "");
  EXPECT_EQ(none.language, "");
}

TEST(JsonReader, ReadsThemByPointersToo) {
  JsonReader reader = reader_of({.text = "/d/0", .url = "/m/u", .language = "/m/l"});
  const JsonRecord record = read_record(reader, R"({"m":{"u":"a","l":"b"},"d":["c"]})");
  EXPECT_EQ(record.url, "a");
  EXPECT_EQ(record.language, "b");
  EXPECT_EQ(record.text, "c");
}

TEST(JsonReader, ReadsOneFieldForTwo) {
  JsonReader reader = reader_of({.text = "a", .url = "/a", .language = "a"});
  const JsonRecord record = read_record(reader, R"({"a":"b"})");
  EXPECT_EQ(record.text + record.url + record.language, "bbb");
}

TEST(JsonReader, ReadsOnAfterARecordThatIsMalformed) {
  JsonReader reader = reader_of();
  EXPECT_FALSE(reader.read(R"({"text":"a",)"));
  EXPECT_EQ(read_record(reader, R"({"text":"b"})").text, "b");
}

struct NameCase {
  const char* name;
  JsonFields fields;
  std::string_view message;
  friend void PrintTo(const NameCase& row, std::ostream* out) { *out << row.name; }
};

class WrongJsonFields : public testing::TestWithParam<NameCase> {};

const NameCase name_cases[] = {
    {"tilde_at_the_end",
     {.text = "/a~"},
     "the field '/a~' is no JSON Pointer: '~' stands only in '~0' and '~1'"},
    {"tilde_and_another",
     {.url = "/~2/b"},
     "the field '/~2/b' is no JSON Pointer: '~' stands only in '~0' and '~1'"},
    {"tilde_and_slash",
     {.language = "/~/b"},
     "the field '/~/b' is no JSON Pointer: '~' stands only in '~0' and '~1'"},
    {"no_utf_8", {.text = "a\xFF"}, "the field 'a\uFFFD' is not named in UTF-8"},
    {"pointer_to_set", {.meta = "/a"}, "the field '/a' cannot be set: it must be a key, not a JSON Pointer"},
    {"text_to_set", {.meta = "text"}, "the field 'text' cannot be set: it holds the text"},
    {"around_the_text_to_set",
     {.text = "/a~1/b", .meta = "a/"},
     "the field 'a/' cannot be set: it holds the text"},
};

TEST_P(WrongJsonFields, AreAnErrorOfUsage) {
  const auto reader = JsonReader::make(GetParam().fields);
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::usage);
  EXPECT_EQ(to_string(reader.error()), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Names, WrongJsonFields, testing::ValuesIn(name_cases), case_name);

}  // namespace
}  // namespace dechaff::io
