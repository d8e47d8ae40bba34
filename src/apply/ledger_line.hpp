#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "dechaff/error.hpp"
#include "dechaff/ledger.hpp"

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
  std::uint64_t record = 0;           // of its input, from 1; 0 where it is no record
  std::optional<std::string> member;  // the raw JSON value that was replaced
  std::string header;                 // the WARC header lines that were replaced
};

struct ChangeLine {
  std::string document;
  std::string rule;
  std::uint64_t offset = 0;
  std::string removed;
  std::string added;
  std::string spelt;  // raw, within a JSON string; empty where it is the canonical spelling
};

struct EndLine {
  std::string document;
  std::uint64_t changes = 0;
  std::string hash;
};

/// Stands around the documents that are records of one input.
struct InputBeginLine {
  LedgerInput input;
};

struct InputEndLine {
  std::string input;
  LedgerSums sums;
  LedgerOutput output = LedgerOutput::written;
};

struct FootLine {
  std::uint64_t documents = 0;
  std::string hash;
};

using LedgerLine =
    std::variant<HeadLine, InputBeginLine, BeginLine, ChangeLine, EndLine, InputEndLine, FootLine>;

/// Reads one line, given without its line feed. Checks what a line alone can tell: its form, its keys and
/// their types, base64. Keys it does not know are passed over. The error has a column at most.
Result<LedgerLine> read_ledger_line(std::string_view line);

}  // namespace dechaff::apply
