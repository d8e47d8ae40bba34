#include "clean_command.hpp"

#include <unistd.h>

#include <memory>
#include <set>

#include "command.hpp"
#include "dechaff/io.hpp"
#include "dechaff/ledger.hpp"
#include "dechaff/report.hpp"
#include "help.hpp"
#include "input_options.hpp"
#include "output_paths.hpp"

namespace dechaff::cli {

namespace {

void define(CLI::App& app, CleanCommand& command) {
  add_input_options(app, command.inputs);
  add_clean_options(app, command.rules);
  app.add_option("-o,--output", command.output,
                 "A file, or a folder (existing, or named with / at the end) for several inputs")
      ->type_name("PATH")
      ->group(groups::output);
  app.add_option("--chaff", command.chaff, "Write the ledger (JSON Lines) that `dechaff restore` reads")
      ->type_name("FILE")
      ->group(groups::output);
  app.add_option("--stats", command.stats, "Write counts by rule and step (JSON); - is standard error")
      ->type_name("FILE")
      ->group(groups::reports);
  app.add_flag("--check", command.check, "Write no text; exit 1 if anything would change")
      ->group(groups::reports);
  app.add_flag("--diff", command.diff, "Write the difference in place of the text")->group(groups::reports);
  app.add_flag("-q,--quiet", command.quiet, "Say nothing but errors")->group(groups::work)->configurable();
  app.add_flag("-v,--verbose", command.verbose, "Say of each document what was done")
      ->group(groups::work)
      ->configurable();
  app.set_version_flag("-V,--version", "see version_details", "Say the version and what it is built from");
  app.footer(footer_of_clean);
}

std::string shown_name(const std::string& path) { return path == "-" ? "(standard input)" : path; }

/// The work of one run: the documents in their order, one after another.
class Run {
 public:
  Run(const CleanCommand& command, const Cleaner& cleaner, OutputPlan plan)
      : command_(command), cleaner_(cleaner), plan_(std::move(plan)) {}

  int run() {
    if (!open()) return some_failed;
    for (std::size_t i = 0; i < command_.paths.size(); ++i) {
      if (!document(i)) return some_failed;
    }
    if (!close()) return some_failed;
    if (failed_) return some_failed;
    return command_.check && changed_ ? would_change : done;
  }

 private:
  bool said(const Result<Done>& result) {
    if (!result) complain(to_string(result.error()));
    return static_cast<bool>(result);
  }

  bool writes_text() const { return !command_.check && !command_.diff; }

  bool open() {
    if (!command_.chaff.empty()) {
      auto file = AppendingFile::open(command_.chaff);
      if (!file) {
        complain(to_string(file.error()));
        return false;
      }
      ledger_file_ = std::make_unique<AppendingFile>(std::move(*file));
      ledger_ = std::make_unique<LedgerWriter>(
          [this](std::string_view lines) { return said(ledger_file_->write(lines)); });
      if (!ledger_->begin(cleaner_.rules(), cleaner_.profile().name)) return false;
    }
    if (writes_text() && !plan_.file.empty()) {
      auto file = OutputFile::open(plan_.file);
      if (!file) {
        complain(to_string(file.error()));
        return false;
      }
      output_ = std::make_unique<OutputFile>(std::move(*file));
    }
    return true;
  }

  /// False ends the run: what could not be written would be missing.
  bool document(std::size_t index) {
    const std::string& path = command_.paths[index];
    const auto bytes = read_input(path);
    if (!bytes) {
      complain(to_string(bytes.error()));
      statistics_.add_failure();
      failed_ = true;
      return true;
    }
    const Cleaned cleaned = cleaner_.clean({*bytes, command_.rules.url, command_.rules.language}, workspace_);
    statistics_.add(bytes->size(), cleaned);
    changed_ |= !cleaned.changes.empty();
    tell(path, cleaned);
    // First the record, then the text: nothing may be gone that is not written down.
    if (ledger_ && !record(path, *bytes, cleaned)) return false;
    if (command_.diff && !print(unified_diff(path, *bytes, cleaned, is_terminal(STDOUT_FILENO))))
      return false;
    return !writes_text() || write(index, cleaned.text);
  }

  bool record(const std::string& path, std::string_view bytes, const Cleaned& cleaned) {
    const auto lines = ledger_lines(cleaner_.rules().entries(), path, bytes, cleaned);
    if (!lines) complain(to_string(lines.error()));
    return lines && ledger_->add(*lines);
  }

  bool write(std::size_t index, std::string_view text) {
    if (plan_.files.empty()) return output_ ? said(output_->write(text)) : print(text);
    const std::filesystem::path& path = plan_.files[index];
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    // What replaces a file waits until the ledger is whole: the file may be an input.
    return write_file(path, text,
                      ledger_ && std::filesystem::exists(path, error) ? Commit::at_the_end : Commit::at_once);
  }

  enum class Commit { at_once, at_the_end };

  bool write_file(const std::filesystem::path& path, std::string_view text, Commit when) {
    auto file = OutputFile::open(path);
    if (!file) {
      complain(to_string(file.error()));
      return false;
    }
    if (!said(file->write(text))) return false;
    if (when == Commit::at_once) return said(file->commit());
    if (!said(file->close())) return false;
    waiting_.push_back(std::move(*file));
    return true;
  }

  void tell(const std::string& path, const Cleaned& cleaned) {
    const std::string name = shown_name(path);
    if (command_.quiet) return;
    for (const EntryCount& count : cleaned.counts) {
      if (count.limits == 0 || !slow_.insert(count.entry).second) continue;
      complain(name + ": the rule " + cleaner_.rules().entries()[count.entry].id + " cost too much on " +
               std::to_string(count.limits) + (count.limits == 1 ? " line" : " lines") +
               " and was skipped there");
    }
    if (command_.check && !cleaned.changes.empty()) complain(name + ": would change");
    if (!command_.verbose) return;
    complain(name + ": " + std::to_string(cleaned.lines_in) + " lines to " +
             std::to_string(cleaned.lines_out) + ", " + std::to_string(cleaned.words_in) + " words to " +
             std::to_string(cleaned.words_out) + ", " + cleaned.encoding +
             (cleaned.confidence < 100 ? " (" + std::to_string(cleaned.confidence) + " % sure)" : "") +
             (cleaned.invalid > 0 ? ", " + std::to_string(cleaned.invalid) + " ill-formed sequences" : "") +
             (cleaned.guarded ? ", would have lost too much: only level 1 acted" : "") +
             (cleaned.unsettled ? ", the rules did not come to an end and were set aside" : ""));
  }

  bool close() {
    if (ledger_ && !(ledger_->end() && said(ledger_file_->close()))) return false;
    if (output_ && !said(output_->commit())) return false;
    for (OutputFile& file : waiting_) {
      if (!said(file.commit())) return false;
    }
    if (command_.stats.empty()) return true;
    const std::string json = statistics_.to_json(cleaner_.rules(), cleaner_.profile());
    if (command_.stats == "-") return said(write_all(STDERR_FILENO, json));
    return write_file(command_.stats, json, Commit::at_once);
  }

  const CleanCommand& command_;
  const Cleaner& cleaner_;
  OutputPlan plan_;
  Workspace workspace_;
  Statistics statistics_;
  std::unique_ptr<AppendingFile> ledger_file_;
  std::unique_ptr<LedgerWriter> ledger_;
  std::unique_ptr<OutputFile> output_;
  std::vector<OutputFile> waiting_;
  std::set<EntryIndex> slow_;
  bool changed_ = false;
  bool failed_ = false;
};

/// What two options must not name at once: a ledger over the text it records would lose it.
std::string collision(const CleanCommand& command, const OutputPlan& plan) {
  std::vector<std::string> reports;
  for (const std::string& path : {command.chaff, command.stats}) {
    if (!path.empty() && path != "-") reports.push_back(path);
  }
  std::vector<std::filesystem::path> others(command.paths.begin(), command.paths.end());
  others.insert(others.end(), plan.files.begin(), plan.files.end());
  if (!plan.file.empty()) others.push_back(plan.file);
  for (const std::string& report : reports) {
    for (const std::filesystem::path& other : others) {
      if (other == report || same_file(other, report)) return report;
    }
  }
  if (reports.size() == 2 && (reports[0] == reports[1] || same_file(reports[0], reports[1])))
    return reports[0];
  return {};
}

/// False where one was no input, which has been said.
bool gather(io::Inputs& inputs, std::vector<std::string>& paths) {
  bool all = true;
  for (;;) {
    const auto input = inputs.next();
    if (input && !*input) return all;
    if (input) {
      paths.push_back((*input)->path);
    } else {
      complain(to_string(input.error()));
      all = false;
    }
  }
}

int clean(CleanCommand& command) {
  if (command.inputs.paths.empty() && !command.inputs.files_from && is_terminal(STDIN_FILENO) &&
      !command.quiet)
    complain("reading standard input until its end (Ctrl-D)");
  auto inputs = io::Inputs::open(command.inputs);
  if (!inputs) {
    complain(to_string(inputs.error()));
    return wrong_usage;
  }
  const bool all_found = gather(*inputs, command.paths);
  if (command.chaff == "-") {
    complain("--chaff needs a file of its own: standard output is for the text");
    return wrong_usage;
  }
  auto plan = plan_output(command.output, command.paths);
  if (!plan) {
    complain(plan.error().message);
    return wrong_usage;
  }
  if (const std::string path = collision(command, *plan); !path.empty()) {
    complain(path + ": is named twice; a ledger or statistics file must be a file of its own");
    return wrong_usage;
  }
  const auto cleaner = make_cleaner(command.rules);
  if (!cleaner) return wrong_usage;
  const int status = Run(command, *cleaner, std::move(*plan)).run();
  return all_found ? status : some_failed;
}

}  // namespace

Command clean_command() {
  auto app = make_app(
      "Takes the chaff out of scraped text: widget errors, share bars, cookie banners, footers", "dechaff");
  const auto command = std::make_shared<CleanCommand>();
  define(*app, *command);
  return {std::move(app), [command] { return clean(*command); }};
}

}  // namespace dechaff::cli
