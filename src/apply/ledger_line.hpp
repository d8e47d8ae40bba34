#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "dechaff/error.hpp"

namespace dechaff::apply {

/// The version of the format that this dechaff writes, and the only one it reads.
inline constexpr std::uint64_t ledger_version = 1;

// The lines of a ledger (docs/ledger.md), each with what restoring needs of it.

struct HeadLine {
  std::string format;  // "ledger"
  std::uint64_t version = 0;
};

struct BeginLine {
  std::string document;
  std::uint64_t bytes = 0;
  std::string hash;
  std::uint64_t clean_bytes = 0;
  std::string clean_hash;
};

struct ChangeLine {
  std::string document;
  std::string rule;
  std::uint64_t offset = 0;
  std::string removed;
  std::string added;
};

struct EndLine {
  std::string document;
  std::uint64_t changes = 0;
  std::string hash;
};

struct FootLine {
  std::uint64_t documents = 0;
  std::string hash;
};

using LedgerLine = std::variant<HeadLine, BeginLine, ChangeLine, EndLine, FootLine>;

/// Reads one line, given without its line feed. Checks what a line alone can tell: its form, its keys and
/// their types, base64. Keys it does not know are passed over. The error has a column at most.
Result<LedgerLine> read_ledger_line(std::string_view line);

}  // namespace dechaff::apply
