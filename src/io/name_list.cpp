#include "io/name_list.hpp"

#include <cstddef>
#include <utility>

namespace dechaff::io {

namespace {

constexpr std::size_t read_size = std::size_t{64} << 10U;

}  // namespace

NameList::NameList(Input input, Ends ends) : input_(std::move(input)), ends_(ends) {}

Result<NameList> NameList::open(const std::string& path, Ends ends) {
  auto input = Input::open(path);
  if (!input) return input.error();
  return NameList(std::move(*input), ends);
}

Result<std::optional<std::string>> NameList::next(int stop) {
  input_.heed(stop);
  for (;;) {
    auto line = next_line();
    if (!line) return line.error();
    if (!*line) return std::optional<std::string>();
    std::string& name = **line;
    if (name.empty()) continue;
    // The system would see the name end there, and another file would be taken.
    if (name.find('\0') != std::string::npos)
      return Error{ErrorCode::io, {input_.name(), 0, 0}, "a line holds a NUL; names that end in NUL need -0"};
    return std::optional(std::move(name));
  }
}

/// Without its end; nothing at the list's.
Result<std::optional<std::string>> NameList::next_line() {
  const char end = ends_ == Ends::null ? '\0' : '\n';
  for (std::size_t searched = begin_;;) {
    if (const std::size_t at = bytes_.find(end, searched); at != bytes_.npos) {
      std::string line = bytes_.substr(begin_, at - begin_);
      begin_ = at + 1;
      return std::optional(std::move(line));
    }
    bytes_.erase(0, std::exchange(begin_, 0));
    searched = bytes_.size();
    // The end, too, is asked for only once: a terminal would wait for more.
    if (ended_) break;
    const auto got = input_.read(bytes_, read_size);
    ended_ = !got || *got == 0;
    if (!got) return got.error();
  }
  if (bytes_.empty() || input_.stopped()) return std::optional<std::string>();
  return std::optional(std::exchange(bytes_, {}));
}

}  // namespace dechaff::io
