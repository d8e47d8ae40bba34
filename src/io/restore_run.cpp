#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "apply/hash.hpp"
#include "apply/json_line.hpp"
#include "dechaff/batch.hpp"
#include "dechaff/io.hpp"
#include "io/codec.hpp"
#include "io/descriptor.hpp"
#include "io/ledger_walk.hpp"
#include "io/restoring.hpp"
#include "io/source.hpp"
#include "io/source_buffer.hpp"

namespace dechaff {

namespace io {
namespace {

constexpr std::size_t read_size = std::size_t{256} << 10U;

/// The clean forms of inputs, one after another.
class CleanStream {
 public:
  explicit CleanStream(Source source) : source_(std::move(source)) {}

  const Source& source() const { return source_; }

  /// Reads the clean form of one input.
  Read of(const LedgerUnit& unit) {
    return [this, left = unit.sums.clean_bytes](std::string& out, std::size_t most) mutable -> Result<bool> {
      if (left == 0) return false;
      const std::size_t before = out.size();
      const auto more = read(out, static_cast<std::size_t>(std::min<std::uint64_t>(most, left)));
      left -= out.size() - before;
      return more;
    };
  }

  /// Passes over what was put behind the last record of an input that had no end of its own.
  Result<Done> pass_over(std::string_view end) {
    if (end.empty() || last_ == end.back()) return Done{};
    if (const auto more = source_.read(ahead_, 1); !more) return more.error();
    if (ahead_ == end) ahead_.clear();
    return Done{};
  }

  Result<bool> is_at_end() {
    std::string more;
    const auto left = read(more, 1);
    if (!left) return left.error();
    return !*left;
  }

 private:
  Result<bool> read(std::string& out, std::size_t most) {
    const std::size_t before = out.size();
    out += std::exchange(ahead_, {});
    if (out.size() == before) {
      const auto more = source_.read(out, most);
      if (!more || !*more) return more;
    }
    last_ = out.back();
    return true;
  }

  Source source_;
  std::string ahead_;  // read already: one byte at most
  char last_ = 0;
};

/// What is wrong where a file cannot be the clean forms of all inputs, before anything of it is given out.
std::optional<Error> other_size(const RestoreOptions& options, const std::vector<LedgerUnit>& units,
                                const Source& source) {
  std::uint64_t sum = 0, joints = 0;
  for (const LedgerUnit& unit : units) {
    if (unit.output == LedgerOutput::none) continue;
    sum += unit.sums.clean_bytes;
    joints += unit.end_of_record.size();
  }
  const auto size = source.size();
  const bool compressed = codec_of_name(source.name()) != Codec::none;
  if (units.size() < 2 || !size || compressed || (*size >= sum && *size <= sum + joints)) return std::nullopt;
  std::string names;
  for (std::size_t i = 0; i < units.size() && i < 5; ++i)
    names += (i == 0 ? "" : ", ") + apply::in_quotes(units[i].name);
  if (units.size() > 5) names += ", …";
  return Error{ErrorCode::bad_ledger,
               {options.ledger.string(), 0, 0},
               "the ledger holds " + std::to_string(units.size()) + " documents, name one of them: " + names +
                   " (for all of them " + source.name() + " must have " + std::to_string(sum) +
                   " bytes, and has " + std::to_string(*size) + ")"};
}

/// A ledger whose head was read.
Result<std::unique_ptr<LedgerWalk>> behind_head(const RestoreOptions& options) {
  auto walk = LedgerWalk::open(options);
  if (!walk) return walk.error();
  if (const auto head = (*walk)->next(); !head) return head.error();
  return walk;
}

/// `write_of` says where the bytes of each input go.
Result<RestoreSummary> restore_stream(const RestoreOptions& options, const std::vector<LedgerUnit>& units,
                                      Source source, std::string_view wanted,
                                      const std::function<Write(std::size_t unit)>& write_of) {
  auto walk = behind_head(options);
  if (!walk) return walk.error();
  Restoring restoring(**walk);
  CleanStream clean(std::move(source));
  RestoreSummary out;
  std::string_view end;  // of the records of the input before
  for (std::size_t i = 0; i < units.size(); ++i) {
    const LedgerUnit& unit = units[i];
    if (unit.output == LedgerOutput::none) {
      if (const auto skipped = restoring.skip(unit); !skipped) return skipped.error();
      continue;
    }
    if (unit.sums.clean_bytes > 0) {
      if (const auto passed = clean.pass_over(end); !passed) return passed.error();
      end = unit.end_of_record;
    }
    if (const auto done = restoring.restore(unit, clean.of(unit), write_of(i), wanted); !done)
      return done.error();
    ++out.inputs;
  }
  const auto all = clean.is_at_end();
  if (!all) return all.error();
  if (!*all)
    return Error{
        ErrorCode::bad_ledger, {clean.source().name(), 0, 0}, "holds more than this ledger speaks of"};
  return out;
}

enum class Holds { neither, clean, original };

/// What a file holds, by its size and hash after decompression.
Result<Holds> look_into(const std::string& path, const LedgerUnit& unit) {
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

Result<Done> put_back(const LedgerUnit& unit, const RestorePaths& paths, Restoring& restoring) {
  const auto pass = [&](const Error& error) -> Result<Done> {
    const auto skipped = restoring.skip(unit);
    return skipped ? error : skipped.error();
  };
  auto source = Source::open(paths.clean);
  if (!source) return pass(source.error());
  std::string begun;
  if (const auto more = source->read(begun, read_size); !more) return pass(more.error());
  const Read rest = [&](std::string& out, std::size_t most) -> Result<bool> {
    if (begun.empty()) return source->read(out, most);
    const std::size_t size = std::min(most, begun.size());
    out.append(begun, 0, size);
    begun.erase(0, size);
    return true;
  };
  if (const auto made = make_folder_of(paths.original); !made) return pass(made.error());
  auto file = OutputFile::open(paths.original);
  if (!file) return pass(file.error());
  const auto packer = compressor(source->codec());
  std::string packed;
  const Write write = [&](std::string_view bytes) {
    packed.clear();
    packer->write(bytes, packed);
    if (unit.packed_by_record) packer->finish(packed);
    return file->write(packed);
  };
  if (const auto done = restoring.restore(unit, rest, write); !done) return done;
  packed.clear();
  if (!unit.packed_by_record) packer->finish(packed);
  if (const auto done = file->write(packed); !done) return done;
  return file->commit();
}

/// What is known of a file while the ledger is gone through, perhaps several times.
struct Standing {
  std::size_t units = 0;  ///< of this name
  bool good = false;      ///< it was restored, or holds its original
  bool restored = false;
  bool failed = false;
  std::string reason;
};

/// The inputs of a run as they stand in files.
class FilesOfRun {
 public:
  using Paths = std::function<RestorePaths(const std::string& input)>;

  FilesOfRun(const RestoreOptions& options, std::vector<LedgerUnit> units, const Paths& paths)
      : options_(options), units_(std::move(units)), paths_(paths), done_(units_.size()) {
    for (const LedgerUnit& unit : units_) {
      if (unit.output == LedgerOutput::written) ++standings_[unit.name].units;
    }
  }

  /// A file that was cleaned twice goes back by two steps, the last one first. Each is taken once, for they
  /// may lead in a circle.
  Result<Done> restore() {
    for (bool first = true, again = true; again; first = false) {
      again = false;
      auto walk = behind_head(options_);
      if (!walk) return walk.error();
      Restoring restoring(**walk);
      for (std::size_t i = 0; i < units_.size(); ++i) {
        if (goes_back(i, first)) {
          again |= put_back_by(i, restoring);
        } else if (const auto skipped = restoring.skip(units_[i]); !skipped) {
          return skipped;
        }
      }
    }
    return Done{};
  }

  RestoreSummary summary(const std::function<void(std::string_view)>& complain) const {
    RestoreSummary out;
    for (const auto& [name, standing] : standings_) {
      if (standing.good && !standing.failed) {
        ++(standing.restored ? out.inputs : out.kept);
        continue;
      }
      out.failed = true;
      complain(standing.reason.empty()
                   ? name + ": holds neither its original nor the clean form that this ledger speaks of"
                   : standing.reason);
    }
    return out;
  }

 private:
  bool goes_back(std::size_t i, bool first) {
    const LedgerUnit& unit = units_[i];
    if (unit.output == LedgerOutput::none || done_[i]) return false;
    Standing& standing = standings_[unit.name];
    const RestorePaths path = paths_(unit.name);
    const bool in_place = path.clean == path.original;
    if (in_place ? !first && standing.units == 1 : standing.restored) return false;
    const auto holds = look_into(path.clean, unit);
    if (!holds) standing.reason = to_string(holds.error());
    const bool is_original = holds && *holds == Holds::original;
    if (is_original && in_place) standing.good = true;
    return holds && (*holds == Holds::clean || (is_original && !in_place && unit.is_unchanged()));
  }

  /// Whether another step may follow.
  bool put_back_by(std::size_t i, Restoring& restoring) {
    const RestorePaths path = paths_(units_[i].name);
    Standing& standing = standings_[units_[i].name];
    done_[i] = true;
    if (const auto done = put_back(units_[i], path, restoring); !done) {
      standing.reason = to_string(done.error());
      standing.failed = true;
      return false;
    }
    standing.good = standing.restored = true;
    return path.clean == path.original && standing.units > 1;
  }

  const RestoreOptions& options_;
  std::vector<LedgerUnit> units_;
  const Paths& paths_;
  std::vector<bool> done_;
  std::map<std::string, Standing> standings_;
};

/// What is wanted of an input: all of it, or the text of one record.
std::string_view part_of(const LedgerUnit& unit, const std::string& document) {
  return unit.name == document ? std::string_view() : document;
}

Write appending_to(std::string& out) {
  return [&out](std::string_view bytes) -> Result<Done> {
    out += bytes;
    return Done{};
  };
}

/// From the clean form of the input that is or holds the document; nothing where `clean` is none of that.
Result<std::optional<std::string>> restore_from_its_input(const RestoreOptions& options,
                                                          const LedgerContents& contents,
                                                          const std::string& clean,
                                                          const std::string& document) {
  for (const std::size_t holder : contents.holders) {
    const LedgerUnit& unit = contents.units[holder];
    const auto holds = look_into(clean, unit);
    if (!holds) return holds.error();
    if (*holds != Holds::clean && !(*holds == Holds::original && unit.is_unchanged())) continue;
    auto walk = behind_head(options);
    if (!walk) return walk.error();
    auto source = Source::open(clean);
    if (!source) return source.error();
    Restoring restoring(**walk);
    for (std::size_t i = 0; i < holder; ++i) {
      if (const auto skipped = restoring.skip(contents.units[i]); !skipped) return skipped.error();
    }
    std::string out;
    CleanStream stream(std::move(*source));
    const auto done = restoring.restore(unit, stream.of(unit), appending_to(out), part_of(unit, document));
    if (!done) return done.error();
    return std::optional(std::move(out));
  }
  return std::optional<std::string>();
}

/// From its own clean text.
Result<std::string> restore_alone(const RestoreOptions& options, const std::string& clean,
                                  const std::string& document) {
  const auto bytes = read_input(clean);
  if (!bytes) return bytes.error();
  auto source = Source::open(options.ledger.string());
  if (!source) return source.error();
  std::istream ledger(nullptr);
  const SourceBuffer buffer(*source, ledger);
  auto alone = restore(ledger, options.ledger.string(), *bytes, document);
  if (buffer.error()) return *buffer.error();
  return alone;
}

/// From the clean forms of all inputs.
Result<std::string> restore_from_stream(const RestoreOptions& options, const LedgerContents& contents,
                                        const std::string& clean, const std::string& document) {
  auto source = Source::open(clean);
  if (!source) return source.error();
  std::string out;
  const std::size_t holder = contents.holders.front();
  const auto write_of = [&](std::size_t unit) {
    return unit == holder ? appending_to(out)
                          : Write([](std::string_view) -> Result<Done> { return Done{}; });
  };
  const auto done = restore_stream(options, contents.units, std::move(*source),
                                   part_of(contents.units[holder], document), write_of);
  if (!done) return done.error();
  return out;
}

}  // namespace
}  // namespace io

Result<RestoreSummary> restore_all(const RestoreOptions& options, const std::string& clean,
                                   const std::function<Result<Done>(std::string_view)>& write) {
  const auto contents = io::contents_of(options);
  if (!contents) return contents.error();
  auto source = io::Source::open(clean);
  if (!source) return source.error();
  if (auto other = io::other_size(options, contents->units, *source)) return *other;
  return io::restore_stream(options, contents->units, std::move(*source), {},
                            [&](std::size_t) { return write; });
}

Result<std::string> restore_document(const RestoreOptions& options, const std::string& clean,
                                     const std::string& document) {
  const auto contents = io::contents_of(options, document);
  if (!contents) return contents.error();
  if (clean != "-") {
    auto found = io::restore_from_its_input(options, *contents, clean, document);
    if (!found) return found.error();
    if (*found) return std::move(**found);
  }
  auto alone = io::restore_alone(options, clean, document);
  if (alone || clean == "-" || contents->holders.empty()) return alone;
  auto among = io::restore_from_stream(options, *contents, clean, document);
  const bool is_input = contents->units[contents->holders.front()].name == document;
  return among || is_input ? among : alone;
}

Result<RestoreSummary> restore_files(const RestoreOptions& options,
                                     const std::function<RestorePaths(const std::string& input)>& paths,
                                     const std::function<void(std::string_view)>& complain) {
  auto contents = io::contents_of(options);
  if (!contents) return contents.error();
  io::FilesOfRun files(options, std::move(contents->units), paths);
  if (const auto done = files.restore(); !done) return done.error();
  return files.summary(complain);
}

}  // namespace dechaff
