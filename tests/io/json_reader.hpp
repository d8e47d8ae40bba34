#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "io/json_record.hpp"

namespace dechaff::io {

inline JsonReader reader_of(JsonFields fields = {}) {
  auto reader = JsonReader::make(std::move(fields));
  EXPECT_TRUE(reader) << to_string(reader.error());
  return *std::move(reader);
}

/// Reads a line that is to be well-formed.
inline JsonRecord read_record(JsonReader& reader, std::string_view line) {
  auto record = reader.read(line);
  EXPECT_TRUE(record) << line << "\n" << to_string(record.error());
  return record ? *std::move(record) : JsonRecord{};
}

}  // namespace dechaff::io
