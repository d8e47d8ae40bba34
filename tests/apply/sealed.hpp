#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "apply/hash.hpp"

namespace dechaff::apply {

/// `ledger` with sizes and hashes filled in, so that one with a mistake in it is not refused for its hashes.
///
/// - @bytes, @hash: of the original; @clean_bytes, @clean_hash: of the clean text
/// - @lines: hash of the lines from the last begin line on; @all: hash of all lines
inline std::string sealed(std::string_view ledger, std::string_view clean, std::string_view original) {
  std::string out;
  std::size_t document_begin = 0;
  while (!ledger.empty()) {
    const std::size_t size = ledger.find('\n');
    std::string line(ledger.substr(0, size == ledger.npos ? size : size + 1));
    ledger.remove_prefix(line.size());
    const std::pair<std::string_view, std::string> values[] = {
        {"@bytes", std::to_string(original.size())},
        {"@hash", hash_of(original)},
        {"@clean_bytes", std::to_string(clean.size())},
        {"@clean_hash", hash_of(clean)},
        {"@lines", hash_of(std::string_view(out).substr(document_begin))},
        {"@all", hash_of(out)},
    };
    for (const auto& [name, value] : values) {
      const std::size_t at = line.find(name);
      if (at != line.npos) line.replace(at, name.size(), value);
    }
    if (line.find("\"begin\"") != line.npos) document_begin = out.size();
    out += line;
  }
  return out;
}

}  // namespace dechaff::apply
