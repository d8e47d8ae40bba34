#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "app.hpp"
#include "command.hpp"
#include "dechaff/batch.hpp"
#include "dechaff/inputs.hpp"
#include "dechaff/io.hpp"

namespace dechaff::cli {

namespace {

namespace fs = std::filesystem;

struct RestoreCommand {
  RestoreOptions options;
  std::string clean = "-";
  std::string document;
  std::string output;
  bool undo = false;
};

int failed(const Error& error) {
  complain(to_string(error));
  return some_failed;
}

int report(const Result<RestoreSummary>& summary) {
  if (!summary) return failed(summary.error());
  complain(std::to_string(summary->inputs) + " restored, " + std::to_string(summary->kept) +
           " as they were before");
  return summary->failed ? some_failed : done;
}

int restore_folder(const RestoreCommand& command) {
  const auto paths = [&](const std::string& input) -> RestorePaths {
    const fs::path below = path_below(input);
    return {fs::path(command.clean) / below, fs::path(command.output) / below};
  };
  return report(restore_files(command.options, paths, complain));
}

int restore_document(const RestoreCommand& command) {
  const auto original = dechaff::restore_document(command.options, command.clean, command.document);
  return original ? write_output(command.output, *original) : failed(original.error());
}

int restore_stream(const RestoreCommand& command) {
  std::optional<OutputFile> file;
  if (!command.output.empty() && command.output != "-") {
    auto opened = OutputFile::open(command.output);
    if (!opened) return failed(opened.error());
    file.emplace(std::move(*opened));
  }
  const auto write = [&](std::string_view bytes) -> Result<Done> {
    if (file) return file->write(bytes);
    if (print(bytes)) return Done{};
    return Error{ErrorCode::io, {}, {}};  // it has been said
  };
  const auto restored = restore_all(command.options, command.clean, write);
  if (!restored) return restored.error().message.empty() ? some_failed : failed(restored.error());
  if (!file) return done;
  const auto committed = file->commit();
  return committed ? done : failed(committed.error());
}

int restore(const RestoreCommand& command) {
  if (command.options.ledger.empty()) {
    complain("name the ledger: dechaff restore --chaff LEDGER");
    return wrong_usage;
  }
  std::error_code error;
  const bool folder = fs::is_directory(command.clean, error);
  if (command.undo) {
    RestoreOptions options = command.options;
    options.unfinished = true;
    if (command.clean != "-" || !command.output.empty() || !command.document.empty()) {
      complain("--undo restores what the ledger names, in its place: leave out CLEAN, -o and --document");
      return wrong_usage;
    }
    const auto in_place = [](const std::string& input) { return RestorePaths{input, input}; };
    return report(restore_files(options, in_place, complain));
  }
  if (folder && (command.output.empty() || !command.document.empty())) {
    complain("from a folder all documents are restored, into another one: name it by -o");
    return wrong_usage;
  }
  if (folder) return restore_folder(command);
  return command.document.empty() ? restore_stream(command) : restore_document(command);
}

}  // namespace

Command restore_command() {
  auto app = make_app("Gives the original back, byte for byte, from the clean text and the ledger",
                      "dechaff restore");
  const auto command = std::make_shared<RestoreCommand>();
  app->add_option("--chaff", command->options.ledger, "The ledger that cleaning wrote")->type_name("FILE");
  app->add_option("--document", command->document,
                  "One document, where the ledger holds several\n"
                  "Of a record of JSON Lines or WARC, its text.")
      ->type_name("NAME");
  app->add_flag("--undo", command->undo,
                "Put the files of a run in place back as they were\n"
                "Takes the ledger of a run that was killed, too.");
  app->add_flag("--unfinished", command->options.unfinished,
                "Take a ledger without its end, as a run that was killed leaves it");
  app->add_option("-o,--output", command->output,
                  "Write to this file in place of standard output; a folder, where CLEAN is one")
      ->type_name("PATH");
  app->add_option("clean", command->clean,
                  "The clean text, or the folder of clean texts; - or none is standard input")
      ->type_name("PATH");
  return {std::move(app), [command] { return restore(*command); }};
}

}  // namespace dechaff::cli
