#include "text/decode.hpp"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <string_view>

#include "case_name.hpp"
#include "text/encoding_table.hpp"
#include "text/utf8.hpp"

namespace dechaff {

void PrintTo(const Change& change, std::ostream* out) {
  *out << '{' << change.from << '+' << change.from_size << " -> " << change.to << '+' << change.to_size
       << " by " << change.cause << '}';
}

}  // namespace dechaff

namespace dechaff::text {
namespace {

using namespace std::string_view_literals;

constexpr EntryIndex coded = 1;
constexpr EntryIndex broken = 2;
constexpr DecodeCauses causes{.encoding = coded, .invalid = broken};

struct DecodeCase {
  const char* name;
  std::string_view encoding;  // empty to guess
  std::string_view bytes;
  std::string_view want;
  Changes changes;
  std::string_view used = {};  // the encoding's name where it is not the one asked for
  friend void PrintTo(const DecodeCase& row, std::ostream* out) { *out << row.name; }
};

class DecodeTable : public testing::TestWithParam<DecodeCase> {};

TEST_P(DecodeTable, GivesTextAndTheWayBack) {
  const DecodeCase& row = GetParam();
  const Encoding* encoding = row.encoding.empty() ? nullptr : *encoding_named(row.encoding);
  const Decoded got = decode(row.bytes, encoding, causes);
  EXPECT_EQ(got.text, row.want);
  EXPECT_EQ(got.changes, row.changes);
  EXPECT_EQ(got.encoding, row.used.empty() ? row.encoding : row.used);
  EXPECT_EQ(got.invalid, static_cast<std::uint64_t>(std::ranges::count(row.changes, broken, &Change::cause)));
}

const DecodeCase utf8_cases[] = {
    {"empty", "", "", "", {}, "utf-8"},
    {"valid_text_stays", "", "a\xC3\xA9\n\xF0\x9F\x98\x80", "a\u00E9\n\U0001F600", {}, "utf-8"},
    {"mark_stays_for_a_later_step", "", "\xEF\xBB\xBFx", "\uFEFFx", {}, "utf-8"},
    {"zeros_stay", "", "a\0b"sv, "a\0b"sv, {}, "utf-8"},
    {"overlong_of_table_3_8",
     "utf-8",
     "\xC0\xAF\x41",
     "\uFFFD\uFFFD\x41",
     {{0, 1, 0, 3, broken}, {1, 1, 3, 3, broken}}},
    {"surrogates_of_table_3_9",
     "utf-8",
     "\xED\xA0\x41",
     "\uFFFD\uFFFD\x41",
     {{0, 1, 0, 3, broken}, {1, 1, 3, 3, broken}}},
    {"truncated_of_table_3_11",
     "utf-8",
     "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41",
     "\uFFFD\uFFFD\uFFFD\uFFFD\x41",
     {{0, 2, 0, 3, broken}, {2, 1, 3, 3, broken}, {3, 3, 6, 3, broken}, {6, 2, 9, 3, broken}}},
    {"one_stray_byte_is_no_encoding",
     "",
     "hello \xFF world",
     "hello \uFFFD world",
     {{6, 1, 6, 3, broken}},
     "utf-8"},
    {"example_of_section_3_9",
     "",
     "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
     "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd",
     {{1, 3, 1, 3, broken},
      {4, 2, 4, 3, broken},
      {6, 1, 7, 3, broken},
      {8, 1, 11, 3, broken},
      {10, 1, 15, 3, broken},
      {11, 1, 18, 3, broken}},
     "utf-8"},
    {"mostly_valid_is_damaged_utf_8",
     "",
     "\xC3\xA9t\xC3\xA9 \xE9t\xC3\xA9 \xC3\xA9t\xC3\xA9",
     "\u00E9t\u00E9 \uFFFDt\u00E9 \u00E9t\u00E9",
     {{6, 1, 6, 3, broken}},
     "utf-8"},
};
INSTANTIATE_TEST_SUITE_P(Utf8, DecodeTable, testing::ValuesIn(utf8_cases), case_name);

const DecodeCase utf16_cases[] = {
    // A mark is part of the first line's change; each line has one of its own.
    {"little_endian_by_its_mark",
     "",
     "\xFF\xFE"
     "A\0\n\0B\0"sv,
     "A\nB",
     {{0, 6, 0, 2, coded}, {6, 2, 2, 1, coded}},
     "utf-16le"},
    {"big_endian_by_its_mark", "", "\xFE\xFF\0A\x4E\x2D"sv, "A\u4E2D", {{0, 6, 0, 4, coded}}, "utf-16be"},
    {"mark_alone", "", "\xFF\xFE", "", {{0, 2, 0, 0, coded}}, "utf-16le"},
    {"mark_beats_the_declared_byte_order", "utf-16", "\xFE\xFF\0A"sv, "A", {{0, 4, 0, 1, coded}}, "utf-16be"},
    {"declared_without_a_mark", "utf-16be", "\0A"sv, "A", {{0, 2, 0, 1, coded}}},
    {"surrogate_pair", "utf-16be", "\xD8\x3D\xDE\x00"sv, "\U0001F600", {{0, 4, 0, 4, coded}}},
    {"lone_surrogate", "utf-16be", "\xD8\x3D\0A"sv, "\uFFFDA", {{0, 2, 0, 3, broken}, {2, 2, 3, 1, coded}}},
    {"odd_byte_at_the_end", "utf-16le", "A\0B"sv, "A\uFFFD", {{0, 2, 0, 1, coded}, {2, 1, 1, 3, broken}}},
    {"four_byte_mark_is_seen_before_its_half",
     "",
     "\xFF\xFE\0\0A\0\0\0"sv,
     "A",
     {{0, 8, 0, 1, coded}},
     "utf-32le"},
    {"four_bytes_big_endian",
     "",
     "\0\0\xFE\xFF\0\1\xF6\0"sv,
     "\U0001F600",
     {{0, 8, 0, 4, coded}},
     "utf-32be"},
    {"beyond_unicode_in_four_bytes",
     "utf-32be",
     "\0\x11\0\0\0\0\0A"sv,
     "\uFFFDA",
     {{0, 4, 0, 3, broken}, {4, 4, 3, 1, coded}}},
    {"marks_are_for_utf_16_and_32_alone", "windows-1252", "\xFF\xFE", "\u00FF\u00FE", {{0, 2, 0, 4, coded}}},
};
INSTANTIATE_TEST_SUITE_P(Utf16And32, DecodeTable, testing::ValuesIn(utf16_cases), case_name);

const DecodeCase single_byte_cases[] = {
    {"runs_beyond_ascii",
     "windows-1252",
     "caf\xE9 \x80\x85",
     "caf\u00E9 \u20AC\u2026",
     {{3, 1, 3, 2, coded}, {5, 2, 6, 6, coded}}},
    {"controls_of_windows_1252", "windows-1252", "\x81", "\u0081", {{0, 1, 0, 2, coded}}},
    {"lines_apart", "koi8-r", "\xC4\xC1\n\xC4", "да\nд", {{0, 2, 0, 4, coded}, {3, 1, 5, 2, coded}}},
    {"ukrainian_in_koi8_u", "koi8-u", "\xA4\xA6\xA7\xAD\xAE", "єіїґў", {{0, 5, 0, 10, coded}}},
    {"romanian_in_iso_8859_16", "iso-8859-16", "\xAA\xBA\xDE\xFE\xA4", "ȘșȚț€", {{0, 5, 0, 11, coded}}},
    {"cyrillic_of_dos", "ibm866", "\x8F\xE0\xA8", "При", {{0, 3, 0, 6, coded}}},
    {"cyrillic_of_windows", "windows-1251", "\xCF\xF0\xE8", "При", {{0, 3, 0, 6, coded}}},
    {"turkish", "windows-1254", "\xFD\xDD\xF0", "ıİğ", {{0, 3, 0, 6, coded}}},
    {"greek", "iso-8859-7", "\xC1\xE1\xA4", "Αα€", {{0, 3, 0, 7, coded}}},
    {"hebrew", "windows-1255", "\xF9\xEC\xCA", "של\u05BA", {{0, 3, 0, 6, coded}}},
    {"euro_of_latin9", "l9", "\xA4", "€", {{0, 1, 0, 3, coded}}, "iso-8859-15"},
    {"thai", "tis-620", "\xA1\xD2", "กา", {{0, 2, 0, 6, coded}}, "windows-874"},
    {"undefined_byte", "windows-874", "a\xDBz", "a\uFFFDz", {{1, 1, 1, 3, broken}}},
    {"undefined_byte_between",
     "windows-1253",
     "\xE1\xAA\xE2",
     "α\uFFFDβ",
     {{0, 1, 0, 2, coded}, {1, 1, 2, 3, broken}, {2, 1, 5, 2, coded}}},
};
INSTANTIATE_TEST_SUITE_P(SingleByte, DecodeTable, testing::ValuesIn(single_byte_cases), case_name);

const DecodeCase multi_byte_cases[] = {
    {"shift_jis", "shift_jis", "\x83\x65\xB1\\~\x7F", "テｱ\\~\x7F", {{0, 3, 0, 6, coded}}},
    {"euc_jp", "euc-jp", "\xA4\xA2\x8E\xB1\x8F\xB0\xA1", "あｱ丂", {{0, 7, 0, 9, coded}}},
    // The escape before a character is part of it; the last one belongs to "a".
    {"iso_2022_jp", "iso-2022-jp", "\x1B$B$\"\x1B(Ba", "あa", {{0, 9, 0, 4, coded}}},
    {"escape_at_the_end", "iso-2022-jp", "\x1B$B$\"\x1B(B", "あ", {{0, 8, 0, 3, coded}}},
    {"gb18030", "gb18030", "\xD6\xD0\x81\x30\x81\x30\x80", "中\u0080€", {{0, 7, 0, 8, coded}}},
    {"gbk_has_four_bytes_too",
     "gb2312",
     "\xCE\xC4\x95\x32\x82\x36",
     "文\U00020000",
     {{0, 6, 0, 7, coded}},
     "gbk"},
    {"big5", "big5", "\xA4\x40\xA4\xA4", "一中", {{0, 4, 0, 6, coded}}},
    {"euc_kr", "euc-kr", "\xB0\xA1\x81\x41", "가갂", {{0, 4, 0, 6, coded}}},
    {"cut_off", "shift_jis", "a\x83", "a\uFFFD", {{1, 1, 1, 3, broken}}},
    {"line_feed_survives_a_broken_character",
     "shift_jis",
     "\x83\n\x83\x65",
     "\uFFFD\nテ",
     {{0, 1, 0, 3, broken}, {2, 2, 4, 3, coded}}},
};
INSTANTIATE_TEST_SUITE_P(MultiByte, DecodeTable, testing::ValuesIn(multi_byte_cases), case_name);

/// `text` in `encoding`, by ICU; the tables above tell that it reads what it writes.
std::string encoded(std::string_view text, const Encoding& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 8, '\0');
  const std::int32_t size = ucnv_convert(std::string(encoding.converter).c_str(), "UTF-8", out.data(),
                                         static_cast<std::int32_t>(out.size()), text.data(),
                                         static_cast<std::int32_t>(text.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status)) << u_errorName(status);
  return out.substr(0, static_cast<std::size_t>(size));
}

struct GuessCase {
  const char* name;
  std::string_view encoding;
  std::string_view text;
  friend void PrintTo(const GuessCase& row, std::ostream* out) { *out << row.name; }
};

class Guessing : public testing::TestWithParam<GuessCase> {};

constexpr std::string_view english =
    "“It’s a nice day,” she said – and didn’t look up. He couldn’t believe it; the dog’s owner wasn’t "
    "there.\n";
constexpr std::string_view german =
    "Gestern Abend kam eine größere Gruppe von Gästen in die Stadt. Sie besichtigten die alte Burg und das "
    "Museum, "
    "später gingen sie lange am Fluss spazieren. Das Wetter war schön, und viele blieben noch einen Tag "
    "länger.\n";
constexpr std::string_view polish =
    "Wczoraj wieczorem do miasta przyjechała duża grupa turystów. Zwiedzili stary zamek i muzeum, a później "
    "długo "
    "spacerowali brzegiem rzeki. Żółta łódź płynęła powoli, śpiewały ptaki.\n";
constexpr std::string_view turkish =
    "Dün akşam şehre büyük bir turist grubu geldi. Eski kaleyi ve müzeyi gezdiler, sonra da ırmak kıyısında "
    "uzun süre "
    "yürüdüler. Hava çok güzeldi ve birçoğu bir gün daha kalmaya karar verdi.\n";
constexpr std::string_view russian =
    "Вчера вечером в город приехала большая группа туристов из разных стран. Они осмотрели старую крепость и "
    "музей, а "
    "потом долго гуляли по набережной. Погода была тёплой, и многие решили остаться ещё на один день.\n";
constexpr std::string_view ukrainian =
    "Учора ввечері до міста приїхала велика група туристів із різних країн. Вони оглянули стару фортецю й "
    "музей, а "
    "потім довго гуляли набережною. Погода була теплою, і багато хто вирішив залишитися ще на один день.\n";
constexpr std::string_view greek =
    "Χθες το βράδυ έφτασε στην πόλη μια μεγάλη ομάδα τουριστών. Επισκέφθηκαν το παλιό κάστρο και το μουσείο, "
    "και μετά "
    "περπάτησαν πολλή ώρα δίπλα στο ποτάμι. Άλλοι αποφάσισαν να μείνουν ακόμη μία μέρα.\n";
constexpr std::string_view hebrew =
    "אתמול בערב הגיעה לעיר קבוצה גדולה של תיירים. הם ביקרו במבצר הישן ובמוזיאון, ואחר כך טיילו זמן רב ליד "
    "הנהר. "
    "מזג האוויר היה נעים, ורבים החליטו להישאר עוד יום אחד.\n";
constexpr std::string_view arabic =
    "وصلت مساء أمس إلى المدينة مجموعة كبيرة من السياح. زاروا القلعة القديمة والمتحف، ثم تجولوا طويلا على ضفة "
    "النهر. "
    "كان الطقس جميلا، وقرر كثيرون البقاء يوما آخر.\n";
constexpr std::string_view japanese =
    "昨日の夜、大きな観光客の団体がこの町に到着しました。古い城と博物館を見学してから、川のほとりを長い間散歩"
    "しました。"
    "天気がとても良かったので、多くの人がもう一日泊まることにしました。\n";
constexpr std::string_view chinese =
    "昨天晚上，一大群游客来到了这座城市。他们参观了古老的城堡和博物馆，然后在河边散步了很长时间。天气很好，所"
    "以很多人决定"
    "再住一天。\n";
constexpr std::string_view chinese_of_taiwan =
    "昨天晚上，一大群遊客來到了這座城市。他們參觀了古老的城堡和博物館，然後在河邊散步了很長時間。天氣很好，所"
    "以很多人決定"
    "再住一天。\n";
constexpr std::string_view korean =
    "어제 저녁에 많은 관광객이 도시에 도착했습니다. 그들은 오래된 성과 박물관을 둘러본 뒤 강가를 오랫동안 "
    "걸었습니다. "
    "날씨가 매우 좋아서 많은 사람들이 하루 더 머물기로 했습니다.\n";

const GuessCase guess_cases[] = {
    {"english_quotes", "windows-1252", english},
    {"german", "windows-1252", german},
    {"polish_of_windows", "windows-1250", polish},
    {"polish_of_iso", "iso-8859-2", polish},
    {"turkish", "windows-1254", turkish},
    {"russian_of_koi8", "koi8-r", russian},
    {"russian_of_windows", "windows-1251", russian},
    {"russian_of_iso", "iso-8859-5", russian},
    {"ukrainian_of_koi8", "koi8-u", ukrainian},
    {"ukrainian_of_windows", "windows-1251", ukrainian},
    {"greek_of_windows", "windows-1253", greek},
    {"greek_of_iso", "iso-8859-7", greek},
    {"hebrew", "windows-1255", hebrew},
    {"arabic_of_windows", "windows-1256", arabic},
    {"arabic_of_iso", "iso-8859-6", arabic},
    {"japanese_of_windows", "shift_jis", japanese},
    {"japanese_of_unix", "euc-jp", japanese},
    {"chinese", "gb18030", chinese},
    {"chinese_of_taiwan", "big5", chinese_of_taiwan},
    {"korean", "euc-kr", korean},
};

TEST_P(Guessing, FindsTheTextOfAParagraph) {
  const Encoding& encoding = **encoding_named(GetParam().encoding);
  const Decoded got = decode(encoded(GetParam().text, encoding), nullptr, causes);
  EXPECT_EQ(got.text, GetParam().text) << got.encoding;
  EXPECT_GT(got.confidence, 0);
  EXPECT_EQ(got.invalid, 0U);
}

TEST_P(Guessing, FindsTheTextBehindALongHeadInAscii) {
  const Encoding& encoding = **encoding_named(GetParam().encoding);
  std::string head;
  for (int i = 0; i < 5000; ++i) head += "Home | About us | Contact\n";
  const Decoded got = decode(head + encoded(GetParam().text, encoding), nullptr, causes);
  EXPECT_EQ(got.text, head + std::string(GetParam().text)) << got.encoding;
}

INSTANTIATE_TEST_SUITE_P(Paragraphs, Guessing, testing::ValuesIn(guess_cases), case_name);

TEST(Guess, FindsUtf16WithoutAMark) {
  for (const std::string_view name : {"utf-16le", "utf-16be"}) {
    const Decoded got = decode(encoded(german, **encoding_named(name)), nullptr, causes);
    EXPECT_EQ(got.text, german);
    EXPECT_EQ(got.encoding, name);
  }
}

TEST(Guess, LeavesLettersOfDosAsIllFormed) {
  // "größer, schöner, Gäste, Flüsse" in code page 850, which the detector does not know
  const Decoded got = decode(
      "gr\x94\xE1"
      "er, sch\x94ner, G\x84ste, Fl\x81sse",
      nullptr, causes);
  EXPECT_EQ(got.encoding, "utf-8");
  EXPECT_EQ(got.text, "gr\uFFFD\uFFFDer, sch\uFFFDner, G\uFFFDste, Fl\uFFFDsse");
  EXPECT_EQ(got.confidence, 0);
}

TEST(Guess, LeavesNoiseAsIllFormed) {
  std::mt19937 random(1);
  std::string noise(4000, ' ');
  for (char& c : noise) c = static_cast<char>(static_cast<unsigned char>(random() % 256));
  EXPECT_EQ(decode(noise, nullptr, causes).encoding, "utf-8");
}

TEST(Guess, TellsHowSureItIs) {
  EXPECT_EQ(decode("plain", nullptr, causes).confidence, 100);
  EXPECT_EQ(decode("\xFF\xFE"
                   "A\0"sv,
                   nullptr, causes)
                .confidence,
            100);
  EXPECT_EQ(decode("x\xFF", *encoding_named("utf-8"), causes).confidence, 100);
  EXPECT_EQ(decode("hello \xFF world", nullptr, causes).confidence, 0);
  EXPECT_LT(decode(encoded(german, **encoding_named("windows-1252")), nullptr, causes).confidence, 100);
}

/// What must hold of any bytes: valid text, and changes that lead back to the bytes.
void expect_restorable(std::string_view bytes, const Encoding* encoding) {
  const Decoded got = decode(bytes, encoding, causes);
  ASSERT_EQ(valid_prefix(got.text), got.text.size());
  std::string restored;
  std::size_t done = 0;
  for (const Change& change : got.changes) {
    ASSERT_GE(change.to, done);
    restored += std::string_view(got.text).substr(done, change.to - done);
    ASSERT_EQ(restored.size(), change.from);
    restored += bytes.substr(change.from, change.from_size);
    done = change.to + change.to_size;
  }
  restored += std::string_view(got.text).substr(done);
  ASSERT_EQ(restored, bytes);
  ASSERT_EQ(got.invalid, static_cast<std::uint64_t>(std::ranges::count(got.changes, broken, &Change::cause)));
}

TEST(Decode, GivesValidTextAndTheWayBackForAnyBytesInAnyEncoding) {
  std::mt19937 random(42);
  const auto byte = [&] {
    constexpr std::string_view often = "\n a\x1B$B(\x81\x8E\x8F\xA4~{}";
    return random() % 3 == 0 ? often[random() % often.size()]
                             : static_cast<char>(static_cast<unsigned char>(random() % 256));
  };
  for (const EncodingRow& row : encoding_rows()) {
    SCOPED_TRACE(row.encoding.name);
    for (int round = 0; round < 300; ++round) {
      std::string bytes(random() % 60, ' ');
      std::ranges::generate(bytes, byte);
      ASSERT_NO_FATAL_FAILURE(expect_restorable(bytes, &row.encoding));
      if (round % 10 != 0) continue;  // the detector takes its time
      ASSERT_NO_FATAL_FAILURE(expect_restorable(bytes, nullptr));
    }
  }
}

TEST(Decode, NoChangeSpansALineEndInEncodingsThatKeepIt) {
  for (const std::string_view name :
       {"windows-1252", "koi8-r", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"}) {
    const Decoded got = decode("\xC4\xC1\n\xC4\xC1\n\n\xB0\xA1", *encoding_named(name), causes);
    for (const Change& change : got.changes) {
      EXPECT_EQ(got.text.substr(change.to, change.to_size).find('\n'), std::string::npos) << name;
    }
  }
}

}  // namespace
}  // namespace dechaff::text
