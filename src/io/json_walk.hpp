#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "dechaff/error.hpp"
#include "io/json_pointer.hpp"

namespace dechaff::io {

/// A value of a record, in bytes of its line. Its first byte tells its type.
struct JsonValue {
  std::size_t key = 0;  ///< the quote that opens its key; 0 where it has none
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const JsonValue&, const JsonValue&) = default;
};

/// Walks over records by simdjson. Keeps its buffers.
class JsonWalker {
 public:
  JsonWalker();
  JsonWalker(JsonWalker&&) noexcept;
  JsonWalker& operator=(JsonWalker&&) noexcept;
  ~JsonWalker();

  /// Checks that `line` is one JSON value, on the terms of JsonReader::read; returns it, and in `found` the
  /// values that `paths`, of the same number, lead to. The last of several members with one key counts.
  Result<JsonValue> walk(std::string_view line, std::span<const JsonPath> paths,
                         std::span<std::optional<JsonValue>> found);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

/// The white space of JSON (RFC 8259, 2).
inline constexpr std::string_view json_space = " \t\n\r";

}  // namespace dechaff::io
