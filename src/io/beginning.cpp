#include <array>
#include <cctype>
#include <utility>

#include "io/codec.hpp"
#include "io/cutter.hpp"
#include "io/json_record.hpp"

namespace dechaff::io {

namespace {

// A first line that is longer is taken for text: no record of a data set begins like that, and a text of one
// line must not be read twice.
constexpr std::size_t longest_first_line = std::size_t{16} << 20U;
constexpr std::size_t read_size = std::size_t{64} << 10U;

constexpr std::array<std::pair<std::string_view, Format>, 8> endings = {{{".jsonl", Format::jsonl},
                                                                         {".ndjson", Format::jsonl},
                                                                         {".warc", Format::warc},
                                                                         {".wet", Format::warc},
                                                                         {".txt", Format::text},
                                                                         {".text", Format::text},
                                                                         {".md", Format::text},
                                                                         {".markdown", Format::text}}};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

Format format_of_name(std::string_view path) {
  std::string name = lower(path);
  for (const std::string_view packed : {".gz", ".zst", ".zstd"}) {
    if (name.ends_with(packed)) {
      name.resize(name.size() - packed.size());
      break;
    }
  }
  for (const auto& [ending, format] : endings) {
    if (name.ends_with(ending)) return format;
  }
  return Format::automatic;
}

bool begins_warc(std::string_view bytes) {
  return bytes.size() > 5 && bytes.starts_with("WARC/") && bytes[5] >= '0' && bytes[5] <= '9';
}

bool begins_json_lines(std::string_view bytes, const FormatOptions& options) {
  auto reader = JsonReader::make({options.field, options.url_field, options.language_field, {}});
  if (!reader) return false;
  const auto record = reader->read(bytes.substr(0, bytes.find('\n')));
  return record && record->kind == JsonText::string;
}

/// Whether a first line is still to be read to its end.
bool needs_more(std::string_view bytes) {
  if (bytes.empty()) return true;
  if (bytes.front() == 'W') return bytes.size() < 6;
  return bytes.front() == '{' && bytes.size() < longest_first_line && bytes.find('\n') == bytes.npos;
}

}  // namespace

Result<Beginning> begin(Source& source, const FormatOptions& options) {
  Beginning out;
  out.format = options.format;
  if (!options.separator.empty()) out.format = Format::text;
  if (out.format == Format::automatic) out.format = format_of_name(source.name());
  if (out.format != Format::automatic) return out;
  while (needs_more(out.bytes)) {
    const auto more = source.read(out.bytes, read_size);
    if (!more) return more.error();
    if (!*more) break;
  }
  out.format = begins_warc(out.bytes)                                                       ? Format::warc
               : out.bytes.starts_with('{') && begins_json_lines(out.bytes, options) ? Format::jsonl
                                                                                            : Format::text;
  return out;
}

}  // namespace dechaff::io
