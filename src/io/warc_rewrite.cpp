#include "io/warc_rewrite.hpp"

#include <algorithm>
#include <optional>

#include "io/labelled_digest.hpp"

namespace dechaff::io {

namespace {

constexpr std::string_view block_digest = "WARC-Block-Digest";
constexpr std::string_view payload_digest = "WARC-Payload-Digest";

bool block_is_payload(const WarcRecord& record) {
  const auto of_payload = record.field(payload_digest);
  if (of_payload && of_payload == record.field(block_digest)) return true;
  return record.type() == "conversion" && record.content_type() != "application/http";
}

std::string with_value(const WarcField& field, std::string_view value) {
  const auto before = static_cast<std::size_t>(field.value.data() - field.raw.data());
  std::string out(field.raw);
  return out.replace(before, field.value.size(), value);
}

std::string with_digest(const WarcField& field, std::string_view block) {
  const auto digest = digest_like(field.value, block);
  return digest ? with_value(field, *digest) : std::string();
}

/// The header of `record` after its lines were replaced by those of `lines` that have the same name.
std::string header_with(const WarcRecord& record, std::string_view lines) {
  if (lines.starts_with("WARC/")) return std::string(lines);
  const std::vector<WarcField> replacing = header_fields(lines);
  auto next = replacing.begin();
  std::string out;
  for (const WarcField& field : header_fields(record.header)) {
    const bool replaced = next != replacing.end() && !next->name.empty() && same_name(field.name, next->name);
    out += replaced ? (next++)->raw : field.raw;
  }
  return out;
}

/// The lines of `old` that differ from those at the same place of `now`.
std::string differing_lines(const WarcRecord& old, const WarcRecord& now) {
  const std::vector<WarcField> after = header_fields(now.header);
  auto at = after.begin();
  std::string out;
  for (const WarcField& field : header_fields(old.header)) {
    if (at == after.end() || field.raw != at->raw) out += field.raw;
    if (at != after.end()) ++at;
  }
  return out;
}

}  // namespace

std::string rewritten(const WarcRecord& record, std::string_view block) {
  const bool is_payload = block_is_payload(record);
  std::string out;
  for (const WarcField& field : header_fields(record.header)) {
    if (same_name(field.name, "Content-Length")) {
      out += with_value(field, std::to_string(block.size()));
    } else if (same_name(field.name, block_digest) || (is_payload && same_name(field.name, payload_digest))) {
      out += with_digest(field, block);
    } else {
      out += field.raw;
    }
  }
  return out.append(block).append(record.border);
}

std::string replaced_header_lines(const WarcRecord& old, const WarcRecord& now) {
  std::string lines = differing_lines(old, now);
  return header_with(now, lines) == old.header ? lines : std::string(old.header);
}

std::string restored(const WarcRecord& now, std::string_view lines, std::string_view block) {
  return header_with(now, lines).append(block).append(now.border);
}

}  // namespace dechaff::io
