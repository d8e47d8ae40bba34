#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "case_name.hpp"
#include "io/json_reader.hpp"
#include "io/json_record.hpp"
#include "text/utf8.hpp"

namespace dechaff::io {
namespace {

using namespace std::string_view_literals;

struct SpellingCase {
  const char* name;
  std::string_view text;
  std::string_view spelling;
  friend void PrintTo(const SpellingCase& row, std::ostream* out) { *out << row.name; }
};

class JsonSpelling : public testing::TestWithParam<SpellingCase> {};

const SpellingCase spelling_cases[] = {
    {"empty", "", ""},
    {"plain", "a b/c", "a b/c"},
    {"short_escapes", "\b\t\n\f\r\"\\", R"(\b\t\n\f\r\"\\)"},
    {"other_controls", "\0\x01\x0B\x1F"sv, R"(\u0000\u0001\u000b\u001f)"},
    {"delete", "\x7F", "\x7F"},
    {"beyond_ascii", "é\u0085\u2028\u2029\uFEFF😀", "é\u0085\u2028\u2029\uFEFF😀"},
};

TEST_P(JsonSpelling, IsTheShortestAndReadsBack) {
  EXPECT_EQ(json_spelling(GetParam().text), GetParam().spelling);
  EXPECT_EQ(decode_token(GetParam().spelling), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Texts, JsonSpelling, testing::ValuesIn(spelling_cases), case_name);

TEST(Spelling, FindsPartsFromFrontToBack) {
  // The text: a, é, line feed, a smile, é, z.
  Spelling spelling(R"(a\u00e9\n\ud83d\ude00éz)");
  EXPECT_EQ(spelling.of(0, 0), "");
  EXPECT_EQ(spelling.of(0, 1), "a");
  EXPECT_EQ(spelling.of(1, 3), R"(\u00e9\n)");
  EXPECT_EQ(spelling.of(4, 0), "");
  EXPECT_EQ(spelling.of(4, 4), R"(\ud83d\ude00)");
  EXPECT_EQ(spelling.of(10, 1), "z");
  EXPECT_EQ(spelling.of(11, 0), "");
}

TEST(Spelling, OfALoneSurrogateIsItsEscape) {
  Spelling spelling(R"(a\ud83d\u0062)");
  EXPECT_EQ(spelling.of(1, 3), R"(\ud83d)");
  EXPECT_EQ(spelling.of(4, 1), R"(\u0062)");
}

struct RespellCase {
  const char* name;
  std::string_view line;
  std::vector<JsonEdit> edits;
  std::string_view want;
  friend void PrintTo(const RespellCase& row, std::ostream* out) { *out << row.name; }
};

class Respell : public testing::TestWithParam<RespellCase> {};

const RespellCase respell_cases[] = {
    {"nothing", R"({"text":"\u0061"})", {}, R"({"text":"\u0061"})"},
    {"removes", R"({"text" : "ab\u0063d" })", {{1, 2, ""}}, R"({"text" : "ad" })"},
    {"removes_all", R"({"text":"a\n"})", {{0, 2, ""}}, R"({"text":""})"},
    {"inserts_in_front", R"({"text":"b"})", {{0, 0, "a"}}, R"({"text":"ab"})"},
    {"inserts_at_the_end", R"({"text":"a"})", {{1, 0, R"(\n)"}}, R"({"text":"a\n"})"},
    {"inserts_into_nothing", R"({"text":""})", {{0, 0, "a"}}, R"({"text":"a"})"},
    {"replaces_an_escape", R"({"text":"a\u00e9b"})", {{1, 2, "e"}}, R"({"text":"aeb"})"},
    {"keeps_other_escapes", R"({"text":"\/\u002F/X\/"})", {{3, 1, ""}}, R"({"text":"\/\u002F/\/"})"},
    {"touching_edits", R"({"text":"abc"})", {{0, 1, "x"}, {1, 0, "y"}, {1, 1, "z"}}, R"({"text":"xyzc"})"},
    {"beside_other_fields",
     R"({"n": 1.0, "text":"a b","text2" :"a b", "e":1E400})",
     {{1, 1, ""}},
     R"({"n": 1.0, "text":"ab","text2" :"a b", "e":1E400})"},
    {"last_of_duplicates", R"({"text":"ab","text":"ab"})", {{0, 1, ""}}, R"({"text":"ab","text":"b"})"},
    {"lone_surrogates",
     R"({"text":"\ud83d\ude00\ude00"})",
     {{4, 3, "\uFFFD"}},
     "{\"text\":\"\\ud83d\\ude00\uFFFD\"}"},
    {"restores_a_lone_surrogate", "{\"text\":\"a\uFFFD\"}", {{1, 3, R"(\ud83d)"}}, R"({"text":"a\ud83d"})"},
    {"behind_a_mark", "\xEF\xBB\xBF{\"text\":\"ab\"}", {{0, 1, ""}}, "\xEF\xBB\xBF{\"text\":\"b\"}"},
};

TEST_P(Respell, ChangesNothingElse) {
  const auto& [name, line, edits, want] = GetParam();
  JsonReader reader = reader_of();
  EXPECT_EQ(respell(read_record(reader, line), edits), want);
}

INSTANTIATE_TEST_SUITE_P(Edits, Respell, testing::ValuesIn(respell_cases), case_name);

struct MetaCase {
  const char* name;
  std::string_view line;
  std::string_view want;  // with "meta" set to {"n":1}
  friend void PrintTo(const MetaCase& row, std::ostream* out) { *out << row.name; }
};

class AddedMember : public testing::TestWithParam<MetaCase> {};

const MetaCase added_cases[] = {
    {"behind_others", R"({"text":"a"})", R"({"text":"a","meta":{"n":1}})"},
    {"behind_others_and_a_space", R"({"text":"a" } )", R"({"text":"a" ,"meta":{"n":1}} )"},
    {"behind_an_empty_object", R"({"text":{}})", R"({"text":{},"meta":{"n":1}})"},
    {"behind_a_brace_in_a_string", R"({"text":"{"})", R"({"text":"{","meta":{"n":1}})"},
    {"alone", "{}", R"({"meta":{"n":1}})"},
    {"alone_and_a_space", " {\t}", " {\t\"meta\":{\"n\":1}}"},
    {"where_it_is_deeper", R"({"a":{"meta":2}})", R"({"a":{"meta":2},"meta":{"n":1}})"},
};

TEST_P(AddedMember, IsPutLastAndTakenAway) {
  const auto& [name, line, want] = GetParam();
  JsonReader reader = reader_of({.meta = "meta"});
  const JsonRecord before = read_record(reader, line);
  EXPECT_FALSE(before.meta);
  EXPECT_FALSE(remove_meta(before));
  EXPECT_EQ(respell(before, {}, reader.set_meta(before, R"({"n":1})")), want);
  const JsonRecord after = read_record(reader, want);
  ASSERT_TRUE(after.meta);
  EXPECT_EQ(respell(after, {}, remove_meta(after)), line);
}

INSTANTIATE_TEST_SUITE_P(Records, AddedMember, testing::ValuesIn(added_cases), case_name);

class ReplacedMember : public testing::TestWithParam<MetaCase> {};

const MetaCase replaced_cases[] = {
    {"in_the_middle", R"({"meta" : 1.0 , "text":"a"})", R"({"meta" : {"n":1} , "text":"a"})"},
    {"an_object", R"({"meta":{"n":[2] } })", R"({"meta":{"n":1} })"},
    {"an_empty_array", R"({"meta":[ ]})", R"({"meta":{"n":1}})"},
    {"a_string", R"({"meta":"a\"}"})", R"({"meta":{"n":1}})"},
    {"last_of_duplicates", R"({"meta":1,"meta":2})", R"({"meta":1,"meta":{"n":1}})"},
    {"key_in_escapes", R"({"m\u0065ta":null})", R"({"m\u0065ta":{"n":1}})"},
};

TEST_P(ReplacedMember, IsReplacedAndPutBack) {
  const auto& [name, line, want] = GetParam();
  JsonReader reader = reader_of({.meta = "meta"});
  const JsonRecord before = read_record(reader, line);
  ASSERT_TRUE(before.meta);
  const std::string_view former = line.substr(before.meta->begin, before.meta->end - before.meta->begin);
  EXPECT_EQ(respell(before, {}, reader.set_meta(before, R"({"n":1})")), want);
  const JsonRecord after = read_record(reader, want);
  EXPECT_EQ(respell(after, {}, reader.set_meta(after, former)), line);
}

INSTANTIATE_TEST_SUITE_P(Records, ReplacedMember, testing::ValuesIn(replaced_cases), case_name);

TEST(JsonMember, IsSetTogetherWithTheText) {
  JsonReader reader = reader_of({.meta = "m\n"});
  const std::vector<JsonEdit> edits = {{0, 1, ""}, {2, 0, "d"}};
  const JsonRecord added = read_record(reader, R"({"text":"abc"})");
  EXPECT_EQ(respell(added, edits, reader.set_meta(added, "1")), R"({"text":"bdc","m\n":1})");
  const JsonRecord in_front = read_record(reader, R"({"m\n":0,"text":"abc"})");
  EXPECT_EQ(respell(in_front, edits, reader.set_meta(in_front, "1")), R"({"m\n":1,"text":"bdc"})");
  EXPECT_EQ(respell(in_front, edits, remove_meta(in_front)), R"({"text":"bdc"})");
}

TEST(JsonMember, IsRemovedWithOneComma) {
  JsonReader reader = reader_of({.meta = "m"});
  for (const auto& [line, want] : std::vector<std::pair<std::string_view, std::string_view>>{
           {R"({"m":1,"a":2})", R"({"a":2})"},
           {R"({ "m":1 , "a":2})", R"({  "a":2})"},
           {R"({"a":2 , "m" : 1,"b":3})", R"({"a":2 ,"b":3})"},
           {R"({ "m" : 1 })", "{  }"},
       }) {
    const JsonRecord record = read_record(reader, line);
    EXPECT_EQ(respell(record, {}, remove_meta(record)), want);
  }
}

TEST(JsonMember, OfARecordThatIsNoObjectIsNotThere) {
  JsonReader reader = reader_of({.text = "/0", .meta = "m"});
  const JsonRecord record = read_record(reader, R"(["a",{"m":1}])");
  EXPECT_EQ(record.text, "a");
  EXPECT_FALSE(reader.set_meta(record, "1"));
  EXPECT_FALSE(remove_meta(record));
}

/// Draws records, and edits of their texts.
class Drawn {
 public:
  explicit Drawn(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  std::string token() {
    constexpr std::string_view parts[] = {"a",         "b ",        "é",      "😀",
                                          R"(\n)",     R"(\/)",     R"(\\)",  R"(\")",
                                          R"(\u0041)", R"(\u00e9)", "\u2028", R"(\ud83d\ude00)",
                                          R"(\ud83d)", R"(\ude00)", "u",      R"(\u0000)"};
    std::string out;
    for (std::size_t left = below(12); left > 0; --left) out += parts[below(std::size(parts))];
    return out;
  }

  /// Edits with `added` in place of what they remove; among them one for each lone surrogate.
  std::vector<JsonEdit> edits(const JsonRecord& record) {
    std::vector<JsonEdit> out;
    for (std::size_t at = 0; at <= record.text.size();) {
      const bool end = at == record.text.size();
      const std::size_t size = end ? 0 : text::char_size(record.text, at);
      const auto is_here = [&](const LoneSurrogate& one) { return one.offset == at; };
      if (std::ranges::any_of(record.lone, is_here)) {
        out.push_back({at, size, "\uFFFD"});
      } else if (below(4) == 0) {
        out.push_back({at, 0, json_spelling("x\n")});
      } else if (!end && below(3) == 0) {
        out.push_back({at, size, below(2) == 0 ? "" : json_spelling("\"é")});
      }
      at += end ? 1 : size;
    }
    return out;
  }

 private:
  std::mt19937 random_;
};

TEST(Respell, MakesTheTextThatTheEditsSayAndIsUndone) {
  JsonReader reader = reader_of();
  Drawn drawn(1);
  for (int i = 0; i < 3000; ++i) {
    const std::string line = "{\"a\" : 1.0,\"text\": \"" + drawn.token() + "\" }";
    SCOPED_TRACE(line);
    const JsonRecord record = read_record(reader, line);
    const std::vector<JsonEdit> edits = drawn.edits(record);

    Edits wanted;                // of the text
    std::vector<JsonEdit> back;  // from the new text to the old line
    Spelling spelling(record.token);
    std::size_t grown = 0;  // modular
    for (const JsonEdit& edit : edits) {
      wanted.push_back({edit.offset, edit.offset + edit.size, decode_token(edit.raw)});
      const std::size_t added = wanted.back().text.size();
      back.push_back({edit.offset + grown, added, std::string(spelling.of(edit.offset, edit.size))});
      grown += added - edit.size;
    }

    const std::string cleaned = respell(record, edits);
    const std::string text = apply_edits(record.text, wanted);
    ASSERT_EQ(nlohmann::json::parse(cleaned)["text"].get<std::string>(), text);
    const JsonRecord again = read_record(reader, cleaned);
    ASSERT_EQ(again.text, text);
    ASSERT_EQ(again.lone, std::vector<LoneSurrogate>());
    ASSERT_EQ(respell(again, back), line);
  }
}

}  // namespace
}  // namespace dechaff::io
