#include "text/normalise.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "case_name.hpp"
#include "steps.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

void PrintTo(const StepCount& count, std::ostream* out) { *out << count.entry << ": " << count.hits; }

namespace {

using enum StepAction;

/// Steps as a user would have them, each with the entry of its place in the list.
std::vector<Step> usual_steps() {
  const CharacterTable tables[] = {
      {.chars = ranges({"U+000B", "U+000C", "U+0085", "U+2028", "U+2029"}), .to = "\n"},
      {.chars = ranges({"U+0000..U+0008", "U+000E..U+001F", "U+007F", "U+0080..U+009F", "U+FEFF", "U+2060"})},
      {.chars = ranges({"U+00AD"}), .after = classes({"letter", "mark"}), .before = classes({"letter"})},
      {.chars = ranges({"U+200B"}),
       .unless_after = classes({"southeast-asian"}),
       .unless_before = classes({"southeast-asian"})},
      {.chars = ranges({"U+200C..U+200D"}),
       .unless_after = classes({"complex", "emoji", "U+FE0F"}),
       .unless_before = classes({"complex", "emoji"})},
      {.chars = ranges({"U+061C", "U+200E..U+200F", "U+2066..U+2069"}), .unless_near = classes({"rtl"})},
      {.chars = ranges({"U+202A..U+202E"}), .unless_near = classes({"rtl"})},
      {.chars = ranges({"U+202A..U+202E", "U+E000..U+F8FF"}), .count_only = true},
      {.chars = ranges({"U+E0001", "U+E0020..U+E007F"}), .unless_after = classes({"U+1F3F4"})},
      {.chars = ranges({"U+FE00..U+FE0F", "U+E0100..U+E01EF"}),
       .after = classes({"line-edge", "space", "ascii", "Latin"}),
       .unless_after = classes({"digit", "U+0023", "U+002A"})},
      {.chars = ranges({"U+206A..U+206F", "U+FFF9..U+FFFC"})},
      {.chars = ranges({"U+00A0"}), .to = " "},
  };
  std::vector<Step> out;
  const auto add_action = [&](StepAction action) {
    out.push_back(action_step(EntryIndex(out.size()), action));
  };
  for (const StepAction action : {mojibake, entities, terminal_escapes, line_ends}) add_action(action);
  for (const CharacterTable& table : tables) out.push_back(table_step(EntryIndex(out.size()), table));
  for (const StepAction action : {soft_line_breaks, space_runs, trailing_space}) add_action(action);
  return out;
}

const Plan& usual_plan() {
  static const Plan plan(Form::nfc, 99, usual_steps());
  return plan;
}

class TextOfAllScripts : public testing::TestWithParam<StayCase> {};

const StayCase script_cases[] = {
    {"english", "It’s “plain” text – really… 5 × 3 = 15 €"},
    {"french", "Être ou ne pas être, là est l’œuvre"},
    {"persian_zwnj", "می\u200Cخواهم کتاب\u200Cها را"},
    {"persian_suffix_after_latin", "PDF\u200Cها و ۲۰\u200Cساله"},
    {"arabic_final_form_by_zwj", "ه\u200D"},
    {"devanagari_zwj", "क\u094D\u200Dष and र\u094D\u200Dय"},
    {"devanagari_zwnj", "क\u094D\u200Cष"},
    {"bengali_zwj", "র\u200D\u09CDয\u09BE\u09AC"},
    {"malayalam_chillu_by_zwj", "ന\u0D4D\u200D"},
    {"sinhala_zwj", "ශ\u0DCA\u200D\u0DBB\u0DD3"},
    {"hebrew_marks", "C++\u200F שלום \u200Eabc\u200E"},
    {"arabic_isolates", "\u2067مرحبا\u2069 (abc)"},
    {"arabic_letter_mark", "١\u061C٢ عربي"},
    {"emoji_family", "👩\u200D👩\u200D👧\u200D👦"},
    {"emoji_with_selectors", "❤\uFE0F\u200D🔥 🧔🏽\u200D♂\uFE0F"},
    {"keycap", "1\uFE0F\u20E3 #\uFE0F\u20E3"},
    {"flag_of_england", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"},
    {"flag_of_letters", "🇫🇷"},
    {"thai_zwsp", "ภาษา\u200Bไทย"},
    {"khmer_zwsp", "ភាសា\u200Bខ្មែរ\u200B។"},
    {"myanmar_zwsp", "မြန်မာ\u200Bစာ"},
    {"lao_zwsp_before_latin", "ພາສາ\u200BLao"},
    {"mongolian", "ᠮᠣᠩᠭᠣᠯ\u180E\u1820 \u1828\u180B\u202F\u1822"},
    {"japanese", "「東京」\u3000ﾃｽﾄ！"},
    {"ideographic_variant", "葛\U000E0100城市"},
    {"korean", "한국어 텍스트"},
    {"private_use", "\uF8FF logo"},
};

TEST_P(TextOfAllScripts, Stays) {
  const Normalised made = normalise(std::string(GetParam().text), usual_plan());
  EXPECT_EQ(made.text, GetParam().text);
  EXPECT_TRUE(made.changes.empty());
}

INSTANTIATE_TEST_SUITE_P(Table, TextOfAllScripts, testing::ValuesIn(script_cases), case_name);

class TextWithDamage : public testing::TestWithParam<RewriteCase> {};

const RewriteCase damage_cases[] = {
    {"empty", "", ""},
    {"twice_damaged", "donÃ¢â‚¬â„¢t", "don’t"},
    {"three_times_damaged", "cafÃƒÆ’Ã‚Â©", "café"},
    {"entities_of_mojibake", "caf&Atilde;&copy;", "café"},
    {"entity_of_soft_hyphen", "co&shy;operate", "cooperate"},
    {"entity_divided_by_soft_hyphen", "co&sh\u00ADy;operate", "cooperate"},
    {"entity_of_carriage_return", "one&#13;two", "one\ntwo"},
    {"soft_hyphen_before_cr_lf", "co\u00AD\r\noperate", "cooperate"},
    {"soft_hyphen_before_line_separator", "co\u00AD\u2028operate", "cooperate"},
    {"invisible_between_letter_and_soft_hyphen", "co\u200B\u00ADoperate", "cooperate"},
    {"escape_hidden_by_control", "a\x1B\x01[31mb", "a[31mb"},
    {"space_run_of_no_break_spaces", "one\u00A0\u00A0two\u00A0", "one two"},
    {"form_then_entity", "&amp\u037E", "&"},
    {"composes", "cafe\u0301", "café"},
    {"byte_order_mark", "\uFEFFone", "one"},
    {"override", "invoice\u202Efdp.exe", "invoicefdp.exe"},
    {"latin_joiners", "foot\u200Cball\u200D", "football"},
    {"hidden_tags", "plain\U000E0068\U000E0069", "plain"},
    {"vertical_tab", "one\vtwo", "one\ntwo"},
    {"mojibake_in_a_line_of_its_own", "É\rcafÃ©", "É\ncafé"},
    {"joined_line_is_done_again", "co\u00AD\nope  rate&shy;\nly", "coope rately"},
};

TEST_P(TextWithDamage, IsRepaired) {
  const Normalised made = normalise(std::string(GetParam().input), usual_plan());
  EXPECT_EQ(made.text, GetParam().want);
  EXPECT_EQ(restored(made.text, made.changes, GetParam().input), GetParam().input);
}

INSTANTIATE_TEST_SUITE_P(Table, TextWithDamage, testing::ValuesIn(damage_cases), case_name);

TEST(Normalise, WithAnEmptyPlanChangesNothing) {
  const Normalised made = normalise("a\r\n\u200B", Plan());
  EXPECT_EQ(made.text, "a\r\n\u200B");
  EXPECT_TRUE(made.counts.empty());
}

TEST(Normalise, CountsInTheOrderOfTheSteps) {
  const Plan plan(
      Form::nfc, 9,
      {action_step(5, entities), action_step(6, line_ends), table_step(3, {.chars = ranges({"U+200B"})}),
       table_step(4, {.chars = ranges({"U+E000..U+F8FF"}), .count_only = true})});
  const Normalised made = normalise("&lt;\u200B\u200B\r\ne\u0301\uE000\r", plan);
  EXPECT_EQ(made.text, "<\né\uE000\n");
  EXPECT_EQ(made.counts, (std::vector<StepCount>{{5, 1}, {6, 2}, {3, 2}, {4, 1}, {9, 1}}));
}

TEST(Normalise, ChangesTellTheirCauses) {
  const Plan plan(Form::none, 9,
                  {table_step(3, {.chars = ranges({"U+2028"}), .to = "\n"}), action_step(5, trailing_space)});
  const Normalised made = normalise("one \u2028two", plan);
  EXPECT_EQ(made.text, "one\ntwo");
  EXPECT_EQ(made.changes, (Changes{{3, 1, 3, 0, 5}, {4, 3, 3, 1, 3}}));
}

TEST(Normalise, LeavesLayoutToOthers) {
  const Plan plan(Form::none, 9,
                  {action_step(1, blank_lines), action_step(2, edge_lines), action_step(3, final_newline)});
  EXPECT_EQ(normalise("\n\na\n\n\n\nb", plan).text, "\n\na\n\n\n\nb");
  EXPECT_EQ(plan.entry_of(edge_lines), 2U);
  EXPECT_EQ(plan.entry_of(mojibake), std::nullopt);
}

TEST(Normalise, EndsWhereTablesFeedEachOther) {
  const Plan plan(Form::none, 9,
                  {table_step(1, {.chars = ranges({"U+0061"}), .to = "bb"}),
                   table_step(2, {.chars = ranges({"U+0062"}), .to = "aa"})});
  EXPECT_LT(normalise("a", plan).text.size(), 100'000U);
}

TEST(Normalise, EndsWhereStepsUndoEachOther) {
  const Plan plan(Form::none, 9,
                  {action_step(1, entities), table_step(2, {.chars = ranges({"U+0026"}), .to = "&amp;"})});
  EXPECT_EQ(normalise("R&D", plan).text, "R&amp;D");
}

TEST(Normalise, EndsWhereTheFormUndoesATable) {
  const Plan plan(Form::nfc, 9, {table_step(1, {.chars = ranges({"U+00E9"}), .to = "e\u0301"})});
  EXPECT_EQ(normalise("é", plan).text, "é");
}

// Each round takes out the innermost zero-width space, which completes the reference around it.
TEST(Normalise, SettlesReferencesNestedDeep) {
  std::string text = "&amp;";
  for (std::size_t depth = 0; depth < 1000; ++depth) text.insert(3 + 4 * depth, "&#8203;");
  EXPECT_EQ(normalise(text, usual_plan()).text, "&");
}

/// Short texts, each of which needs one or several steps or tempts one.
const std::string_view nasty[] = {
    "",        " ",          "  ",       "\n",         "\r",
    "\r\n",    "\t",         "a",        "É",          "é",
    "e\u0301", "\u0301",     "\u00AD",   "\u00A0",     "\u200B",
    "\u200C",  "\u200D",     "\u200E",   "\u200F",     "\u202A",
    "\u202E",  "\u202C",     "\u2066",   "\u2069",     "\u061C",
    "\u2028",  "\u2029",     "\u0085",   "\v",         "\f",
    "\x1B",    "\x1B[",      "\x1B[31m", "\x1B]0;",    "\a",
    "\u009B",  "\u009C",     "\x01",     "\x7F",       "\u0081",
    "\uFEFF",  "\u2060",     "\uFE0F",   "\U000E0100", "\U000E0061",
    "🏴",    "\U000E007F", "👩",        "❤",          "\uFFFC",
    "\uE000",  "\U000F0000", "&",        "&amp;",      "amp;",
    ";",       "&#",         "&#38;",    "&#60;",      "&lt;",
    "&nbsp;",  "&shy;",      "&#8203;",  "&#27;",      "<",
    "#",       "38",         "Ã©",       "Ã",          "â€™",
    "â",       "€",          "™",        "Â",          "©",
    "Ð°Ð±",    "ðŸ˜€",       "Ã¢â‚¬â„¢", "ï»¿",        "א",
    "ש",       "ب",          "می",       "क",          "\u094D",
    "ন",       "ก",          "ខ",        "မ",          "ᠭ",
    "\u180B",  "東",         "\u3000",   "한",         "\u1112\u1161\u11AB",
    "\u212B",  "\u0958",     "\uFFFD",   "a  b",       ". ",
    "|",       "    ",       "A",        "co\u00AD",   "\noperate",
    "1",       "«",          "!",        "\u037E",
};

std::string mixture(std::mt19937& random) {
  std::string out;
  for (std::size_t parts = 1 + random() % 12; parts > 0; --parts) out += nasty[random() % std::size(nasty)];
  return out;
}

std::vector<std::string> nasty_texts() {
  std::vector<std::string> out(std::begin(nasty), std::end(nasty));
  std::mt19937 random(20240229);
  for (int i = 0; i < 20'000; ++i) out.push_back(mixture(random));
  return out;
}

TEST(NormaliseNastyText, IsIdempotent) {
  for (const Form form : {Form::none, Form::nfc, Form::nfkd}) {
    const Plan plan(form, 99, usual_steps());
    for (const std::string& text : nasty_texts()) {
      const std::string once = normalise(text, plan).text;
      const Normalised twice = normalise(once, plan);
      ASSERT_EQ(twice.text, once) << testing::PrintToString(text);
      ASSERT_TRUE(twice.changes.empty()) << testing::PrintToString(text);
    }
  }
}

TEST(NormaliseNastyText, GivesValidUtf8) {
  for (const std::string& text : nasty_texts()) {
    const std::string made = normalise(text, usual_plan()).text;
    ASSERT_EQ(valid_prefix(made), made.size()) << testing::PrintToString(text);
  }
}

TEST(NormaliseNastyText, CanBeRestored) {
  for (const std::string& text : nasty_texts()) {
    const Normalised made = normalise(text, usual_plan());
    ASSERT_EQ(restored(made.text, made.changes, text), text);
  }
}

TEST(NormaliseNastyText, IsMadeLineByLine) {
  std::vector<Step> steps = usual_steps();
  std::erase_if(steps, [](const Step& step) {
    return step.action == line_ends || step.action == soft_line_breaks || step.table.to == "\n";
  });
  const Plan plan(Form::nfc, 99, steps);
  const std::vector<std::string> texts = nasty_texts();
  for (std::size_t i = 1; i < texts.size(); ++i) {
    const std::string both = normalise(texts[i - 1] + "\n" + texts[i], plan).text;
    ASSERT_EQ(both, normalise(texts[i - 1], plan).text + "\n" + normalise(texts[i], plan).text)
        << testing::PrintToString(texts[i - 1] + "\n" + texts[i]);
  }
}

/// All steps, each of them alone, and none.
std::vector<Plan> plans_of(Form form) {
  std::vector<Plan> out = {Plan(form, 99, usual_steps()), Plan(form, 99, {})};
  for (const Step& step : usual_steps()) out.emplace_back(form, 99, std::vector{step});
  return out;
}

TEST(NormaliseNastyText, IsChangedWhereTheSieveTells) {
  const std::vector<std::string> texts = nasty_texts();
  for (const Form form : {Form::none, Form::nfc, Form::nfd, Form::nfkc}) {
    const std::vector<Plan> plans = plans_of(form);
    for (std::size_t i = 2; i < texts.size(); ++i) {
      const std::string text = texts[i - 2] + "\nplain\n" + texts[i - 1] + "\n" + texts[i];
      const Plan& plan = plans[i % 3 == 0 ? i % plans.size() : 0];
      ASSERT_TRUE(sieve_tells_all(plan, text)) << testing::PrintToString(text);
    }
  }
}

}  // namespace
}  // namespace dechaff::text
