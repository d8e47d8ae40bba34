#include <cstdio>

#include "dechaff/report.hpp"
#include "report/visible.hpp"
#include "rules/rule.hpp"

namespace dechaff {

namespace {

constexpr std::string_view reset = "\x1b[0m";

std::string_view colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::drop:
      return "\x1b[31m";
    case Verdict::rewrite:
      return "\x1b[33m";
    case Verdict::keep:
      break;
  }
  return "";
}

std::string_view word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::drop:
      return "drop";
    case Verdict::rewrite:
      return "edit";
    case Verdict::keep:
      break;
  }
  return "keep";
}

std::string evidence_column(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%+6.1f", value);
  return buffer;
}

std::string signed_number(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%+g", value);
  return buffer;
}

/// "level 1", "-1.5", "keeps": what a hit of the entry says.
std::string weight_of(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::drop:
    case EntryKind::rewrite:
      return "level " + std::to_string(entry.level);
    case EntryKind::weigh:
      return "score " + signed_number(entry.score);
    case EntryKind::keep:
      return "keeps";
    case EntryKind::builtin:
    case EntryKind::step:
      break;
  }
  return "step";
}

std::string reason(const RuleSet& rules, const LineReport& line) {
  const auto entries = rules.entries();
  std::string out;
  const auto add = [&](std::string_view text) { out.append(out.empty() ? "" : ", ").append(text); };
  if (line.verdict != Verdict::keep && !line.weighed) {
    const Entry& cause = entries[line.cause];
    add(cause.id + " (" + weight_of(cause) + (cause.why.empty() ? "" : ": " + report::visible(cause.why)) +
        ")");
  }
  if (line.weighed)
    add("the sum of evidence along the lines" +
        (line.because.empty() ? "" : ": " + report::visible(line.because)));
  for (const EntryIndex hit : line.hits) {
    if (line.verdict != Verdict::keep && !line.weighed && hit == line.cause) continue;
    add(entries[hit].id + " (" + weight_of(entries[hit]) + ")");
  }
  return out;
}

}  // namespace

std::string explain(const RuleSet& rules, const Profile& profile, const Cleaned& cleaned, Colour colour) {
  const bool coloured = colour == Colour::on;
  std::string out;
  std::size_t number_of_line = 0;
  for (const LineReport& line : cleaned.lines) {
    ++number_of_line;
    char head[32];
    std::snprintf(head, sizeof head, "%s %5zu ", std::string(word_of(line.verdict)).c_str(), number_of_line);
    if (coloured) out += colour_of(line.verdict);
    out += head;
    if (profile.weigh) out += evidence_column(line.evidence) + " ";
    out += report::visible(line.text);
    if (coloured && line.verdict != Verdict::keep) out += reset;
    if (line.verdict == Verdict::rewrite) out += "\n           → " + report::visible(line.rewritten);
    if (const std::string why = reason(rules, line); !why.empty()) {
      out += coloured ? "\n           \x1b[2m" + why + std::string(reset) : "\n           " + why;
    }
    out += '\n';
  }
  for (const EntryCount& count : cleaned.counts) {
    const Entry& entry = rules.entries()[count.entry];
    if (entry.kind == EntryKind::step && count.hits > 0) {
      out +=
          "step " + entry.id + ": " + std::to_string(count.hits) + " (" + report::visible(entry.why) + ")\n";
    }
    if (count.limits > 0)
      out += "limit " + entry.id + ": given up on " + std::to_string(count.limits) + " lines\n";
  }
  if (cleaned.encoding != "utf-8") {
    out += "encoding " + cleaned.encoding + " (" + std::to_string(cleaned.confidence) + " % sure)\n";
  }
  if (cleaned.invalid > 0) out += "invalid " + std::to_string(cleaned.invalid) + " ill-formed sequences\n";
  if (cleaned.guarded) out += "guard the profile would have removed too much: only level 1 acted\n";
  if (cleaned.unsettled) out += "guard the rules did not come to an end and were set aside\n";
  return out;
}

}  // namespace dechaff
