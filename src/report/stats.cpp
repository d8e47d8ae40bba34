#include <unicode/uchar.h>
#include <unicode/uvernum.h>

#include <boost/version.hpp>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/json.hpp"
#include "dechaff/report.hpp"
#include "rules/rule.hpp"

namespace dechaff {

namespace {

void add_to(std::map<EntryIndex, EntryCount>& counts, const EntryCount& count) {
  EntryCount& sum = counts[count.entry];
  sum.entry = count.entry;
  sum.hits += count.hits;
  sum.lines += count.lines;
  sum.bytes += count.bytes;
  sum.limits += count.limits;
}

}  // namespace

void Statistics::add(std::uint64_t bytes, const Cleaned& cleaned) {
  ++documents_;
  changed_ += cleaned.changes.empty() ? 0U : 1U;
  guarded_ += cleaned.guarded ? 1U : 0U;
  unsettled_ += cleaned.unsettled ? 1U : 0U;
  invalid_ += cleaned.invalid;
  bytes_in_ += bytes;
  bytes_out_ += cleaned.text.size();
  lines_in_ += cleaned.lines_in;
  lines_out_ += cleaned.lines_out;
  words_in_ += cleaned.words_in;
  words_out_ += cleaned.words_out;
  ++encodings_[cleaned.encoding];
  for (const EntryCount& count : cleaned.counts) add_to(counts_, count);
}

void Statistics::add(const Statistics& other) {
  documents_ += other.documents_;
  failed_ += other.failed_;
  changed_ += other.changed_;
  guarded_ += other.guarded_;
  unsettled_ += other.unsettled_;
  invalid_ += other.invalid_;
  bytes_in_ += other.bytes_in_;
  bytes_out_ += other.bytes_out_;
  lines_in_ += other.lines_in_;
  lines_out_ += other.lines_out_;
  words_in_ += other.words_in_;
  words_out_ += other.words_out_;
  for (const auto& [encoding, count] : other.encodings_) encodings_[encoding] += count;
  for (const auto& [entry, count] : other.counts_) add_to(counts_, count);
}

std::string Statistics::to_json(const RuleSet& rules, const Profile& profile) const {
  using nlohmann::ordered_json;
  ordered_json out = json_object();
  out["dechaff"] = version();
  out["profile"] = profile.name;
  out["documents"] = documents_;
  out["failed"] = failed_;
  out["changed"] = changed_;
  out["guarded"] = guarded_;
  out["unsettled"] = unsettled_;
  out["invalid"] = invalid_;
  out["bytes"] = {{"in", bytes_in_}, {"out", bytes_out_}};
  out["lines"] = {{"in", lines_in_}, {"out", lines_out_}};
  out["words"] = {{"in", words_in_}, {"out", words_out_}};
  out["encodings"] = encodings_;
  ordered_json steps = json_object();
  ordered_json by_rule = json_object();
  for (const auto& [index, count] : counts_) {
    const Entry& entry = rules.entries()[index];
    const bool step = entry.kind == EntryKind::step || entry.kind == EntryKind::builtin;
    ordered_json line = json_object();
    line["hits"] = count.hits;
    if (!step) line["lines"] = count.lines;
    line["bytes"] = count.bytes;
    if (count.limits > 0) line["limits"] = count.limits;
    (step ? steps : by_rule)[entry.id] = std::move(line);
  }
  out["steps"] = std::move(steps);
  out["rules"] = std::move(by_rule);
  return out.dump(2) + "\n";
}

std::string_view version() { return DECHAFF_VERSION; }

std::string version_details() {
  char pcre2[64] = {};
  pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
  std::uint32_t jit = 0;
  pcre2_config(PCRE2_CONFIG_JIT, &jit);
  std::string out = "dechaff " + std::string(version()) + "\n";
  out += "PCRE2 " + std::string(pcre2) + (jit != 0 ? ", JIT on" : ", no JIT") + "\n";
  out += "ICU " U_ICU_VERSION ", Unicode " U_UNICODE_VERSION "\n";
  out += "Boost " + std::string(BOOST_LIB_VERSION) + "\n";
  return out;
}

}  // namespace dechaff
