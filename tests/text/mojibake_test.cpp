#include "text/mojibake.hpp"

#include <gtest/gtest.h>

#include <string>

#include "case_name.hpp"
#include "steps.hpp"

namespace dechaff::text {
namespace {

std::string repaired(std::string_view text) { return apply_edits(text, mojibake_edits(text, 0)); }

class CertainMojibake : public testing::TestWithParam<RewriteCase> {};

const RewriteCase certain_cases[] = {
    {"e_acute", "un cafÃ© noir", "un café noir"},
    {"n_tilde", "EspaÃ±a", "España"},
    {"sharp_s", "StraÃŸe", "Straße"},
    {"lower_case_after_one_capital", "MÃ¼nchen", "München"},
    {"capital_among_capitals", "MÃœNCHEN", "MÜNCHEN"},
    {"capital_e_before_capital", "CAFÃ‰S", "CAFÉS"},
    {"i_acute_ends_in_soft_hyphen", "la polÃ\u00ADtica", "la política"},
    {"a_grave_beside_a_certain_one", "dÃ©jÃ\u00A0 vu", "déjà vu"},
    {"o_umlaut_beside_a_certain_one", "Ã–sterreich und ZÃ¼rich", "Österreich und Zürich"},
    {"word_in_capitals_beside_a_certain_one", "IRMÃ“ Ã© aqui", "IRMÓ é aqui"},
    {"no_break_space", "10Â\u00A0km", "10\u00A0km"},
    {"pound", "Â£5", "£5"},
    {"degree", "20Â°C", "20°C"},
    {"registered_after_capitals", "BMWÂ®", "BMW®"},
    {"middle_dot", "oneÂ·two", "one·two"},
    {"apostrophe", "donâ€™t", "don’t"},
    {"quotes", "â€œyesâ€\u009D", "“yes”"},
    {"en_dash", "1914â€“1918", "1914–1918"},
    {"ellipsis", "and soâ€¦", "and so…"},
    {"euro", "5 â‚¬", "5 €"},
    {"trade_mark", "dechaffâ„¢", "dechaff™"},
    {"bullet", "â€¢ first", "• first"},
    {"arrow", "nextâ†’", "next→"},
    {"check_mark", "âœ“ done", "✓ done"},
    {"star", "â˜… five", "★ five"},
    {"zero_width_space", "foot\u00E2\u20AC\u2039ball", "foot\u200Bball"},
    {"read_as_latin_1", "donâ\u0080\u0099t", "don’t"},
    {"byte_order_mark", "ï»¿Title", "\uFEFFTitle"},
    {"replacement_character", "ï¿½", "\uFFFD"},
    {"emoji", "ðŸ˜€", "😀"},
    {"emoji_with_a_hole", "ðŸ‘\u008D", "👍"},
    {"chinese_punctuation", "ä½\u00A0å¥½ï¼Œä¸–ç•Œã€‚", "你好，世界。"},
    {"cyrillic", "ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸Ñ€", "Привет, мир"},
    {"greek", "ÎšÎ±Î»Î·Î¼Î\u00ADÏ\u0081Î±", "Καλημέρα"},
    {"hebrew", "×©×œ×•×\u009D ×œ×š", "שלום לך"},
    {"arabic", "Ù…Ø±Ø\u00ADØ¨Ø§ Ø¨ÙƒÙ…", "مرحبا بكم"},
    {"japanese", "æ—¥æœ¬èªžã\u0081®ãƒ†ã‚\u00ADã‚¹ãƒˆ", "日本語のテキスト"},
    {"korean", "í•œêµ\u00ADì–´ ì‚¬ìš©", "한국어 사용"},
    {"thai", "à¸\u00A0à¸²à¸©à¸²à¹„à¸—à¸¢", "ภาษาไทย"},
    {"hindi", "à¤¹à¤¿à¤¨à¥\u008Dà¤¦à¥€", "हिन्दी"},
    {"polish", "ZaÅ¼Ã³Å‚Ä‡ gÄ™Å›lÄ…", "Zażółć gęślą"},
    {"turkish", "Ä°stanbul Ã§ok gÃ¼zel ÅŸehir", "İstanbul çok güzel şehir"},
    {"one_layer_of_two", "donÃ¢â‚¬â„¢t", "donâ€™t"},
    {"lines_apart", "É genuine\ncafÃ©\nCAFÉ…", "É genuine\ncafé\nCAFÉ…"},
};

TEST_P(CertainMojibake, IsRepaired) { EXPECT_EQ(repaired(GetParam().input), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Table, CertainMojibake, testing::ValuesIn(certain_cases), case_name);

class GenuineText : public testing::TestWithParam<StayCase> {};

const StayCase genuine_cases[] = {
    {"ascii", "plain text"},
    {"portuguese_capitals_before_a_quote", "IRMÃ”"},
    {"portuguese_capitals_before_an_ellipsis", "AMANHÃ… talvez"},
    {"portuguese_capitals_before_a_dash", "IRMÃ— disse"},
    {"portuguese_capitals_before_a_no_break_space", "AMANHÃ\u00A0"},
    {"reference_mark_after_capitals", "IRMÃ² e AMANHÃ¹"},
    {"trade_mark_after_capitals", "MAÇÃ®"},
    {"soft_hyphen_within_capitals", "NÃ\u00ADO"},
    {"romanian_soft_hyphen", "ROMÂ\u00ADNIA"},
    {"french_capitals", "CAFÉ…"},
    {"french_capitals_three_times", "CAFÉ… CAFÉ… CAFÉ…"},
    {"french_no_break_spaces", "LIBERTÉ\u00A0! QUALITÉ\u00A0! BONTÉ\u00A0!"},
    {"closing_guillemet", "É»"},
    {"closing_guillemet_after_a_grave", "VOILÀ»"},
    {"guillemet_after_a_circumflex", "Â»"},
    {"german_quotes", "“SCHRÖ”"},
    {"dash_after_a_grave", "À —"},
    {"multiplication_with_no_break_spaces", "10×\u00A020×\u00A030×\u00A040"},
    {"multiplication_of_squares", "2×² + 3×² + 4×²"},
    {"romanian_closing", "coborâ”…"},
    {"ordinary_accents", "São Paulo, Ângela, naïve, GRÖßE"},
    {"genuine_beside_damaged", "é und cafÃ©"},
    {"a_character_windows_1252_lacks", "ă und cafÃ©"},
    {"vietnamese", "ĐÃ© Â° MÃ±"},
    {"lead_at_the_end", "MANHÃ"},
    {"lead_before_ascii", "Ãe âe ðe"},
    {"times_sign_alone", "3 Ã— 4"},
    {"one_letter_of_another_script", "Ð° word"},
    {"two_letters_of_another_script", "Ð°Ð±"},
    {"three_letters_of_three_scripts", "Ð° Î± Ø§"},
    {"han_letter_alone", "né…\u0094"},
    {"private_use", "ï‚· item Ã©"},
    {"control_as_result", "Â\u0085 Ã©"},
    {"unassigned_as_result", "Í¸ Ã©"},
    {"overlong_form", "À\u0080 Ã©"},
    {"surrogate", "í\u00A0\u0080 Ã©"},
    {"cut_short", "donâ€"},
};

TEST_P(GenuineText, Stays) { EXPECT_EQ(repaired(GetParam().text), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(Table, GenuineText, testing::ValuesIn(genuine_cases), case_name);

TEST(Mojibake, IsOneEditASequence) {
  const Edits want = {{1, 5, "é", 7}, {6, 10, "é", 7}};
  EXPECT_EQ(mojibake_edits("tÃ©xÃ©", 7), want);
}

}  // namespace
}  // namespace dechaff::text
