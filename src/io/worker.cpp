#include "io/worker.hpp"

#include <algorithm>
#include <cmath>

#include "apply/text_window.hpp"
#include "base/json.hpp"
#include "io/codec.hpp"
#include "io/warc_record.hpp"
#include "io/warc_rewrite.hpp"
#include "io/warc_splitter.hpp"
#include "io/whole_characters.hpp"
#include "rules/rule.hpp"

namespace dechaff::io {

namespace {

std::string numbered(const Worked& out, std::uint64_t number) {
  return out.job.input->given.path + ":" + std::to_string(number);
}

std::string shown(const Worked& out, std::uint64_t number) {
  return out.job.input->shown() + ":" + std::to_string(number);
}

Message too_large(const std::string& name, std::uint64_t most) {
  return {Message::Kind::note, name + ": is larger than a document may be (" + std::to_string(most) +
                                   " bytes) and is cleaned in parts, cut at blank lines"};
}

Message too_many_lines(const std::string& name) {
  return {Message::Kind::note,
          name + ": has more lines than are looked at together and is cleaned in parts, cut at blank lines"};
}

/// Adds what became of the next window of a text.
void append(Cleaned& whole, Cleaned window, std::size_t offset) {
  for (Change change : window.changes) {
    change.from += offset;
    change.to += whole.text.size();
    whole.changes.push_back(change);
  }
  whole.text += window.text;
  whole.invalid += window.invalid;
  whole.lines_in += window.lines_in;
  whole.lines_out += window.lines_out;
  whole.words_in += window.words_in;
  whole.words_out += window.words_out;
  whole.guarded |= window.guarded;
  whole.unsettled |= window.unsettled;
  whole.in_parts |= window.in_parts;
  whole.counts.insert(whole.counts.end(), window.counts.begin(), window.counts.end());
  if (whole.encoding.empty()) whole.encoding = std::move(window.encoding);
}

/// Lone surrogates are no text: those that stayed become U+FFFD, which the decoded text has already.
void account_for_surrogates(Cleaned& cleaned, const std::vector<LoneSurrogate>& lone) {
  constexpr std::size_t size = std::string_view("\uFFFD").size();
  Changes out;
  std::size_t next = 0;
  std::ptrdiff_t shift = 0;  // of the clean text against the original
  const auto pass_before = [&](std::size_t end) {
    for (; next < lone.size() && lone[next].offset < end; ++next) {
      const std::size_t from = lone[next].offset;
      if (!out.empty() && from < out.back().from + out.back().from_size) continue;  // went with others
      out.push_back({from, size, static_cast<std::size_t>(static_cast<std::ptrdiff_t>(from) + shift), size,
                     rules::invalid_entry});
    }
  };
  for (const Change& change : cleaned.changes) {
    pass_before(change.from);
    out.push_back(change);
    shift = static_cast<std::ptrdiff_t>(change.to + change.to_size) -
            static_cast<std::ptrdiff_t>(change.from + change.from_size);
  }
  pass_before(std::string_view::npos);
  cleaned.changes = std::move(out);
  cleaned.invalid += lone.size();
}

/// What `--meta` writes: rules and what they took, and the share of the words that went.
std::string meta_of(const Cleaned& cleaned, std::span<const Entry> entries) {
  nlohmann::ordered_json out = json_object();
  out["version"] = version();
  const auto removed = static_cast<double>(cleaned.words_in - std::min(cleaned.words_in, cleaned.words_out));
  const double share = cleaned.words_in == 0 ? 0 : removed / static_cast<double>(cleaned.words_in);
  out["removed"] = std::round(share * 10000) / 10000;
  nlohmann::ordered_json rules = json_object();
  for (const EntryCount& count : cleaned.counts) {
    if (count.lines > 0 || count.bytes > 0)
      rules[entries[count.entry].id] = {{"lines", count.lines}, {"bytes", count.bytes}};
  }
  out["rules"] = std::move(rules);
  return out.dump();
}

}  // namespace

Result<Worker> Worker::make(const Cleaner& cleaner, const BatchOptions& options) {
  const FormatOptions& format = options.format;
  auto reader = JsonReader::make({format.field, format.url_field, format.language_field, format.meta_field});
  if (!reader) return reader.error();
  auto separator = Separator::make(format.separator);
  if (!separator) return separator.error();
  return Worker(cleaner, options, std::move(*reader), std::move(*separator));
}

Worked Worker::work(Job job) {
  Worked out;
  const std::string bytes = std::move(job.piece.bytes);
  out.job = std::move(job);
  const Job& now = out.job;
  if (!now.piece.problem.empty()) {
    out.messages.push_back({Message::Kind::failure, now.input->shown() + ": " + now.piece.problem});
    out.failed = true;
    out.statistics.add_failure();
  }
  const bool ends_early = now.error || now.broken_off;
  if (ends_early && (bytes.empty() || !now.input->records)) return out;
  if (now.piece.as_it_is) {
    if (options_.target != Target::diff) out.output = bytes;
  } else if (now.input->format == Format::warc) {
    warc_records(out, bytes);
  } else if (now.input->format == Format::jsonl) {
    json_lines(out, bytes);
  } else if (separator_) {
    separated(out, bytes);
  } else {
    text(out, bytes);
  }
  if (options_.target == Target::nothing) out.output.clear();
  return out;
}

Cleaned Worker::clean(const Document& document) {
  const auto clean_part = [&](std::string_view bytes, std::string_view encoding) {
    return cleaner_.clean(
        {bytes, document.url.empty() ? options_.url : document.url,
         document.language.empty() ? options_.language : document.language, encoding, document.is_part},
        workspace_);
  };
  const std::uint64_t most = options_.format.max_document;
  if (document.bytes.size() <= most) return clean_part(document.bytes, document.encoding);
  Cleaned whole;
  for (std::size_t at = 0; at < document.bytes.size();) {
    const std::string_view left = document.bytes.substr(at);
    const std::size_t size =
        left.size() <= most ? left.size() : apply::window_size(left, static_cast<std::size_t>(most), "utf-8");
    Cleaned part = clean_part(left.substr(0, size), document.encoding);
    if (size < left.size()) apply::keep_blank_line(part, left.substr(0, size));
    append(whole, std::move(part), at);
    at += size;
  }
  return whole;
}

/// Statistics, ledger and notes of a document that is clean; `record` is null where it is its whole input.
void Worker::account(Worked& out, const Document& document, Cleaned& cleaned, const LedgerRecord* record) {
  out.statistics.add(document.bytes.size(), cleaned);
  out.changed |= !cleaned.changes.empty();
  // A record without changes has no lines in the ledger: the input's own hash answers for it. Windows have no
  // borders but those that the ledger tells.
  const bool says_something = record == nullptr || out.job.piece.window || !cleaned.changes.empty() ||
                              record->member || !record->header.empty();
  if (!options_.ledger.empty() && says_something) {
    auto lines = ledger_lines(cleaner_.rules().entries(), document.name, document.bytes, cleaned, record);
    if (!lines) {
      out.defect = lines.error();
      return;
    }
    out.ledger += *lines;
    ++out.documents;
  }
  if (options_.target == Target::diff)
    out.output += unified_diff(document.name, document.bytes, cleaned, options_.escape_controls);
  if (document.bytes.size() > options_.format.max_document)
    out.messages.push_back(too_large(shown(out, record->number), options_.format.max_document));
  if (cleaned.in_parts && !out.job.piece.window)
    out.messages.push_back(
        too_many_lines(record == nullptr ? out.job.input->shown() : shown(out, record->number)));
  cleaned.text = {};
  cleaned.changes = {};
  out.cleaned.emplace_back(document.name, std::move(cleaned));
}

void Worker::text(Worked& out, std::string_view bytes) {
  const Job& job = out.job;
  const bool window = job.piece.window;
  const Document document{window ? numbered(out, job.piece.first) : job.input->given.path,
                          bytes,
                          {},
                          {},
                          job.piece.encoding,
                          window && !job.piece.last};
  if (window && job.first)
    out.messages.push_back(too_large(job.input->shown(), options_.format.max_document));
  Cleaned cleaned = clean(document);
  if (window && !job.piece.last) apply::keep_blank_line(cleaned, bytes);
  if (options_.target != Target::diff) out.output = cleaned.text;
  LedgerRecord record;
  record.number = job.piece.first;
  account(out, document, cleaned, window ? &record : nullptr);
  ++out.records;
}

void Worker::separated(Worked& out, std::string_view bytes) {
  out.output.reserve(bytes.size());
  std::uint64_t number = out.job.piece.first;
  for (const Separator::Part& part : separator_->split(bytes)) {
    const Document document{numbered(out, number), part.text, {}, {}, {}, true};
    Cleaned cleaned = clean(document);
    // Were a separator in the clean text, the texts behind it would no longer be told apart.
    if (!cleaned.changes.empty() && separator_->count(cleaned.text) > separator_->count(part.text)) {
      out.messages.push_back(
          {Message::Kind::failure,
           shown(out, number) + ": its clean form would hold a separator; it stays as it is"});
      out.failed = true;
      out.statistics.add_failure();
      if (options_.target != Target::diff) out.output += part.text;
    } else {
      if (options_.target != Target::diff) out.output += cleaned.text;
      LedgerRecord record;
      record.number = number;
      account(out, document, cleaned, &record);
    }
    if (options_.target != Target::diff) out.output += part.separator;
    ++out.records;
    ++number;
  }
}

void Worker::json_lines(Worked& out, std::string_view bytes) {
  std::uint64_t number = out.job.piece.first;
  for (std::size_t at = 0; at < bytes.size(); ++number) {
    const std::size_t end = bytes.find('\n', at);
    const std::string_view line = bytes.substr(at, end == bytes.npos ? bytes.npos : end - at);
    json_line(out, line, number);
    if (options_.target != Target::diff && end != bytes.npos) out.output += '\n';
    at = end == bytes.npos ? bytes.size() : end + 1;
  }
}

void Worker::json_line(Worked& out, std::string_view line, std::uint64_t number) {
  const bool writes = options_.target != Target::diff;
  if (line.find_first_not_of(" \t\r") == line.npos) {
    if (writes) out.output += line;
    return;
  }
  ++out.records;
  const auto record = reader_.read(line);
  if (!record) {
    Error error = record.error();
    error.pos.file = out.job.input->shown();
    error.pos.line = static_cast<std::uint32_t>(std::min<std::uint64_t>(number, UINT32_MAX));
    out.messages.push_back({Message::Kind::failure, to_string(error) + "; the line stays as it is"});
    out.failed = true;
    out.statistics.add_failure();
    if (writes) out.output += line;
    return;
  }
  if (record->kind != JsonText::string) {
    ++out.without;
    if (writes) out.output += line;
    return;
  }
  const Document document{numbered(out, number), record->text, record->url, record->language, "utf-8", true};
  Cleaned cleaned = clean(document);
  cleaned.changes = on_characters(std::move(cleaned.changes), record->text, cleaned.text);
  account_for_surrogates(cleaned, record->lone);

  LedgerRecord ledger;
  ledger.number = number;
  std::vector<JsonEdit> edits;
  Spelling spelling(record->token);
  for (const Change& change : cleaned.changes) {
    const std::string_view removed = std::string_view(record->text).substr(change.from, change.from_size);
    const std::string_view spelt = spelling.of(change.from, change.from_size);
    ledger.spelt.emplace_back(spelt == json_spelling(removed) ? std::string_view() : spelt);
    edits.push_back({change.from, change.from_size,
                     json_spelling(std::string_view(cleaned.text).substr(change.to, change.to_size))});
  }
  std::optional<Edit> member;
  if (!options_.format.meta_field.empty()) {
    member = reader_.set_meta(*record, meta_of(cleaned, cleaner_.rules().entries()));
    if (member) {
      if (record->meta)
        ledger.member = line.substr(record->meta->begin, record->meta->end - record->meta->begin);
      else
        ledger.member.emplace();
      out.changed = true;
    }
  }
  if (writes) out.output += respell(*record, edits, member);
  account(out, document, cleaned, &ledger);
}

/// WARC is compressed record by record, so that each can be found and read alone (ISO 28500, annex D).
void Worker::put_warc(Worked& out, std::string_view bytes) const {
  if (options_.target == Target::diff) return;
  const Codec codec = out.job.input->output_codec;
  if (codec == Codec::none) {
    out.output += bytes;
    return;
  }
  out.output += compressed(codec, bytes);
  if (!options_.ledger.empty()) out.plain += bytes;
}

void Worker::warc_records(Worked& out, std::string_view bytes) {
  std::uint64_t number = out.job.piece.first;
  WarcSplitter splitter(bytes.size());
  splitter.feed(bytes);
  splitter.finish();
  while (const auto piece = splitter.next()) {
    if (piece->kind == WarcPiece::Kind::record) {
      warc_record(out, piece->bytes, number++);
    } else {
      put_warc(out, piece->bytes);
    }
  }
}

void Worker::warc_record(Worked& out, std::string_view raw, std::uint64_t number) {
  const WarcRecord record = record_of(raw);
  ++out.records;
  if (!is_text(record)) return put_warc(out, raw);
  const std::string url = record.target_uri();
  const std::string language = record.language();
  const Document document{numbered(out, number), record.block, url, language, "utf-8", true};
  Cleaned cleaned = clean(document);
  LedgerRecord ledger;
  ledger.number = number;
  if (cleaned.changes.empty()) {
    put_warc(out, raw);
    return account(out, document, cleaned, &ledger);
  }
  const std::string now = rewritten(record, cleaned.text);
  ledger.header = replaced_header_lines(record, record_of(now));
  put_warc(out, now);
  account(out, document, cleaned, &ledger);
}

}  // namespace dechaff::io
