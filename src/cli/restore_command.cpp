#include <fstream>

#include "app.hpp"
#include "dechaff/io.hpp"
#include "dechaff/ledger.hpp"
#include "options.hpp"

namespace dechaff::cli {

namespace {

int write_result(const std::string& output, std::string_view bytes) {
  if (output.empty() || output == "-") return print(bytes) ? done : some_failed;
  auto file = OutputFile::open(output);
  if (!file) {
    complain(to_string(file.error()));
    return some_failed;
  }
  for (const auto& step : {file->write(bytes), file->commit()}) {
    if (step) continue;
    complain(to_string(step.error()));
    return some_failed;
  }
  return done;
}

}  // namespace

int run_restore(const Arguments& arguments) {
  CLI::App app("Gives the original back, byte for byte, from the clean text and the ledger",
               "dechaff restore");
  std::string ledger_path;
  std::string clean_path = "-";
  std::string document;
  std::string output;
  app.add_option("--chaff", ledger_path, "The ledger that cleaning wrote")->type_name("LEDGER");
  app.add_option("--document", document, "The document to restore, where the ledger holds several")
      ->type_name("NAME");
  app.add_option("-o,--output", output, "Write to this file in place of standard output")->type_name("PATH");
  app.add_option("clean", clean_path, "The clean text; - or none is standard input")->type_name("CLEAN");
  if (const auto status = parse(app, arguments)) return *status;
  if (ledger_path.empty()) {
    complain("name the ledger: dechaff restore --chaff LEDGER");
    return wrong_usage;
  }

  std::ifstream ledger(ledger_path, std::ios::binary);
  if (!ledger) {
    complain(ledger_path + ": cannot open the ledger");
    return some_failed;
  }
  const auto clean = read_input(clean_path);
  if (!clean) {
    complain(to_string(clean.error()));
    return some_failed;
  }
  const auto original = restore(ledger, ledger_path, *clean, document);
  if (!original) {
    complain(to_string(original.error()));
    return some_failed;
  }
  return write_result(output, *original);
}

}  // namespace dechaff::cli
