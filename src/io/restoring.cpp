#include "io/restoring.hpp"

#include <optional>
#include <string>
#include <utility>

#include "apply/json_line.hpp"
#include "apply/rebuild.hpp"

namespace dechaff::io {

Result<Done> Restoring::run(const LedgerUnit& unit, Read read, const Write& write, std::string_view wanted) {
  hasher_.reset();
  bytes_ = 0;
  wanted_ = wanted;
  std::optional<CleanRecords> records;
  apply::BeginLine begin;
  ChangeLines changes;
  Result<Done> result = Done{};
  const auto note = [&](Result<Done> done) {
    if (done) return;
    result = std::move(done);
    read = {};
  };
  for (;;) {
    auto line = walk_.next();
    if (!line) return line.error();
    if (!*line) return walk_.error("the ledger was changed while it was read");
    if (const auto* input = std::get_if<apply::InputBeginLine>(&**line); input != nullptr && read) {
      auto made = CleanRecords::make(read, input->input);
      if (made)
        records.emplace(std::move(*made));
      else
        note(walk_.error(made.error().message));
    }
    if (auto* document = std::get_if<apply::BeginLine>(&**line)) {
      begin = std::move(*document);
      changes.clear();
    }
    if (auto* change = std::get_if<apply::ChangeLine>(&**line); change != nullptr && read)
      changes.push_back(std::move(*change));
    if (std::holds_alternative<apply::EndLine>(**line)) {
      if (read) note(records ? record(*records, begin, changes, write) : text(read, begin, changes, write));
      if (!unit.records) return result;
    }
    if (std::holds_alternative<apply::InputEndLine>(**line)) {
      if (read) note(end(*records, unit, write));
      return result;
    }
  }
}

Error Restoring::other_text(const apply::BeginLine& begin) const {
  return walk_.error("the clean text of " + apply::in_quotes(begin.document) +
                     " is another than the one this ledger was written for");
}

Result<Done> Restoring::put(std::string_view bytes, const Write& write) {
  hasher_.add(bytes);
  bytes_ += bytes.size();
  return wanted_.empty() && !bytes.empty() ? write(bytes) : Done{};
}

Result<Done> Restoring::text(const Read& read, const apply::BeginLine& begin, const ChangeLines& changes,
                             const Write& write) {
  std::string clean;
  while (clean.size() < begin.clean_bytes) {
    const auto more = read(clean, static_cast<std::size_t>(begin.clean_bytes) - clean.size());
    if (!more) return more.error();
    if (!*more) break;
  }
  return plain(clean, begin, changes, write);
}

Result<Done> Restoring::plain(std::string_view clean, const apply::BeginLine& begin,
                              const ChangeLines& changes, const Write& write) {
  if (clean.size() != begin.clean_bytes || apply::hash_of(clean) != begin.clean_hash)
    return other_text(begin);
  apply::Rebuild rebuild(begin, clean);
  for (const apply::ChangeLine& change : changes) {
    if (!rebuild.undo(change)) return other_text(begin);
  }
  const auto original = rebuild.finish();
  if (!original) return walk_.error("the changes do not lead to the original: size or hash do not match");
  if (wanted_ == begin.document && !wanted_.empty()) return write(*original);
  return put(*original, write);
}

Result<Done> Restoring::record(CleanRecords& records, const apply::BeginLine& begin,
                               const ChangeLines& changes, const Write& write) {
  if (records.windows()) {
    const auto clean = records.take(begin.clean_bytes);
    if (!clean) return clean.error();
    return plain(*clean, begin, changes, write);
  }
  for (;;) {
    const auto clean = records.next();
    if (!clean) return clean.error();
    if (!*clean) return other_text(begin);
    if ((*clean)->number != begin.record) {
      if (const auto done = copy(**clean, write); !done) return done;
      continue;
    }
    const auto restored = records.restore(**clean, begin, changes);
    if (!restored) return restored.error();
    if (!*restored) return other_text(begin);
    if (wanted_ == begin.document && !wanted_.empty()) return write((*restored)->text);
    if (const auto done = put((*restored)->bytes, write); !done) return done;
    return put((*clean)->behind, write);
  }
}

Result<Done> Restoring::copy(const CleanRecord& record, const Write& write) {
  if (const auto done = put(record.text, write); !done) return done;
  return put(record.behind, write);
}

Result<Done> Restoring::end(CleanRecords& records, const LedgerUnit& unit, const Write& write) {
  while (!records.windows()) {
    const auto clean = records.next();
    if (!clean) return clean.error();
    if (!*clean) break;
    if (const auto done = copy(**clean, write); !done) return done;
  }
  if (!wanted_.empty()) return Done{};
  if (bytes_ == unit.sums.bytes && hasher_.text() == unit.sums.hash) return Done{};
  return walk_.error("what was restored of " + apply::in_quotes(unit.name) +
                     " is not the original: size or hash do not match");
}

}  // namespace dechaff::io
