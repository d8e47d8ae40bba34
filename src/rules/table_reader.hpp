#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dechaff/error.hpp"
#include "rules/toml.hpp"

namespace dechaff::rules {

/// Where mistakes of one file go.
struct FileErrors {
  std::string_view file;
  Errors& errors;

  void add(toml::source_position at, std::string message) const;
  SourcePos pos(toml::source_position at) const;
};

/// A string of a file and where its value begins.
struct PlacedString {
  std::string text;
  toml::source_position at;
};

/// Reads one TOML table strictly: wrong types, values out of range and, at `finish`, keys that nobody asked
/// for become errors with their place. A key that is absent or wrong reads as empty, so that reading goes on.
class TableReader {
 public:
  TableReader(const toml::table& table, FileErrors errors) : table_(table), errors_(errors) {}

  std::optional<PlacedString> string(std::string_view key);
  std::vector<PlacedString> strings(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<double> number(std::string_view key);
  const toml::table* table(std::string_view key);
  /// The tables of an array of tables.
  std::vector<const toml::table*> tables(std::string_view key);
  /// Any value, for keys of mixed type.
  const toml::node* node(std::string_view key);

  bool has(std::string_view key) const { return table_.contains(key); }
  /// Whether the key is there with a list or table that holds nothing.
  bool is_empty(std::string_view key) const;
  toml::source_position at() const { return table_.source().begin; }
  /// Where the key stands, or the table if it is absent.
  toml::source_position at(std::string_view key) const;
  void error(std::string_view key, std::string message) const { errors_.add(at(key), std::move(message)); }
  const FileErrors& errors() const { return errors_; }

  /// Reports every key that was not asked for, with the nearest that was.
  void finish() const;

 private:
  void wrong_type(std::string_view key, std::string_view wanted) const;

  const toml::table& table_;
  FileErrors errors_;
  std::vector<std::string_view> known_;
};

}  // namespace dechaff::rules
