#include "dechaff/ledger.hpp"

#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include <array>
#include <optional>
#include <utility>

#include "apply/base64.hpp"
#include "apply/hash.hpp"
#include "apply/json_line.hpp"
#include "apply/ledger_line.hpp"
#include "rules/rule.hpp"
#include "text/utf8.hpp"

namespace dechaff {

namespace {

using nlohmann::ordered_json;

/// Sets `key`, or `key` + "_b64" for bytes that no JSON string can hold.
void put_bytes(ordered_json& line, const char* key, std::string_view bytes) {
  if (text::is_utf8(bytes)) {
    line[key] = bytes;
  } else {
    line[std::string(key) + "_b64"] = apply::to_base64(bytes);
  }
}

ordered_json line_of(std::string_view document) {
  ordered_json line = json_object();
  put_bytes(line, "document", document);
  return line;
}

std::string terminated(const ordered_json& line) { return apply::to_json_line(line) + '\n'; }

/// Whether the stretch of the original before a change and that of the clean text are the same bytes, and the
/// change lies within both.
bool follows(const Change& change, std::size_t from, std::size_t to, std::string_view original,
             std::string_view clean) {
  if (change.from < from || change.from > original.size() || change.from_size > original.size() - change.from)
    return false;
  if (change.to < to || change.to > clean.size() || change.to_size > clean.size() - change.to) return false;
  return original.substr(from, change.from - from) == clean.substr(to, change.to - to);
}

struct ChangeLines {
  std::string lines;
  std::size_t count = 0;
};

/// Nothing where the changes do not lead back to the original.
std::optional<ChangeLines> change_lines(std::span<const Entry> entries, std::string_view document,
                                        std::string_view original, const Cleaned& cleaned,
                                        std::span<const std::string> spelt) {
  ChangeLines out;
  const std::string_view clean = cleaned.text;
  std::size_t from = 0;
  std::size_t to = 0;
  for (std::size_t i = 0; i < cleaned.changes.size(); ++i) {
    const Change& change = cleaned.changes[i];
    if (change.cause >= entries.size() || !follows(change, from, to, original, clean)) return std::nullopt;
    from = change.from + change.from_size;
    to = change.to + change.to_size;
    if (change.from_size == 0 && change.to_size == 0) continue;
    ordered_json line = line_of(document);
    line["rule"] = entries[change.cause].id;
    line["offset"] = change.from;
    put_bytes(line, "removed", original.substr(change.from, change.from_size));
    if (change.to_size != 0) put_bytes(line, "added", clean.substr(change.to, change.to_size));
    if (i < spelt.size() && !spelt[i].empty()) line["spelt"] = spelt[i];
    out.lines += terminated(line);
    ++out.count;
  }
  if (original.substr(from) != clean.substr(to)) return std::nullopt;
  return out;
}

std::string begin_line(std::string_view document, std::string_view original, const Cleaned& cleaned,
                       const LedgerRecord* record) {
  ordered_json line = line_of(document);
  line["begin"] = true;
  if (record != nullptr) {
    line["record"] = record->number;
    if (record->member) line["member"] = *record->member;
    if (!record->header.empty()) put_bytes(line, "header", record->header);
  }
  line["encoding"] = cleaned.encoding;
  line["bytes"] = original.size();
  line["hash"] = apply::hash_of(original);
  line["clean_bytes"] = cleaned.text.size();
  line["clean_hash"] = apply::hash_of(cleaned.text);
  return terminated(line);
}

/// Of the texts of all pattern files in their order, each with its size before it.
std::string hash_of(const RuleSet& rules) {
  apply::Hasher hasher;
  for (const rules::SourceFile& file : rules.compiled().files) {
    hasher.add(std::to_string(file.content().size()) + '\n');
    hasher.add(file.content());
  }
  return hasher.text();
}

std::string unicode_version() {
  UVersionInfo version = {};
  u_getUnicodeVersion(version);
  std::array<char, U_MAX_VERSION_STRING_LENGTH> out = {};
  u_versionToString(version, out.data());
  return out.data();
}

}  // namespace

Result<std::string> ledger_lines(std::span<const Entry> entries, std::string_view document,
                                 std::string_view original, const Cleaned& cleaned,
                                 const LedgerRecord* record) {
  const std::span<const std::string> spelt =
      record == nullptr ? std::span<const std::string>() : std::span(record->spelt);
  const std::optional<ChangeLines> changes = change_lines(entries, document, original, cleaned, spelt);
  if (!changes) {
    return Error{
        ErrorCode::bad_ledger,
        {std::string(document), 0, 0},
        "its changes do not lead back to the original; this is a defect of dechaff, please report it"};
  }
  std::string out = begin_line(document, original, cleaned, record) + changes->lines;
  ordered_json end = line_of(document);
  end["end"] = true;
  end["changes"] = changes->count;
  end["hash"] = apply::hash_of(out);
  return out + terminated(end);
}

std::string ledger_input_begin(const LedgerInput& input) {
  ordered_json line = json_object();
  put_bytes(line, "input", input.name);
  line["begin"] = true;
  line["format"] = input.format;
  if (input.format == "jsonl") put_bytes(line, "field", input.field);
  if (!input.meta.empty()) put_bytes(line, "meta", input.meta);
  if (!input.separator.empty()) put_bytes(line, "separator", input.separator);
  return terminated(line);
}

std::string ledger_input_end(std::string_view name, const LedgerSums& sums, LedgerOutput output) {
  ordered_json line = json_object();
  put_bytes(line, "input", name);
  line["end"] = true;
  if (output == LedgerOutput::none) line["failed"] = true;
  line["bytes"] = sums.bytes;
  line["hash"] = sums.hash;
  line["clean_bytes"] = sums.clean_bytes;
  line["clean_hash"] = sums.clean_hash;
  return terminated(line);
}

struct LedgerWriter::State {
  Write write;
  apply::Hasher hasher;
  std::uint64_t documents = 0;
  bool good = true;

  bool put(std::string_view lines) {
    hasher.add(lines);
    good = good && write(lines);
    return good;
  }
};

LedgerWriter::LedgerWriter(Write write) : state_(std::make_unique<State>()) {
  state_->write = std::move(write);
}
LedgerWriter::~LedgerWriter() = default;

bool LedgerWriter::begin(const RuleSet& rules, std::string_view profile) {
  ordered_json line = json_object();
  line["dechaff"] = "ledger";
  line["version"] = apply::ledger_version;
  line["engine"] = DECHAFF_VERSION;
  line["profile"] = profile;
  line["unicode"] = unicode_version();
  line["rules"] = hash_of(rules);
  return state_->put(terminated(line));
}

bool LedgerWriter::add(std::string_view lines, std::uint64_t documents) {
  state_->documents += documents;
  return state_->put(lines);
}

bool LedgerWriter::end() {
  ordered_json line = json_object();
  line["end"] = true;
  line["documents"] = state_->documents;
  line["hash"] = state_->hasher.text();
  return state_->put(terminated(line));
}

}  // namespace dechaff
