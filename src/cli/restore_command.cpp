#include <fstream>

#include "app.hpp"
#include "command.hpp"
#include "dechaff/io.hpp"
#include "dechaff/ledger.hpp"
#include "options.hpp"

namespace dechaff::cli {

namespace {

struct RestoreCommand {
  std::string ledger;
  std::string clean = "-";
  std::string document;
  std::string output;
};

int restore(const RestoreCommand& command) {
  if (command.ledger.empty()) {
    complain("name the ledger: dechaff restore --chaff LEDGER");
    return wrong_usage;
  }

  std::ifstream ledger(command.ledger, std::ios::binary);
  if (!ledger) {
    complain(command.ledger + ": cannot open the ledger");
    return some_failed;
  }
  const auto clean = read_input(command.clean);
  if (!clean) {
    complain(to_string(clean.error()));
    return some_failed;
  }
  const auto original = dechaff::restore(ledger, command.ledger, *clean, command.document);
  if (!original) {
    complain(to_string(original.error()));
    return some_failed;
  }
  return write_output(command.output, *original);
}

}  // namespace

Command restore_command() {
  auto app = make_app("Gives the original back, byte for byte, from the clean text and the ledger",
                      "dechaff restore");
  const auto command = std::make_shared<RestoreCommand>();
  app->add_option("--chaff", command->ledger, "The ledger that cleaning wrote")->type_name("FILE");
  app->add_option("--document", command->document, "The document to restore, where the ledger holds several")
      ->type_name("NAME");
  app->add_option("-o,--output", command->output, "Write to this file in place of standard output")
      ->type_name("FILE");
  app->add_option("clean", command->clean, "The clean text; - or none is standard input")->type_name("FILE");
  return {std::move(app), [command] { return restore(*command); }};
}

}  // namespace dechaff::cli
