#pragma once

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dechaff::io {

/// Which file, and in what state: another one where the file was replaced or written to.
struct FileVersion {
  dev_t device = 0;
  ino_t number = 0;
  off_t size = 0;
  std::int64_t seconds = 0, nanoseconds = 0;  ///< of its last change

  friend bool operator==(const FileVersion&, const FileVersion&) = default;
};

/// Nothing for what is not there.
std::optional<FileVersion> version_of(const std::filesystem::path& path);

/// Whether `output` is there and was written no earlier than `input`.
bool is_newer(const std::filesystem::path& output, const std::filesystem::path& input);

/// The inputs that an earlier run has finished, as its ledger tells. Const after it is made.
class FinishedInputs {
 public:
  void add(std::string name, std::uint64_t clean_bytes, std::string clean_hash);

  bool names(const std::string& name) const { return inputs_.contains(name); }

  /// Whether the file of that name holds just what it was cleaned to.
  bool holds_clean(const std::string& name) const;

 private:
  struct Clean {
    std::uint64_t bytes = 0;
    std::string hash;
  };
  std::unordered_multimap<std::string, Clean> inputs_;
};

}  // namespace dechaff::io
