#include <istream>
#include <map>
#include <utility>
#include <vector>

#include "apply/hash.hpp"
#include "apply/json_line.hpp"
#include "apply/ledger_reader.hpp"
#include "apply/rebuild.hpp"
#include "dechaff/batch.hpp"
#include "dechaff/io.hpp"
#include "io/clean_records.hpp"
#include "io/codec.hpp"
#include "io/source.hpp"
#include "io/source_buffer.hpp"

namespace dechaff {

namespace io {
namespace {

using apply::LedgerLine;
using Write = std::function<Result<Done>(std::string_view)>;

constexpr std::size_t read_size = std::size_t{256} << 10U;

/// One input of a run, as its ledger has it.
struct Unit {
  std::string name;
  bool records = false;
  LedgerSums sums;

  bool is_unchanged() const { return sums.bytes == sums.clean_bytes && sums.hash == sums.clean_hash; }
};

/// A ledger on its way from head to foot.
class Walk {
 public:
  static Result<std::unique_ptr<Walk>> open(const RestoreOptions& options) {
    auto source = Source::open(options.ledger.string());
    if (!source) return source.error();
    return std::unique_ptr<Walk>(new Walk(std::move(*source), options));
  }

  /// The next line, or nothing at the end.
  Result<std::optional<LedgerLine>> next() {
    auto line = reader_.next();
    if (line && std::holds_alternative<apply::FootLine>(*line)) return std::optional<LedgerLine>();
    if (line) return std::optional(std::move(*line));
    if (unfinished_ && reader_.is_cut_off()) return std::optional<LedgerLine>();
    return line.error();
  }

  Error error(std::string message) const { return reader_.error(std::move(message)); }

 private:
  Walk(Source source, const RestoreOptions& options)
      : name_(options.ledger.string()),
        unfinished_(options.unfinished),
        source_(std::move(source)),
        in_(nullptr),
        buffer_(source_, in_),
        reader_(in_, name_) {}

  std::string name_;
  bool unfinished_;
  Source source_;
  std::istream in_;
  SourceBuffer buffer_;
  apply::LedgerReader reader_;
};

/// All inputs that are whole in the ledger, in their order. Reads and checks it to its end, so that nothing is
/// restored by one that was damaged.
Result<std::vector<Unit>> units_of(const RestoreOptions& options) {
  auto walk = Walk::open(options);
  if (!walk) return walk.error();
  std::vector<Unit> out;
  std::optional<std::string> input;
  Unit document;
  for (;;) {
    auto line = (*walk)->next();
    if (!line) return line.error();
    if (!*line) return out;
    if (const auto* begin = std::get_if<apply::InputBeginLine>(&**line)) input = begin->input.name;
    if (const auto* begin = std::get_if<apply::BeginLine>(&**line))
      document = {begin->document, false, {begin->bytes, begin->clean_bytes, begin->hash, begin->clean_hash}};
    if (std::holds_alternative<apply::EndLine>(**line) && !input) out.push_back(document);
    if (const auto* end = std::get_if<apply::InputEndLine>(&**line)) {
      out.push_back({end->input, true, end->sums});
      input.reset();
    }
  }
}

/// Restores one input after another, in the order of the ledger.
class Restoring {
 public:
  explicit Restoring(Walk& walk) : walk_(walk) {}

  /// Passes over the lines of an input.
  Result<Done> skip(const Unit& unit) { return run(unit, {}, {}, {}); }

  /// Reads the clean form of an input from `read`, which gives just that, and writes the original; of a
  /// `wanted` record, and nothing else, its text.
  Result<Done> restore(const Unit& unit, Read read, const Write& write, std::string_view wanted = {}) {
    return run(unit, std::move(read), write, wanted);
  }

 private:
  Result<Done> run(const Unit& unit, Read read, const Write& write, std::string_view wanted) {
    hasher_.reset();
    bytes_ = 0;
    wanted_ = wanted;
    std::optional<CleanRecords> records;
    apply::BeginLine begin;
    std::vector<apply::ChangeLine> changes;
    for (;;) {
      auto line = walk_.next();
      if (!line) return line.error();
      if (!*line) return walk_.error("the ledger was changed while it was read");
      if (const auto* input = std::get_if<apply::InputBeginLine>(&**line); input != nullptr && read) {
        auto made = CleanRecords::make(read, input->input);
        if (!made) return walk_.error(made.error().message);
        records.emplace(std::move(*made));
      }
      if (auto* document = std::get_if<apply::BeginLine>(&**line)) {
        begin = std::move(*document);
        changes.clear();
      }
      if (auto* change = std::get_if<apply::ChangeLine>(&**line); change != nullptr && read)
        changes.push_back(std::move(*change));
      if (std::holds_alternative<apply::EndLine>(**line)) {
        if (read) {
          const auto done = records ? record(*records, begin, changes, write) : text(read, begin, changes, write);
          if (!done) return done;
        }
        if (!unit.records) return Done{};
      }
      if (std::holds_alternative<apply::InputEndLine>(**line)) return read ? end(*records, unit, write) : Done{};
    }
  }

  Error other_text(const apply::BeginLine& begin) const {
    return walk_.error("the clean text of " + apply::in_quotes(begin.document) +
                       " is another than the one this ledger was written for");
  }

  Result<Done> put(std::string_view bytes, const Write& write) {
    hasher_.add(bytes);
    bytes_ += bytes.size();
    return wanted_.empty() ? write(bytes) : Done{};
  }

  Result<Done> text(const Read& read, const apply::BeginLine& begin,
                    const std::vector<apply::ChangeLine>& changes, const Write& write) {
    std::string clean;
    while (clean.size() < begin.clean_bytes) {
      const auto more = read(clean, static_cast<std::size_t>(begin.clean_bytes) - clean.size());
      if (!more) return more.error();
      if (!*more) break;
    }
    return plain(clean, begin, changes, write);
  }

  Result<Done> plain(std::string_view clean, const apply::BeginLine& begin,
                     const std::vector<apply::ChangeLine>& changes, const Write& write) {
    if (clean.size() != begin.clean_bytes || apply::hash_of(clean) != begin.clean_hash) return other_text(begin);
    apply::Rebuild rebuild(begin, clean);
    for (const apply::ChangeLine& change : changes) {
      if (!rebuild.undo(change)) return other_text(begin);
    }
    const auto original = rebuild.finish();
    if (!original) return walk_.error("the changes do not lead to the original: size or hash do not match");
    if (wanted_ == begin.document && !wanted_.empty()) return write(*original);
    return put(*original, write);
  }

  Result<Done> record(CleanRecords& records, const apply::BeginLine& begin,
                      const std::vector<apply::ChangeLine>& changes, const Write& write) {
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

  Result<Done> copy(const CleanRecord& record, const Write& write) {
    if (const auto done = put(record.text, write); !done) return done;
    return put(record.behind, write);
  }

  Result<Done> end(CleanRecords& records, const Unit& unit, const Write& write) {
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

  Walk& walk_;
  std::string_view wanted_;
  apply::Hasher hasher_;
  std::uint64_t bytes_ = 0;
};

/// At most `size` bytes of a source.
Read limited(Source& source, std::uint64_t size) {
  return [&source, size](std::string& out, std::size_t most) mutable -> Result<bool> {
    if (size == 0) return false;
    const std::size_t before = out.size();
    auto more = source.read(out, static_cast<std::size_t>(std::min<std::uint64_t>(most, size)));
    size -= out.size() - before;
    return more;
  };
}

Result<RestoreSummary> restore_stream(const RestoreOptions& options, const std::string& clean,
                                      const Write& write, std::string_view wanted) {
  const auto units = units_of(options);
  if (!units) return units.error();
  auto source = Source::open(clean);
  if (!source) return source.error();
  auto walk = Walk::open(options);
  if (!walk) return walk.error();
  if (const auto head = (*walk)->next(); !head) return head.error();
  Restoring restoring(**walk);
  RestoreSummary out;
  for (const Unit& unit : *units) {
    const auto done = restoring.restore(unit, limited(*source, unit.sums.clean_bytes), write, wanted);
    if (!done) return done.error();
    ++out.inputs;
  }
  std::string more;
  const auto left = source->read(more, 1);
  if (!left) return left.error();
  if (*left) return Error{ErrorCode::bad_ledger, {clean, 0, 0}, "holds more than this ledger speaks of"};
  return out;
}

enum class Holds { neither, clean, original };

/// What a file holds, by its size and hash after decompression.
Result<Holds> look_into(const std::string& path, const Unit& unit) {
  auto source = Source::open(path);
  if (!source) return source.error();
  apply::Hasher hasher;
  std::uint64_t bytes = 0;
  std::string piece;
  for (;;) {
    piece.clear();
    const auto more = source->read(piece, read_size);
    if (!more) return more.error();
    if (!*more) break;
    hasher.add(piece);
    bytes += piece.size();
  }
  const std::string hash = hasher.text();
  if (bytes == unit.sums.bytes && hash == unit.sums.hash) return Holds::original;
  if (bytes == unit.sums.clean_bytes && hash == unit.sums.clean_hash) return Holds::clean;
  return Holds::neither;
}

Result<Done> put_back(const Unit& unit, const RestorePaths& paths, Restoring& restoring) {
  auto source = Source::open(paths.clean);
  if (!source) return source.error();
  std::string begun;
  if (const auto more = source->read(begun, read_size); !more) return more.error();
  const Read rest = [&](std::string& out, std::size_t most) -> Result<bool> {
    if (begun.empty()) return source->read(out, most);
    const std::size_t size = std::min(most, begun.size());
    out.append(begun, 0, size);
    begun.erase(0, size);
    return true;
  };
  std::error_code ignored;  // opening says why it cannot be
  std::filesystem::create_directories(std::filesystem::path(paths.original).parent_path(), ignored);
  auto file = OutputFile::open(paths.original);
  if (!file) return file.error();
  const auto packer = compressor(source->codec());
  std::string packed;
  const Write write = [&](std::string_view bytes) {
    packed.clear();
    packer->write(bytes, packed);
    return file->write(packed);
  };
  if (const auto done = restoring.restore(unit, rest, write); !done) return done;
  packed.clear();
  packer->finish(packed);
  if (const auto done = file->write(packed); !done) return done;
  return file->commit();
}

/// What is known of a file while the ledger is gone through, perhaps several times.
struct Standing {
  bool good = false;  ///< it was restored, or holds its original
  bool restored = false;
  bool given_up = false;
  std::string reason;
};

}  // namespace
}  // namespace io

Result<RestoreSummary> restore_all(const RestoreOptions& options, const std::string& clean,
                                   const std::function<Result<Done>(std::string_view)>& write) {
  return io::restore_stream(options, clean, write, {});
}

Result<std::string> restore_document(const RestoreOptions& options, const std::string& clean,
                                     const std::string& document) {
  const auto bytes = read_input(clean);
  if (!bytes) return bytes.error();
  auto source = io::Source::open(options.ledger.string());
  if (!source) return source.error();
  std::istream ledger(nullptr);
  const io::SourceBuffer buffer(*source, ledger);
  auto alone = restore(ledger, options.ledger.string(), *bytes, document);
  if (buffer.error()) return *buffer.error();
  if (alone || clean == "-") return alone;
  std::optional<std::string> text;
  const auto keep = [&](std::string_view original) -> Result<Done> {
    text = std::string(original);
    return Done{};
  };
  (void)io::restore_stream(options, clean, keep, document);
  if (text) return *text;
  return alone;
}

Result<RestoreSummary> restore_files(const RestoreOptions& options,
                                     const std::function<RestorePaths(const std::string& input)>& paths,
                                     const std::function<void(std::string_view)>& complain) {
  const auto units = io::units_of(options);
  if (!units) return units.error();
  std::map<std::string, io::Standing> standings;
  // A file that was cleaned twice goes back by two steps, the last one first.
  for (bool again = true; again;) {
    again = false;
    auto walk = io::Walk::open(options);
    if (!walk) return walk.error();
    if (const auto head = (*walk)->next(); !head) return head.error();
    io::Restoring restoring(**walk);
    for (const io::Unit& unit : *units) {
      io::Standing& standing = standings[unit.name];
      const RestorePaths path = paths(unit.name);
      const bool in_place = path.clean == path.original;
      const auto holds = io::look_into(path.clean, unit);
      if (!holds) standing.reason = to_string(holds.error());
      const bool is_original = holds && *holds == io::Holds::original;
      if (is_original && in_place) standing.good = true;
      const bool goes = holds && (*holds == io::Holds::clean || (is_original && !in_place && unit.is_unchanged()));
      if (standing.given_up || !goes || (standing.restored && !in_place)) {
        if (const auto skipped = restoring.skip(unit); !skipped) return skipped.error();
        continue;
      }
      again |= in_place;
      if (const auto done = io::put_back(unit, path, restoring); !done) {
        standing.reason = to_string(done.error());
        standing.given_up = true;
        again = true;
        break;  // amid its lines: the next time it is passed over
      }
      standing.good = standing.restored = true;
    }
  }
  RestoreSummary out;
  for (const auto& [name, standing] : standings) {
    if (standing.restored) ++out.inputs;
    if (standing.good && !standing.restored) ++out.kept;
    if (standing.good) continue;
    out.failed = true;
    complain(standing.reason.empty()
                 ? name + ": holds neither its original nor the clean form that this ledger speaks of"
                 : standing.reason);
  }
  return out;
}

}  // namespace dechaff
