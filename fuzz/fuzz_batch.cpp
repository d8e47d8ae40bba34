#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/batch.hpp"
#include "dechaff/rules.hpp"
#include "fuzz.hpp"
#include "memory_file.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dechaff;
using dechaff::fuzz::MemoryFile;

constexpr std::size_t most_inputs = 6;
constexpr char between_inputs = '\x1E';

constexpr std::string_view rules = R"([[rule]]
id = "fuzz.loading"
lines = ["Loading..."]

[[rule]]
id = "fuzz.edit"
scope = "span"
raw = true
pattern = '\[edit\]'

[[rule]]
id = "fuzz.again"
repeat = { of = "line" }

[[step]]
id = "fuzz.dots"
chars = ["U+2026"]
to = "..."
)";

Cleaner make_cleaner() {
  const MemoryFile file(rules);
  RuleSources sources;
  sources.shipped = false;
  sources.layers = {{"fuzz", file.path()}};
  const LoadedRules loaded = load_rules(sources);
  for (const Error& error : loaded.errors) std::fprintf(stderr, "%s\n", to_string(error).c_str());
  FUZZ_REQUIRE(loaded.rules != nullptr);
  auto cleaner = Cleaner::make(*loaded.rules, {});
  FUZZ_REQUIRE(cleaner);
  return std::move(*cleaner);
}

/// A name for a ledger, of this process alone.
class LedgerPlace {
 public:
  LedgerPlace() : path_(fs::temp_directory_path() / ("dechaff-fuzz-" + std::to_string(::getpid()))) {}
  LedgerPlace(const LedgerPlace&) = delete;
  LedgerPlace& operator=(const LedgerPlace&) = delete;
  ~LedgerPlace() { clear(); }

  const fs::path& path() const { return path_; }
  void clear() const { fs::remove(path_); }
  std::string read() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  fs::path path_;
};

/// What a run gives.
struct Outcome : BatchObserver {
  std::string stream, ledger;
  std::vector<std::string> said;
  std::uint64_t documents = 0;
  BatchSummary summary;

  Result<Done> write(std::string_view bytes) override {
    stream += bytes;
    return Done{};
  }
  void complain(std::string_view message) override { said.emplace_back(message); }
  void cleaned(std::string_view, const Cleaned&) override { ++documents; }
  void would_change(std::string_view) override {}
  void progress(const Progress&) override {}
};

Outcome run(const Cleaner& cleaner, const FormatOptions& format, std::span<const std::string> paths,
            unsigned jobs, const LedgerPlace& ledger) {
  ledger.clear();
  Outcome out;
  BatchOptions options;
  options.format = format;
  options.jobs = jobs;
  options.ledger = ledger.path();
  std::size_t next = 0;
  const auto inputs = [&](int) -> std::optional<Result<BatchInput>> {
    if (next == paths.size()) return std::nullopt;
    return BatchInput{paths[next++], {}};
  };
  auto summary = run_batch(cleaner, options, inputs, out);
  FUZZ_REQUIRE(summary);
  out.summary = std::move(*summary);
  out.ledger = ledger.read();
  return out;
}

FormatOptions format_of(unsigned choice) {
  constexpr Format formats[] = {Format::automatic, Format::text, Format::jsonl, Format::warc};
  FormatOptions out;
  out.format = formats[choice % 4];
  if ((choice & 4) != 0 && out.format == Format::text) out.separator = "-+";
  if ((choice & 8) != 0) out.meta_field = "meta";
  if ((choice & 16) != 0) out.max_document = 64;
  return out;
}

/// Whether the bytes may be taken for a compressed stream: what is restored is then what they stand for.
bool may_be_compressed(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 4);
  return start.starts_with("\x1F\x8B") || start.ends_with("\xB5\x2F\xFD") || start.ends_with("\x2A\x4D\x18");
}

void check_restored(const Outcome& outcome, std::span<const std::string> contents,
                    const LedgerPlace& ledger) {
  std::string wanted, restored;
  for (const std::string& content : contents) {
    if (may_be_compressed(content)) return;
    wanted += content;
  }
  const MemoryFile clean(outcome.stream);
  const auto done = restore_all({ledger.path()}, clean.path(), [&](std::string_view bytes) -> Result<Done> {
    restored += bytes;
    return Done{};
  });
  if (!done) std::fprintf(stderr, "%s\n", to_string(done.error()).c_str());
  FUZZ_REQUIRE(done && !done->failed);
  FUZZ_REQUIRE(restored == wanted);
}

}  // namespace

/// The input: a byte that chooses format and options, then up to six inputs with U+001E between them. Three
/// workers give the same bytes, messages and ledger as one; each input gives the same bytes alone as among
/// others; and where none failed, the originals come back.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4 << 10) return 0;  // longer inputs only cost time
  static const Cleaner cleaner = make_cleaner();
  static const LedgerPlace ledger;
  std::vector<std::string> contents(1);
  for (const char c : fuzz::as_text(data + 1, size - 1)) {
    if (c == between_inputs && contents.size() < most_inputs)
      contents.emplace_back();
    else
      contents.back() += c;
  }
  std::list<MemoryFile> files;
  std::vector<std::string> paths;
  paths.reserve(contents.size());
  for (const std::string& content : contents) paths.push_back(files.emplace_back(content).path());

  const FormatOptions format = format_of(data[0]);
  const Outcome by_three = run(cleaner, format, paths, 3, ledger);
  const Outcome by_one = run(cleaner, format, paths, 1, ledger);
  FUZZ_REQUIRE(by_three.stream == by_one.stream);
  FUZZ_REQUIRE(by_three.said == by_one.said);
  FUZZ_REQUIRE(by_three.ledger == by_one.ledger);
  FUZZ_REQUIRE(by_three.documents == by_one.documents);
  FUZZ_REQUIRE(!by_one.summary.failed || !by_one.said.empty());
  if (!by_one.summary.failed) check_restored(by_one, contents, ledger);
  std::string_view rest = by_one.stream;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::string alone = run(cleaner, format, std::span(paths).subspan(i, 1), 1, ledger).stream;
    // Between records of two inputs a line feed that the first lacks is added.
    if (rest.starts_with('\n') && !rest.starts_with(alone)) rest.remove_prefix(1);
    FUZZ_REQUIRE(rest.starts_with(alone));
    rest.remove_prefix(alone.size());
  }
  FUZZ_REQUIRE(rest.empty());
  return 0;
}
