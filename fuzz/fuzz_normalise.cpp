#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "choices.hpp"
#include "dechaff/rules.hpp"
#include "fuzz.hpp"
#include "normal_form.hpp"
#include "rules/rule.hpp"
#include "text/lines.hpp"
#include "text/normalise.hpp"
#include "text/steps.hpp"
#include "text/utf8.hpp"

namespace {

using namespace dechaff;
using dechaff::fuzz::Choices;

/// Characters by what the steps look at: letters of scripts that need their invisible characters, marks, what
/// joins and what breaks, spaces, controls, and the pieces of references, escapes and mojibake.
constexpr std::array<std::string_view, 96> pieces = {"a",          "b",       "Z",
                                                     "é",          "e\u0301", "\u0301",
                                                     "\u0300",     "\u0323",  "\u0345",
                                                     "\u094D",     "ß",       "ﬁ",
                                                     "Ａ",         "ｶ",       "ﾞ",
                                                     "ｶﾞ",         "각",      "\u1100",
                                                     "\u1161",     "\u11A8",  "\u212B",
                                                     "\u2126",     "\u0958",  "\u2ADC",
                                                     "\u0F73",     "\u0344",  "\uFB1D",
                                                     "\U0001D15E", "中",      "神",
                                                     "ا",          "م",       "\u200C",
                                                     "\u200D",     "ی",       "ไ",
                                                     "ย",          "\u200B",  "ក",
                                                     "မ",          "क",       "ष",
                                                     "👩",          "👧",       "🏽",
                                                     "\uFE0F",     "\u20E3",  "1",
                                                     "🇩",          "🇪",       "\u00AD",
                                                     "\u2060",     "\uFEFF",  "\u180E",
                                                     "\u061C",     "\u200E",  "\u200F",
                                                     "\u202A",     "\u202C",  "\u2066",
                                                     "\u2069",     " ",       "  ",
                                                     "\t",         "\u00A0",  "\u202F",
                                                     "\u2003",     "\u3000",  "\u1680",
                                                     "\n",         "\r",      "\r\n",
                                                     "\v",         "\f",      "\u0085",
                                                     "\u2028",     "\u2029",  "",
                                                     "\x1b",       "\x1b[1m", "\u009B",
                                                     "]0;x\a",     "\x7F",    "\uFFFD",
                                                     "&amp;",      "&#10;",   "&nbsp;",
                                                     "&#x",        "lt;",     "<",
                                                     "\u00C3",     "\u00A9",  "\u00E2\u20AC\u2122",
                                                     "\u00C2",     "\uFFFE",  "."};

std::string text_of(Choices& choices) {
  std::string out;
  while (!choices.done()) {
    const std::size_t choice = choices.below(128);
    // A few counted repeats reach what is long without a long input.
    if (choice < pieces.size()) {
      out += pieces[choice].empty() ? std::string_view("\0", 1) : pieces[choice];
    } else {
      const std::string_view piece = pieces[choices.below(pieces.size())];
      for (std::size_t count = choice - pieces.size() + 2; count > 0; --count) out += piece;
    }
  }
  return out;
}

const std::vector<rules::DeclaredStep>& shipped_steps() {
  static const LoadedRules loaded = load_rules({});
  FUZZ_REQUIRE(loaded.rules != nullptr);
  return loaded.rules->compiled().steps;
}

/// All shipped steps, one of them, or every second.
text::Plan plan_of(Choices& choices) {
  constexpr std::array forms = {Form::nfc, Form::none, Form::nfd, Form::nfkc, Form::nfkd};
  const Form form = forms[choices.below(forms.size())];
  const std::vector<rules::DeclaredStep>& all = shipped_steps();
  const std::size_t which = choices.below(all.size() + 3);
  std::vector<text::Step> steps;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (which == i || which == all.size() || (which > all.size() && i % 2 == which % 2))
      steps.push_back(all[i].step);
  }
  return {form, rules::form_entry, std::move(steps)};
}

/// Lines are views in their order that leave out nothing but their line feeds.
void check_lines(std::string_view text) {
  std::size_t end = 0;
  for (const text::Line& line : text::split_lines(text)) {
    FUZZ_REQUIRE(line.offset == end);
    FUZZ_REQUIRE(text.substr(line.offset, line.text.size()) == line.text);
    FUZZ_REQUIRE(line.text.find('\n') == line.text.npos);
    end = line.offset + line.text.size() + (line.terminated ? 1 : 0);
    FUZZ_REQUIRE(!line.terminated || text[end - 1] == '\n');
  }
  FUZZ_REQUIRE(end == text.size());
}

}  // namespace

/// The input: bytes that choose the form, the steps and, piece by piece, a text. The result is valid UTF-8 in
/// the form, leads back to the text, is the same each time, and stays as it is when it comes again. No step
/// acts outside the lines that the sieve tells.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 256) return 0;  // longer inputs only cost time
  Choices choices(fuzz::as_text(data, size));
  const text::Plan plan = plan_of(choices);
  const std::string text = text_of(choices);
  check_lines(text);
  FUZZ_REQUIRE(text::sieve_tells_all(plan, text));
  const text::Normalised once = normalise(text, plan);
  FUZZ_REQUIRE(text::valid_prefix(once.text) == once.text.size());
  FUZZ_REQUIRE(text::restored(once.text, once.changes, text) == text);
  FUZZ_REQUIRE(fuzz::is_in_form(once.text, plan.form()));
  const text::Normalised twin = normalise(text, plan);
  FUZZ_REQUIRE(twin.text == once.text && twin.changes == once.changes && twin.counts == once.counts);
  const text::Normalised again = normalise(once.text, plan);
  FUZZ_REQUIRE(again.text == once.text && again.changes.empty());
  return 0;
}
