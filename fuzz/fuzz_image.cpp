#include <xxhash.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "base/image_stream.hpp"
#include "dechaff/cleaner.hpp"
#include "fuzz.hpp"
#include "match/image.hpp"
#include "match/sieve.hpp"
#include "memory_file.hpp"
#include "rules/image.hpp"

namespace {

using dechaff::fuzz::MemoryFile;
using namespace dechaff::rules;

constexpr std::size_t hash_size = sizeof(std::uint64_t);

SourceFile pattern_file(std::string_view content) {
  return {"fuzz.toml", "fuzz", std::string(content), nullptr, {}};
}

/// What stands before the bytes that an image has a hash of.
std::size_t head_size() {
  dechaff::ImageWriter empty;  // as make_image writes no readings
  empty(std::uint32_t{0}, std::uint32_t{0}, std::uint32_t{0});
  empty.part({});
  return make_image({}).size() - empty.take().size();
}

/// An image with the hash that it should have.
std::string sealed(const std::string& rest) {
  const std::string head = make_image({}).substr(0, head_size());
  const std::uint64_t hash = XXH3_64bits(rest.data(), rest.size());
  return head.substr(0, head.size() - hash_size) +
         std::string(reinterpret_cast<const char*>(&hash), hash_size) + rest;
}

/// A reading, and what lends it its texts.
struct Lent {
  FileReading reading;
  Image image;
};

std::optional<Lent> read_back(std::string_view image, const SourceFile& file) {
  const MemoryFile on_disk(image);
  Lent out{{}, Image::load(on_disk.path())};
  const auto found = out.image.find(file);
  if (!found || !out.image.append(*found, out.reading)) return {};
  return out;
}

/// Has the bytes read in all ways in which an image is.
void load_with(const std::string& image) {
  const MemoryFile on_disk(image);
  (void)Image::load(on_disk.path()).joint();
  const MemoryFile rules("any");
  (void)dechaff::load_rules({true, rules.path(), {}, on_disk.path()});
}

/// What an image holds of a file is what was put into it; damaged anywhere, it holds nothing.
void check_round_trip(std::string_view toml, std::size_t damaged) {
  const SourceFile file = pattern_file(toml);
  const auto reading = reading_for_image(file);
  if (!reading) return;
  std::string image = make_image({{file, *reading}});
  const auto back = read_back(image, file);
  FUZZ_REQUIRE(back);
  FUZZ_REQUIRE(make_image({{file, back->reading}}) == image);
  char& byte = image[damaged % image.size()];
  byte = static_cast<char>(byte ^ 0x10);
  FUZZ_REQUIRE(!read_back(image, file));
}

/// Any bytes, with the right hash around them.
void check_hostile(std::string_view payload) {
  const SourceFile file = pattern_file("any");
  const std::string_view content = file.content();
  for (const bool in_joint : {false, true}) {
    dechaff::ImageWriter writer;
    writer(std::uint32_t{0}, std::uint32_t{0}, std::uint32_t{1},
           std::uint64_t{XXH3_64bits(content.data(), content.size())}, std::string_view());
    writer.part(in_joint ? std::string(20, '\0') : std::string(payload));
    writer.part(in_joint ? payload : std::string_view());
    const std::string rest = writer.take();
    (void)read_back(sealed(rest), file);
    (void)read_back(sealed(rest.substr(0, rest.size() - payload.size() / 2)), file);
    load_with(sealed(rest));
  }
  (void)read_back(sealed(std::string(payload)), file);
  (void)read_back(payload, file);
}

constexpr std::string_view small_rules = R"(
[pack]
name = "p"
[[rule]]
id = "p.lines"
lines = ["share", "read more", "tweet"]
where = { near = "p.pattern" }
[[rule]]
id = "p.pattern"
pattern = '^(?:one|two) words?$'
[[rule]]
id = "p.raw"
raw = true
pattern = '\bxy\b'
[[rule]]
id = "p.block"
scope = "block"
pattern = '^posted by\b.* comments$'
)";

/// The image of a file of some rules, and where in it begins what is known of all files together.
struct SmallImage {
  SmallImage() : file(pattern_file(small_rules)) {
    const MemoryFile on_disk(small_rules);
    dechaff::Errors errors;
    bytes = dechaff::match::image_of(on_disk.path(), errors);
    auto reading = reading_for_image(file);
    FUZZ_REQUIRE(errors.empty() && reading);
    for (Rule& rule : reading->rules) {
      if (rule.pattern) rule.sieve = std::make_shared<const Sieve>(dechaff::match::sieve_of(rule));
    }
    joint = make_image({{file, *reading}}).size();
    FUZZ_REQUIRE(joint < bytes.size());
  }

  SourceFile file;
  std::string bytes;
  std::size_t joint = 0;
};

/// An image whose joint part was changed, by differences from a place on, is refused or leads nowhere.
void check_changed(std::string_view differences) {
  static const SmallImage small;
  std::string image = small.bytes;
  const auto number = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(differences[i])}; };
  std::size_t at = 256 * number(0) + number(1);
  for (const char difference : differences.substr(2)) {
    char& byte = image[small.joint + at++ % (image.size() - small.joint)];
    byte = static_cast<char>(byte ^ difference);
  }
  const MemoryFile on_disk(sealed(image.substr(head_size())));
  const MemoryFile rules(small_rules);
  const dechaff::LoadedRules loaded = dechaff::load_rules({true, rules.path(), {}, on_disk.path()});
  FUZZ_REQUIRE(loaded.rules);
  const auto cleaner = dechaff::Cleaner::make(*loaded.rules, {});
  FUZZ_REQUIRE(cleaner);
  dechaff::Workspace workspace;
  (void)cleaner->clean({"Share\n\nRead more\none word\nPosted by me\n3 comments\na xy b\ntweet this\n"},
                       workspace, dechaff::Detail::lines);
}

}  // namespace

/// The input: 't' and a pattern file, 'j' and what changes in a good image, or any other byte and what stands
/// in an image.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 8 << 10) return 0;  // longer inputs only cost time
  const std::string_view rest = dechaff::fuzz::as_text(data + 1, size - 1);
  if (data[0] == 't')
    check_round_trip(rest, XXH3_64bits(rest.data(), rest.size()) % 100'000);
  else if (data[0] == 'j' && rest.size() > 2)
    check_changed(rest);
  else
    check_hostile(rest);
  return 0;
}
