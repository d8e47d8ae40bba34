#include <gtest/gtest.h>

#include <string>

#include "dechaff/report.hpp"
#include "rules_from.hpp"

namespace dechaff {
namespace {

constexpr std::string_view toml = R"(
[[step]]
id = "s.dots"
chars = ["U+2026"]
to = "..."
[[rule]]
id = "t.chaff"
lines = ["chaff"]
[[rule]]
id = "t.slow"
pattern = '^(?:a|aa|aaa)+[bc]?$'
)";

TEST(Statistics, OfNothingAreZero) {
  const RuleSet rules = rules_from(toml);
  EXPECT_EQ(Statistics().to_json(rules, rules.profiles()[0]), R"({
  "dechaff": ")" + std::string(version()) + R"(",
  "profile": "safe",
  "documents": 0,
  "failed": 0,
  "changed": 0,
  "guarded": 0,
  "unsettled": 0,
  "invalid": 0,
  "bytes": {
    "in": 0,
    "out": 0
  },
  "lines": {
    "in": 0,
    "out": 0
  },
  "words": {
    "in": 0,
    "out": 0
  },
  "encodings": {},
  "steps": {},
  "rules": {}
}
)");
}

TEST(Statistics, AddUpOverDocuments) {
  const RuleSet rules = rules_from(toml);
  const auto cleaner = Cleaner::make(rules, {});
  Workspace workspace;
  Statistics statistics;
  const std::string texts[] = {"a b…\nchaff\n", "chaff\nc\n", std::string(60, 'a') + "!x\n", "d\xFF\n"};
  for (const std::string& text : texts)
    statistics.add(text.size(), cleaner->clean({text, "", ""}, workspace));
  statistics.add_failure();
  EXPECT_EQ(statistics.to_json(rules, cleaner->profile()), R"({
  "dechaff": ")" + std::string(version()) + R"(",
  "profile": "safe",
  "documents": 4,
  "failed": 1,
  "changed": 3,
  "guarded": 0,
  "unsettled": 0,
  "invalid": 1,
  "bytes": {
    "in": 87,
    "out": 77
  },
  "lines": {
    "in": 6,
    "out": 4
  },
  "words": {
    "in": 8,
    "out": 6
  },
  "encodings": {
    "utf-8": 4
  },
  "steps": {
    "text.invalid": {
      "hits": 1,
      "bytes": 1
    },
    "s.dots": {
      "hits": 1,
      "bytes": 3
    }
  },
  "rules": {
    "t.chaff": {
      "hits": 2,
      "lines": 2,
      "bytes": 12
    },
    "t.slow": {
      "hits": 0,
      "lines": 0,
      "bytes": 0,
      "limits": 1
    }
  }
}
)");
}

}  // namespace
}  // namespace dechaff
