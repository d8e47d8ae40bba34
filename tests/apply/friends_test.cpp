// "No false friends": the texts of testdata/friends/ look like chaff, and somebody wrote every line of them.
// The default profile leaves them byte for byte.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iterator>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "apply/shipped.hpp"
#include "case_name.hpp"
#include "dechaff/cleaner.hpp"

namespace dechaff {
namespace {

struct FriendText {
  std::string name;   // the file and the place in it: "verse_03"
  std::string title;  // what its separator says
  std::string text;
  friend void PrintTo(const FriendText& row, std::ostream* out) { *out << row.title; }
};

constexpr std::string_view separator = "==== ";

std::string case_of(const std::filesystem::path& file, std::size_t number) {
  std::ostringstream name;
  name << file.stem().string() << '_' << std::setw(2) << std::setfill('0') << number;
  std::string out = name.str();
  std::ranges::replace(out, '-', '_');
  return out;
}

/// The texts of a file, each below the separator line that names it.
std::vector<FriendText> texts_of(const std::filesystem::path& file) {
  std::vector<FriendText> out;
  std::istringstream in(bytes_of(file));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(separator)) {
      out.push_back({case_of(file, out.size() + 1), line.substr(separator.size()), ""});
    } else {
      out.back().text += line + '\n';
    }
  }
  return out;
}

std::vector<FriendText> all_friends() {
  std::vector<FriendText> out;
  for (const auto& file : test_data("friends")) std::ranges::move(texts_of(file), std::back_inserter(out));
  return out;
}

/// The lines that did not come through, each with the rules that hit it and are in force.
std::string went(const Cleaner& cleaner, const Cleaned& cleaned) {
  std::string out;
  for (const LineReport& line : cleaned.lines) {
    if (line.verdict == Verdict::keep || line.text.empty()) continue;
    out += "  '" + line.text + "' by";
    for (const EntryIndex hit : line.hits) {
      if (cleaner.in_force(hit)) out += ' ' + shipped_rules().entries()[hit].id;
    }
    out += '\n';
  }
  return out;
}

class Friends : public testing::TestWithParam<FriendText> {};

TEST_P(Friends, StayByteForByte) {
  const Cleaner& cleaner = shipped_cleaner();
  Workspace workspace;
  const Cleaned cleaned = cleaner.clean({GetParam().text, "", ""}, workspace, Detail::lines);
  EXPECT_EQ(cleaned.text, GetParam().text) << GetParam().title << " loses\n" << went(cleaner, cleaned);
}

INSTANTIATE_TEST_SUITE_P(Written, Friends, testing::ValuesIn(all_friends()), case_name);

}  // namespace
}  // namespace dechaff
