#include <xxhash.h>

#include <cstring>
#include <string>
#include <string_view>

#include "fuzz.hpp"
#include "memory_file.hpp"
#include "rules/image.hpp"

namespace {

using dechaff::fuzz::MemoryFile;
using namespace dechaff::rules;

constexpr std::size_t hash_size = sizeof(std::uint64_t);

SourceFile pattern_file(std::string_view content) {
  return {"fuzz.toml", "fuzz", std::string(content), {}, {}};
}

/// An image with the hash that it should have.
std::string sealed(std::string image) {
  const std::size_t head = make_image({}).size();
  if (image.size() < head) return image;
  const std::uint64_t hash = XXH3_64bits(image.data() + head, image.size() - head);
  std::memcpy(image.data() + head - hash_size, &hash, hash_size);
  return image;
}

std::optional<FileReading> read_back(std::string_view image, const SourceFile& file) {
  const MemoryFile on_disk(image);
  return Image::load(on_disk.path()).reading_of(file);
}

/// What an image holds of a file is what was put into it; damaged anywhere, it holds nothing.
void check_round_trip(std::string_view toml, std::size_t damaged) {
  const SourceFile file = pattern_file(toml);
  const auto reading = reading_for_image(file);
  if (!reading) return;
  std::string image = make_image({{file, *reading}});
  const auto back = read_back(image, file);
  FUZZ_REQUIRE(back);
  FUZZ_REQUIRE(make_image({{file, *back}}) == image);
  char& byte = image[damaged % image.size()];
  byte = static_cast<char>(byte ^ 0x10);
  FUZZ_REQUIRE(!read_back(image, file));
}

/// Any bytes, with the right hash around them.
void check_hostile(std::string_view payload) {
  const SourceFile file = pattern_file("any");
  std::string image = make_image({{file, {}}});
  const std::size_t entry = make_image({}).size();
  image.resize(entry + hash_size);  // behind the hash of the file stand the size and the bytes of its reading
  const auto size = static_cast<std::uint32_t>(payload.size());
  image.append(reinterpret_cast<const char*>(&size), sizeof size);
  image += payload;
  (void)read_back(sealed(image), file);
  (void)read_back(sealed(image.substr(0, image.size() - payload.size() / 2)), file);
  (void)read_back(sealed(make_image({}) + std::string(payload)), file);
  (void)read_back(payload, file);
}

}  // namespace

/// The input: 't' and a pattern file, or any other byte and what stands in an image.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 8 << 10) return 0;  // longer inputs only cost time
  const std::string_view rest = dechaff::fuzz::as_text(data + 1, size - 1);
  if (data[0] == 't')
    check_round_trip(rest, XXH3_64bits(rest.data(), rest.size()) % 100'000);
  else
    check_hostile(rest);
  return 0;
}
