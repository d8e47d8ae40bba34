#include "clean_run.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/real_path.hpp"
#include "dechaff/batch.hpp"
#include "dechaff/io.hpp"
#include "interrupt.hpp"
#include "output_paths.hpp"
#include "progress.hpp"

namespace dechaff::cli {

namespace {

namespace fs = std::filesystem;

/// "(standard input):3" for its third record.
std::string shown_name(const std::string& name) {
  return name == "-" || name.starts_with("-:") ? "(standard input)" + name.substr(1) : name;
}

/// Bytes of all inputs on the disk; nothing where they are not all named files.
std::optional<std::uint64_t> size_of_inputs(const CleanCommand& command) {
  if (command.inputs.recursive || command.inputs.files_from) return std::nullopt;
  std::uint64_t sum = 0;
  for (const std::string& path : command.inputs.paths) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    if (error) return std::nullopt;
    sum += size;
  }
  return sum;
}

ProgressLine::Style progress_style(const CleanCommand& command) {
  if (command.quiet) return ProgressLine::Style::none;
  // Where the text goes to the same terminal, nothing may be written over it.
  const bool text_on_terminal = command.output.empty() && !command.in_place && is_terminal(STDOUT_FILENO);
  if (is_terminal(STDERR_FILENO) && !text_on_terminal) return ProgressLine::Style::terminal;
  return command.progress ? ProgressLine::Style::plain : ProgressLine::Style::none;
}

/// Says on the console what a run tells, and hands its text on.
class Console : public BatchObserver {
 public:
  Console(const CleanCommand& command, const Cleaner& cleaner, OutputFile* output)
      : command_(command),
        cleaner_(cleaner),
        output_(output),
        line_(progress_style(command), size_of_inputs(command)) {}

  Result<Done> write(std::string_view bytes) override {
    if (output_ != nullptr) return output_->write(bytes);
    if (print(bytes)) return Done{};
    return Error{ErrorCode::io, {}, {}};  // it has been said
  }

  void complain(std::string_view message) override {
    line_.clear();
    cli::complain(message);
  }

  void note(std::string_view message) override {
    if (!command_.quiet) complain(message);
  }

  void cleaned(std::string_view name, const Cleaned& cleaned) override {
    if (command_.quiet) return;
    const std::string shown = shown_name(std::string(name));
    for (const EntryCount& count : cleaned.counts) {
      if (count.limits == 0 || !slow_.insert(count.entry).second) continue;
      complain(shown + ": the rule " + cleaner_.rules().entries()[count.entry].id + " cost too much on " +
               std::to_string(count.limits) + (count.limits == 1 ? " line" : " lines") +
               " and was skipped there");
    }
    if (command_.verbose) complain(shown + ": " + summary_of(cleaned));
  }

  void would_change(std::string_view name) override {
    if (command_.check && !command_.quiet) complain(shown_name(std::string(name)) + ": would change");
  }

  void progress(const Progress& progress) override { line_.show(progress); }

  void end() { line_.clear(); }

 private:
  static std::string summary_of(const Cleaned& cleaned) {
    return std::to_string(cleaned.lines_in) + " lines to " + std::to_string(cleaned.lines_out) + ", " +
           std::to_string(cleaned.words_in) + " words to " + std::to_string(cleaned.words_out) + ", " +
           cleaned.encoding +
           (cleaned.confidence < 100 ? " (" + std::to_string(cleaned.confidence) + " % sure)" : "") +
           (cleaned.invalid > 0 ? ", " + std::to_string(cleaned.invalid) + " ill-formed sequences" : "") +
           (cleaned.in_parts ? ", in parts" : "") +
           (cleaned.guarded ? ", would have lost too much: only level 1 acted" : "") +
           (cleaned.unsettled ? ", the rules did not come to an end and were set aside" : "");
  }

  const CleanCommand& command_;
  const Cleaner& cleaner_;
  OutputFile* output_;
  ProgressLine line_;
  std::set<EntryIndex> slow_;
};

Target target_of(const CleanCommand& command, const OutputPlace& place) {
  if (command.diff) return Target::diff;
  if (command.check) return Target::nothing;
  if (command.in_place) return Target::in_place;
  return place.folder.empty() ? Target::stream : Target::files;
}

/// Inputs of a run as the library wants them, with what must not be read for it is written.
class InputList {
 public:
  InputList(Inputs inputs, const CleanCommand& command, const OutputPlace& place)
      : inputs_(std::move(inputs)), command_(command), place_(place) {}

  std::optional<Result<BatchInput>> next(int stop) {
    auto input = inputs_.next(stop);
    // What is cleaned in place is clean when it comes again.
    while (command_.in_place && input && *input && !is_fresh(behind_links((*input)->path)))
      input = inputs_.next(stop);
    if (!input) return Result<BatchInput>(input.error());
    if (!*input) return std::nullopt;
    const std::string& path = (*input)->path;
    if (std::string written = collision(path); !written.empty()) {
      return Result<BatchInput>(Error{
          ErrorCode::usage, {path, 0, 0}, "is written by this run (" + written + "), so it cannot be read"});
    }
    if (path == "-" && (command_.in_place || !place_.folder.empty())) {
      return Result<BatchInput>(
          Error{ErrorCode::usage, {"(standard input)", 0, 0}, "has no place of its own"});
    }
    BatchInput out{path, {}};
    if (!place_.folder.empty()) {
      out.output = place_.folder / (*input)->relative;
      if (!is_fresh(out.output)) {
        return Result<BatchInput>(Error{ErrorCode::usage,
                                        {path, 0, 0},
                                        "would become " + out.output.string() + ", as another input has"});
      }
    }
    return Result<BatchInput>(std::move(out));
  }

 private:
  std::string collision(const std::string& path) const {
    for (const std::string& written : {command_.chaff, command_.stats}) {
      if (!written.empty() && written != "-" && same_file(path, written)) return written;
    }
    return {};
  }

  static fs::path behind_links(const fs::path& path) { return real_path(path).value_or(path); }

  /// Whether no input before has this output.
  bool is_fresh(const fs::path& output) {
    return taken_.insert(std::hash<std::string>()(output.string())).second;
  }

  Inputs inputs_;
  const CleanCommand& command_;
  const OutputPlace& place_;
  std::unordered_set<std::size_t> taken_;  // hashes, for there may be millions
};

int write_statistics(const CleanCommand& command, const Cleaner& cleaner, const Statistics& statistics) {
  if (command.stats.empty()) return done;
  const std::string json = statistics.to_json(cleaner.rules(), cleaner.profile());
  if (command.stats != "-") return write_output(command.stats, json);
  return write_all(STDERR_FILENO, json) ? done : some_failed;
}

/// Those that this process may use; the standard library counts all of the machine.
unsigned processors() {
  cpu_set_t usable;
  if (::sched_getaffinity(0, sizeof usable, &usable) == 0)
    return static_cast<unsigned>(std::max(CPU_COUNT(&usable), 1));
  return std::max(std::thread::hardware_concurrency(), 1U);
}

BatchOptions batch_options(const CleanCommand& command, const OutputPlace& place) {
  BatchOptions out;
  out.format = command.format;
  out.url = command.rules.url;
  out.language = command.rules.language;
  out.target = target_of(command, place);
  out.stream_name = place.file;
  out.backup_suffix = command.in_place.value_or("");
  out.ledger = command.chaff;
  out.resume = command.resume;
  out.escape_controls = is_terminal(STDOUT_FILENO);
  out.jobs = command.jobs > 0 ? command.jobs : processors();
  return out;
}

/// Where named inputs would meet in one output, or cannot have one.
std::string collision_of_outputs(const CleanCommand& command, const OutputPlace& place) {
  std::map<fs::path, std::string> taken;
  for (const std::string& path : command.inputs.paths) {
    if (path == "-") return "standard input has no name in the folder " + command.output + "; give -o a file";
    const fs::path output = place.folder / path_below(path);
    const auto [at, fresh] = taken.emplace(output, path);
    if (!fresh) return at->second + " and " + path + " would both become " + output.string();
  }
  return {};
}

/// What two options must not name at once: a ledger over the text it records would lose it.
std::string collision_of_reports(const CleanCommand& command, const OutputPlace& place) {
  std::vector<std::string> reports;
  for (const std::string& path : {command.chaff, command.stats}) {
    if (!path.empty() && path != "-") reports.push_back(path);
  }
  std::vector<fs::path> others(command.inputs.paths.begin(), command.inputs.paths.end());
  if (!place.file.empty()) others.push_back(place.file);
  if (!place.folder.empty()) {
    for (const std::string& path : command.inputs.paths) others.push_back(place.folder / path_below(path));
  }
  const auto named_twice = [&](const std::string& path) {
    return path + ": is named twice; a ledger or statistics file must be a file of its own";
  };
  for (const std::string& report : reports) {
    for (const fs::path& other : others) {
      if (other == report || same_file(other, report)) return named_twice(report);
    }
  }
  if (reports.size() == 2 && (reports[0] == reports[1] || same_file(reports[0], reports[1])))
    return named_twice(reports[0]);
  return {};
}

}  // namespace

std::string contradiction(const CleanCommand& command) {
  const OutputPlace place = output_place(command.output);
  const FormatOptions& format = command.format;
  const bool in_place = command.in_place.has_value();
  if (in_place && !command.output.empty()) return "-i writes where it reads: leave out -o";
  const std::vector<std::string>& paths = command.inputs.paths;
  const bool standard_input = std::ranges::find(paths, "-") != paths.end();
  if (in_place && (standard_input || (paths.empty() && !command.inputs.files_from)))
    return "-i needs files: standard input has no place of its own";
  if (command.chaff == "-") return "--chaff needs a file of its own: standard output is for the text";
  if (command.resume && place.folder.empty() && !in_place)
    return "--resume needs a file for each input: by -i, or by -o FOLDER";
  if (command.resume && in_place && command.chaff.empty())
    return "--resume with -i needs --chaff: the ledger tells what is done";
  if (!format.separator.empty() && format.format != Format::automatic && format.format != Format::text)
    return "--separator and -z cut texts: they go with --format text";
  if (!command.chaff.empty() && (command.check || command.diff) && in_place)
    return "--chaff records what -i writes, and --check and --diff write nothing: leave one out";
  if (!place.folder.empty()) {
    if (std::string problem = collision_of_outputs(command, place); !problem.empty()) return problem;
  }
  return collision_of_reports(command, place);
}

int run_clean(const CleanCommand& command, const Cleaner& cleaner) {
  const OutputPlace place = output_place(command.output);
  InputOptions input_options = command.inputs;
  input_options.passed_over = place.folder;
  auto inputs = Inputs::open(std::move(input_options));
  if (!inputs) {
    complain(to_string(inputs.error()));
    return inputs.error().code == ErrorCode::usage ? wrong_usage : some_failed;
  }
  const Interrupt interrupt;
  BatchOptions options = batch_options(command, place);
  options.stop = interrupt.descriptor();
  std::optional<OutputFile> output;
  if (options.target == Target::stream && !place.file.empty()) {
    auto file = OutputFile::open(place.file);
    if (!file) {
      complain(to_string(file.error()));
      return some_failed;
    }
    output.emplace(std::move(*file));
  }
  Console console(command, cleaner, output ? &*output : nullptr);
  InputList list(std::move(*inputs), command, place);
  const auto run = run_batch(
      cleaner, options, [&](int stop) { return list.next(stop); }, console);
  console.end();
  if (!run) {
    complain(to_string(run.error()));
    return run.error().code == ErrorCode::usage ? wrong_usage : some_failed;
  }
  if (run->aborted) return some_failed;
  // What could not be read at all is no reason to empty what is there.
  if (output && !run->stopped && !run->nothing) {
    if (const auto committed = output->commit(); !committed) {
      complain(to_string(committed.error()));
      return some_failed;
    }
  }
  if (const int status = write_statistics(command, cleaner, run->statistics); status != done) return status;
  if (run->stopped) interrupt.pass_on();
  if (run->failed) return some_failed;
  return command.check && run->changed ? would_change : done;
}

}  // namespace dechaff::cli
