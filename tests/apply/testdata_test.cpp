// The raw texts of testdata/ against what a careful archivist keeps of them.

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "apply/shipped.hpp"
#include "dechaff/cleaner.hpp"

namespace dechaff {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// Lines of `whole` that `part` does not hold as often.
std::vector<std::string> missing(std::string_view whole, std::string_view part) {
  std::map<std::string, int> held;
  for (const std::string& line : lines_of(part)) ++held[line];
  std::vector<std::string> out;
  for (const std::string& line : lines_of(whole)) {
    if (--held[line] < 0) out.push_back(line);
  }
  return out;
}

struct KnownLoss {
  std::string_view document;
  std::string_view line;
  std::string_view reason;
};

// Every row is a line that somebody wrote and the default profile takes. None is wanted.
const std::vector<KnownLoss> known_losses = {
    {"about-newsletters-en", "Petr", "a short comment between the parts of a comment form"},
    {"about-newsletters-en", "January 21, 2022 at 6:40 am", "the date of that comment"},
    {"about-newsletters-en", "Still the same doorbell. Now two of them play a melody.", "that comment"},
    {"news-fr-mojibake", "Par Maëlle Courtade",
     "not dropped: a repair that a capital before a lone Ã« leaves uncertain"},
};

bool is_known(std::string_view document, std::string_view line) {
  for (const KnownLoss& loss : known_losses) {
    if (loss.document == document && loss.line == line) return true;
  }
  return false;
}

class TestData : public testing::TestWithParam<std::filesystem::path> {
 protected:
  Cleaned cleaned() const {
    Workspace workspace;
    return shipped_cleaner().clean({raw(), "", ""}, workspace, Detail::lines);
  }

  std::string raw() const { return bytes_of(GetParam()); }
  std::string kept_by_hand() const {
    return bytes_of(GetParam().parent_path().parent_path() / "clean" / GetParam().filename());
  }
};

/// The rule that took the line, where one did.
std::string taker(const Cleaned& cleaned, std::string_view line) {
  for (const LineReport& report : cleaned.lines) {
    if (report.text == line && report.verdict != Verdict::keep)
      return shipped_rules().entries()[report.cause].id;
  }
  return "?";
}

TEST_P(TestData, LosesNoLineThatSomebodyWrote) {
  const Cleaned out = cleaned();
  const std::string name = GetParam().stem().string();
  for (const std::string& line : missing(kept_by_hand(), out.text)) {
    EXPECT_TRUE(is_known(name, line)) << name << " loses '" << line << "' by " << taker(out, line);
  }
  const auto left = missing(out.text, kept_by_hand()).size();
  const auto before = missing(raw(), kept_by_hand()).size();
  std::cout << name << ": " << left << " of " << before << " lines of chaff are left\n";
}

TEST_P(TestData, ComesOutAsItIsWhereThereIsNoChaff) {
  const std::string wanted = kept_by_hand();
  if (raw() != wanted) return;
  EXPECT_EQ(cleaned().text, wanted);
}

std::string document_name(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Raw, TestData, testing::ValuesIn(test_data("raw")), document_name);

}  // namespace
}  // namespace dechaff
