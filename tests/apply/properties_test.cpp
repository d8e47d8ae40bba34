// What holds for every input, whatever the rules: see the comment on Cleaner::clean.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "apply/shipped.hpp"
#include "apply/undone.hpp"
#include "dechaff/cleaner.hpp"
#include "text/form.hpp"
#include "text/utf8.hpp"

namespace dechaff {
namespace {

using namespace std::string_view_literals;

const std::string_view nasty[] = {
    "",
    "\n",
    "\r",
    "\r\n\r\r\n\n\r",
    "\0"sv,
    "\0\0\0\0"sv,
    "a\0b"sv,
    "\xFF",
    "\xFF\xFE",
    "\xFE\xFF",
    "\xFF\xFE\0\0"sv,
    "\xEF\xBB\xBF",
    "\xEF\xBB\xBF\xEF\xBB\xBFLoading...",
    "\xFF\xFE"
    "a\0\n\0\x00\xD8"sv,
    "\xFE\xFF\0a\xDC\x00\0b"sv,
    "\xC0\xAF\xE0\x80\x80\xED\xA0\x80\xF4\x90\x80\x80\xF8\x88\x80\x80\x80",
    "\xE2\x82",
    "caf\xE9 cr\xE8me br\xFBl\xE9"
    "e\n",
    "\x93quoted\x94 \x97 and \x85\n",
    "\x81\x8D\x8F\x90\x9D",
    "e\xCC\x81\xCC\x81\xCC\xA3 \xCC\x81 q\xCC\xA3\xCC\x87 q\xCC\x87\xCC\xA3\n",
    "\xCC\x81\n\xCC\x81",
    "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB \xED\x95\x9C\n",
    "\xEF\xAC\x81 \xE2\x84\xAB \xEF\xBC\xA1 \xC2\xBD \xE2\x93\x90 \xEF\xB7\xBA\n",
    "\xC2\xAD\n\xC2\xAD\nexam\xC2\xAD\nple\xC2\xAD",
    "exam\xC2\xAD\nLoading...\nple\n",
    "\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D\xE2\x81\xA0\xEF\xBB\xBF\n",
    "\xE2\x80\xAE"
    "abc\xE2\x80\xAC\xE2\x81\xA6x\xE2\x81\xA9\n",
    "\xC2\x85line\xE2\x80\xA8line\xE2\x80\xA9line\x0Bline\x0Cline\n",
    "\x1B[31mred\x1B[0m \x1B]0;title\x07 \x1B\x1B[[31mm\x1B[\n",
    "\x1B[\x1B[31m31mnested\x1B",
    "&amp;amp;amp;lt;b&amp;gt; &#38;#10; &#0; &#xD800; &#x110000; &nbsp;&zwj;&NotEqualTilde;\n",
    "&#10;&#13;&#10;Loading&#46;&#46;&#46;&#10;",
    "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2 \xC3\x83\xC2\xA9 \xC3\x83\xC6\x92\xC3\x82\xC2\xA9 "
    "\xC3\xAF\xC2\xBB\xC2\xBF\n",
    "\xC2\xA0\xC2\xA0 \xE3\x80\x80\xE2\x80\x83 x \xC2\xA0\n",
    "  a   b\tc   d  \n\t\n \n",
    "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 \xE2\x9D\xA4\xEF\xB8\x8F\n",
    "Loading...\nLoading...\n\nLoading...",
    "Share\nShare on Facebook\nTweet\nPrint\nEmail\n",
    "\xE2\x80\xA2 Oops!\nSomething went wrong.\nPlease try again later.\n\xE2\x80\xA2 Oops!\n",
    "Related articles\n\n\n",
    "We use cookies to improve your visit.\nAccept all\nText about cookies that people wrote.\n",
    "1.\n2.\n3.\n*\n-\n\xE2\x80\xA2\n",
    "...\n!!!\n---\n***\n",
    "\xEF\xBF\xBD\xEF\xBF\xBE\xEF\xBF\xBF\xF4\x8F\xBF\xBF\xEE\x80\x80\n",
    "\x1B$B!!\x1B(B\n",
    "\x0E\x0F~{VPND~}\n",
    "{\"json\": \"line\"}\n{\"end\":true}\n",
};

class EveryInput : public testing::TestWithParam<std::tuple<const char*, Form>> {
 protected:
  Cleaned clean(std::string_view bytes, Workspace& workspace) const {
    return shipped_cleaner(std::get<0>(GetParam()), std::get<1>(GetParam()))
        .clean({bytes, "", ""}, workspace);
  }

  void check(std::string_view bytes) {
    const Cleaned cleaned = clean(bytes, kept_);
    const Form form = std::get<1>(GetParam());
    ASSERT_EQ(text::valid_prefix(cleaned.text), cleaned.text.size()) << "is no UTF-8: " << shown(bytes);
    ASSERT_EQ(apply::undone(bytes, cleaned), bytes) << "is not restored: " << shown(bytes);
    ASSERT_TRUE(text::normal_form_edits(cleaned.text, form, 0).empty())
        << "is not in the form: " << shown(bytes);
    Workspace fresh;
    const Cleaned twin = clean(bytes, fresh);
    ASSERT_EQ(twin.text, cleaned.text) << "is not the same again: " << shown(bytes);
    ASSERT_EQ(twin.changes, cleaned.changes) << "is not the same again: " << shown(bytes);
    const Cleaned again = clean(cleaned.text, kept_);
    ASSERT_EQ(again.text, cleaned.text) << "changes when cleaned again: " << shown(bytes);
    ASSERT_TRUE(again.changes.empty()) << "has changes when cleaned again: " << shown(bytes);
  }

  void check_mutations_of(std::string bytes, int count) {
    for (int i = 0; i < count && !HasFatalFailure(); ++i) {
      mutate(bytes);
      check(bytes);
    }
  }

  static std::string shown(std::string_view bytes) {
    return testing::PrintToString(std::string(bytes.substr(0, 2000)));
  }

  std::mt19937 random_{20240601};

 private:
  std::size_t below(std::size_t n) { return random_() % n; }

  void mutate(std::string& bytes) {
    const std::size_t at = below(bytes.size() + 1);
    const std::size_t size = std::min(bytes.size() - at, below(60));
    switch (below(6)) {
      case 0:
        bytes.insert(at, nasty[below(std::size(nasty))]);
        break;
      case 1:
        bytes.erase(at, size);
        break;
      case 2:
        bytes.insert(below(bytes.size() + 1), bytes.substr(at, size));
        break;
      case 3:
        if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
        break;
      case 4:
        bytes.insert(at, below(2) == 0 ? "\n" : "\n\n");
        break;
      default:
        if (const std::size_t feed = bytes.find('\n', at); feed != bytes.npos) bytes.erase(feed, 1);
        break;
    }
  }

  Workspace kept_;
};

TEST_P(EveryInput, OfNastyBytes) {
  for (const std::string_view bytes : nasty) ASSERT_NO_FATAL_FAILURE(check(bytes));
}

TEST_P(EveryInput, OfTwoNastyBytesInARow) {
  for (std::size_t i = 0; i < 300; ++i) {
    std::string bytes(nasty[random_() % std::size(nasty)]);
    bytes += nasty[random_() % std::size(nasty)];
    ASSERT_NO_FATAL_FAILURE(check(bytes));
  }
}

TEST_P(EveryInput, OfTheTestData) {
  for (const char* folder : {"raw", "clean"}) {
    for (const auto& path : test_data(folder)) {
      SCOPED_TRACE(path.filename().string());
      ASSERT_NO_FATAL_FAILURE(check(bytes_of(path)));
    }
  }
}

TEST_P(EveryInput, OfMutatedTestData) {
  for (const auto& path : test_data("raw")) {
    SCOPED_TRACE(path.filename().string());
    ASSERT_NO_FATAL_FAILURE(check_mutations_of(bytes_of(path), 4));
  }
}

std::string profile_and_form(const testing::TestParamInfo<std::tuple<const char*, Form>>& info) {
  return std::string(std::get<0>(info.param)) + "_" + std::string(name_of(std::get<1>(info.param)));
}

INSTANTIATE_TEST_SUITE_P(Of, EveryInput,
                         testing::Combine(testing::Values("safe", "article", "normalise"),
                                          testing::Values(Form::none, Form::nfc, Form::nfd, Form::nfkc,
                                                          Form::nfkd)),
                         profile_and_form);

}  // namespace
}  // namespace dechaff
