#include "io/name_list.hpp"

#include <sys/types.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace dechaff::io {

namespace {

struct Free {
  void operator()(char* memory) const { std::free(memory); }
};

}  // namespace

Result<NameList> NameList::open(const std::string& path, Ends ends) {
  if (path == "-") return NameList("(standard input)", stdin, ends);
  std::FILE* file = std::fopen(path.c_str(), "re");
  if (file == nullptr)
    return Error{ErrorCode::io, {path, 0, 0}, std::string("cannot open: ") + std::strerror(errno)};
  return NameList(path, file, ends);
}

Result<std::optional<std::string>> NameList::next() {
  const char end = ends_ == Ends::null ? '\0' : '\n';
  for (;;) {
    if (ended_) return std::optional<std::string>();
    char* line = nullptr;
    std::size_t room = 0;
    errno = 0;
    const ssize_t size = ::getdelim(&line, &room, end, file_.get());
    const int reason = errno;
    const std::unique_ptr<char, Free> memory(line);
    if (size < 0) {
      // The end, too, is asked for only once: a terminal would wait for more.
      ended_ = true;
      if (std::feof(file_.get()) != 0) continue;
      return Error{ErrorCode::io, {name_, 0, 0}, std::string("cannot read: ") + std::strerror(reason)};
    }
    std::string name(line, static_cast<std::size_t>(size));
    if (name.ends_with(end)) name.pop_back();
    if (name.empty()) continue;
    // The system would see the name end there, and another file would be taken.
    if (name.find('\0') != std::string::npos)
      return Error{ErrorCode::io, {name_, 0, 0}, "a line holds a NUL; names that end in NUL need -0"};
    return std::optional(std::move(name));
  }
}

}  // namespace dechaff::io
