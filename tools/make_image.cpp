// Writes the image of a folder of pattern files (src/rules/image.hpp).
//
//   make_image RULES IMAGE

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "match/image.hpp"

int main(int argc, char** argv) {
  using namespace dechaff;
  if (argc != 3) {
    std::cerr << "usage: make_image RULES IMAGE\n";
    return 2;
  }
  Errors errors;
  const std::string image = match::image_of(argv[1], errors);
  for (const Error& error : errors) std::cerr << to_string(error) << '\n';
  // A program that runs meanwhile has the old one mapped.
  const std::string unfinished = std::string(argv[2]) + ".new";
  std::ofstream out(unfinished, std::ios::binary);
  out << image;
  out.close();
  if (!out || !errors.empty()) return 1;
  std::filesystem::rename(unfinished, argv[2]);
  return 0;
}
