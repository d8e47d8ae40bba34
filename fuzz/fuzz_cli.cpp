#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>

#include "app.hpp"
#include "fuzz.hpp"
#include "io/descriptor.hpp"

namespace {

namespace fs = std::filesystem;
using dechaff::cli::Arguments;
using dechaff::io::Descriptor;
using Tree = std::map<std::string, std::string>;

constexpr std::string_view dirty = "Soup\nLoading...\nStir well.\n";

/// A folder, deep enough that ".." does not lead out of it, gone at the end. All runs work in it.
class Playground {
 public:
  Playground() {
    std::string name = (fs::temp_directory_path() / "dechaff-fuzz-XXXXXX").string();
    FUZZ_REQUIRE(::mkdtemp(name.data()) != nullptr);
    root_ = name;
    for (const char* variable : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"})
      ::setenv(variable, root_.c_str(), 1);
    ::setenv("DECHAFF_CONFIG", (root_ / "settings.toml").c_str(), 1);
    put(root_ / "settings.toml", "no-default-rules = true\n");  // reading them would be most of each run
  }
  Playground(const Playground&) = delete;
  Playground& operator=(const Playground&) = delete;
  ~Playground() {
    fs::current_path("/");
    fs::remove_all(root_);
  }

  void reset() const {
    fs::current_path(root_);
    fs::remove_all(root_ / "a");
    fs::create_directories(here() / "in");
    fs::current_path(here());
    put("a.txt", dirty);
    put("in/b.txt", dirty);
    put("r.jsonl", "{\"id\":1,\"text\":\"Loading...\\nStir\"}\n");
    put("rules.toml", "[[rule]]\nid = \"my.rule\"\nlines = [\"Stir well.\"]\n");
    put("l.jsonl", "no ledger\n");
  }

  Tree tree() const {
    Tree out;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / "a")) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      out[entry.path().string()] = {std::istreambuf_iterator<char>(in), {}};
    }
    return out;
  }

 private:
  fs::path here() const { return root_ / "a" / "b" / "c" / "d"; }
  static void put(const fs::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
  }

  fs::path root_;
};

/// A line for each. A slash would lead to files of others.
Arguments arguments_of(std::string_view input) {
  Arguments out;
  while (!input.empty() && out.size() < 16) {
    std::string argument(input.substr(0, input.find('\n')));
    input.remove_prefix(std::min(argument.size() + 1, input.size()));
    std::replace(argument.begin(), argument.end(), '/', '_');
    std::erase(argument, '\0');
    out.push_back(std::move(argument));
  }
  return out;
}

/// What stands in front of the standard streams for as long as it lives.
class Redirected {
 public:
  Redirected()
      : messages_(std::cerr.rdbuf(said_.rdbuf())), out_(::dup(STDOUT_FILENO)), in_(::dup(STDIN_FILENO)) {
    const Descriptor text(::open("a.txt", O_RDONLY)), nowhere(::open("/dev/null", O_WRONLY));
    FUZZ_REQUIRE(::dup2(text.number(), STDIN_FILENO) == STDIN_FILENO);
    FUZZ_REQUIRE(::dup2(nowhere.number(), STDOUT_FILENO) == STDOUT_FILENO);
  }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;
  ~Redirected() {
    ::dup2(out_.number(), STDOUT_FILENO);
    ::dup2(in_.number(), STDIN_FILENO);
    std::cerr.rdbuf(messages_);
  }

  std::string said() const { return said_.str(); }

 private:
  std::ostringstream said_;
  std::streambuf* messages_;
  Descriptor out_, in_;
};

}  // namespace

/// The input: the arguments of the program, a line for each, which runs in a folder with a few files. It ends
/// with one of its statuses; where that is wrong usage, nothing was written and something was said.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 512) return 0;  // longer inputs only cost time
  static const Playground playground;
  const Arguments arguments = arguments_of(dechaff::fuzz::as_text(data, size));
  playground.reset();
  const Tree before = playground.tree();
  int status = -1;
  std::string said;
  {
    const Redirected redirected;
    status = dechaff::cli::run(arguments);
    said = redirected.said();
  }
  FUZZ_REQUIRE(0 <= status && status <= 3);
  if (status == dechaff::cli::wrong_usage) {
    FUZZ_REQUIRE(!said.empty());
    FUZZ_REQUIRE(playground.tree() == before);
  }
  FUZZ_REQUIRE(status != dechaff::cli::some_failed || !said.empty());
  return 0;
}
