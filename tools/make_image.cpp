// Writes the image of a folder of pattern files (src/rules/image.hpp).
//
//   make_image RULES IMAGE

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

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
  // A program that runs meanwhile has the old one mapped.
  const std::string unfinished = std::string(argv[2]) + ".new";
  std::ofstream out(unfinished, std::ios::binary);
  out << rules::make_image(readings);
  out.close();
  if (!out || !errors.empty()) return 1;
  std::filesystem::rename(unfinished, argv[2]);
  return 0;
}
