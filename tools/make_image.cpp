// Writes the image of a folder of pattern files (src/rules/image.hpp).
//
//   make_image RULES IMAGE

#include <fstream>
#include <iostream>

#include "match/sieve.hpp"
#include "rules/files.hpp"
#include "rules/image.hpp"

int main(int argc, char** argv) {
  using namespace dechaff;
  if (argc != 3) {
    std::cerr << "usage: make_image RULES IMAGE\n";
    return 2;
  }
  Errors errors;
  std::vector<std::pair<rules::SourceFile, rules::FileReading>> readings;
  for (const rules::SourceFile& file : rules::gather_files({true, argv[1], {}}, errors)) {
    auto reading = rules::reading_for_image(file);
    if (!reading) continue;
    for (rules::Rule& rule : reading->rules) {
      if (rule.pattern) rule.sieve = match::sieve_of(rule);
    }
    readings.emplace_back(file, std::move(*reading));
  }
  for (const Error& error : errors) std::cerr << to_string(error) << '\n';
  std::ofstream out(argv[2], std::ios::binary);
  out << rules::make_image(readings);
  out.close();
  return out && errors.empty() ? 0 : 1;
}
