#include "match/image.hpp"

#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "match/matcher.hpp"
#include "match/sieve.hpp"
#include "rules/files.hpp"
#include "rules/image.hpp"

namespace dechaff::match {

std::string image_of(const std::filesystem::path& folder, Errors& errors) {
  const RuleSources sources{true, folder, {}};
  std::vector<std::pair<rules::SourceFile, rules::FileReading>> readings;
  bool all = true;
  for (const rules::SourceFile& file : rules::gather_files(sources, errors)) {
    auto reading = rules::reading_for_image(file);
    all &= reading.has_value();
    if (!reading) continue;
    for (rules::Rule& rule : reading->rules) {
      if (rule.pattern) rule.sieve = std::make_shared<const rules::Sieve>(sieve_of(rule));
    }
    readings.emplace_back(file, std::move(*reading));
  }
  LoadedRules loaded = load_rules(sources);
  std::move(loaded.errors.begin(), loaded.errors.end(), std::back_inserter(errors));
  if (!all || !loaded.rules) return rules::make_image(readings);
  const std::string matcher = Matcher(loaded.rules->compiled()).image();
  return rules::make_image(readings, rules::joint_reading(loaded.rules->compiled(), matcher));
}

}  // namespace dechaff::match
