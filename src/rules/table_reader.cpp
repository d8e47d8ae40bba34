#include "rules/table_reader.hpp"

#include <algorithm>
#include <cmath>

#include "dechaff/nearest.hpp"

namespace dechaff::rules {

SourcePos FileErrors::pos(toml::source_position at) const { return {std::string(file), at.line, at.column}; }

void FileErrors::add(toml::source_position at, std::string message) const {
  errors.push_back({ErrorCode::bad_rule, pos(at), std::move(message)});
}

toml::source_position TableReader::at(std::string_view key) const {
  for (const auto& [name, value] : table_) {
    if (name.str() == key) return name.source().begin;
  }
  return table_.source().begin;
}

bool TableReader::is_empty(std::string_view key) const {
  const toml::node* value = table_.get(key);
  if (value == nullptr) return false;
  return (value->is_array() && value->as_array()->empty()) ||
         (value->is_table() && value->as_table()->empty());
}

void TableReader::wrong_type(std::string_view key, std::string_view wanted) const {
  error(key, "'" + std::string(key) + "' must be " + std::string(wanted));
}

const toml::node* TableReader::node(std::string_view key) {
  known_.push_back(key);
  return table_.get(key);
}

std::optional<PlacedString> TableReader::string(std::string_view key) {
  const toml::node* value = node(key);
  if (value == nullptr) return {};
  const auto* text = value->as_string();
  if (text == nullptr) {
    wrong_type(key, "a string, in quotes");
    return {};
  }
  return PlacedString{text->get(), value->source().begin};
}

std::vector<PlacedString> TableReader::strings(std::string_view key) {
  const toml::node* value = node(key);
  std::vector<PlacedString> out;
  if (value == nullptr) return out;
  const auto* array = value->as_array();
  if (array == nullptr) {
    wrong_type(key, "a list of strings, such as [\"one\", \"two\"]");
    return out;
  }
  for (const toml::node& element : *array) {
    if (const auto* text = element.as_string()) {
      out.push_back({text->get(), element.source().begin});
    } else {
      errors_.add(element.source().begin,
                  "'" + std::string(key) + "' holds strings only; put this in quotes");
    }
  }
  return out;
}

std::optional<bool> TableReader::boolean(std::string_view key) {
  const toml::node* value = node(key);
  if (value == nullptr) return {};
  if (const auto* flag = value->as_boolean()) return flag->get();
  wrong_type(key, "true or false");
  return {};
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, std::int64_t least,
                                                 std::int64_t most) {
  const toml::node* value = node(key);
  if (value == nullptr) return {};
  const auto* number = value->as_integer();
  if (number != nullptr && least <= number->get() && number->get() <= most) return number->get();
  wrong_type(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return {};
}

std::optional<double> TableReader::number(std::string_view key) {
  const toml::node* value = node(key);
  if (value == nullptr) return {};
  if (const auto number = value->value<double>(); number && std::isfinite(*number) && value->is_number()) {
    return number;
  }
  wrong_type(key, "a number");
  return {};
}

const toml::table* TableReader::table(std::string_view key) {
  const toml::node* value = node(key);
  if (value == nullptr) return nullptr;
  const toml::table* inner = value->as_table();
  if (inner == nullptr) wrong_type(key, "a table, such as { key = value }");
  return inner;
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) {
  const toml::node* value = node(key);
  std::vector<const toml::table*> out;
  if (value == nullptr) return out;
  const auto* array = value->as_array();
  if (array == nullptr) {
    wrong_type(key, "written [[" + std::string(key) + "]]");
    return out;
  }
  for (const toml::node& element : *array) {
    if (const toml::table* inner = element.as_table()) {
      out.push_back(inner);
    } else {
      errors_.add(element.source().begin,
                  "write each " + std::string(key) + " as a table [[" + std::string(key) + "]]");
    }
  }
  return out;
}

void TableReader::finish() const {
  for (const auto& [name, value] : table_) {
    if (std::ranges::find(known_, name.str()) != known_.end()) continue;
    std::string message = "unknown key '" + std::string(name.str()) + "'";
    if (const auto near = nearest(name.str(), known_)) {
      message += ", did you mean '" + std::string(*near) + "'?";
    } else {
      message += "; take it out";
    }
    errors_.add(name.source().begin, message);
  }
}

}  // namespace dechaff::rules
