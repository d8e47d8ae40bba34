#include "io/separator.hpp"

#include "text/utf8.hpp"

namespace dechaff::io {

namespace {

/// The size of the line at the start of `bytes`, with its line feed if it has one.
std::size_t line_size(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  return end == bytes.npos ? bytes.size() : end + 1;
}

}  // namespace

Result<std::optional<Separator>> Separator::make(const std::string& pattern) {
  if (pattern.empty()) return std::optional<Separator>();
  Separator out;
  if (pattern == std::string_view("\0", 1)) return std::optional(std::move(out));
  rules::PatternError error;
  if (rules::Pattern::compile(pattern, error) == nullptr) {
    return Error{ErrorCode::usage, {}, "the separator '" + pattern + "' is no pattern: " + error.message};
  }
  out.pattern_ = rules::Pattern::compile("^(?:" + pattern + ")$", error);
  if (out.pattern_ == nullptr)
    return Error{ErrorCode::usage, {}, "the separator '" + pattern + "' is no pattern of a whole line"};
  return std::optional(std::move(out));
}

bool Separator::is_separator(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return text::is_utf8(line) && pattern_->search(line, 0, scratch_) == rules::Outcome::match;
}

std::vector<Separator::Part> Separator::split(std::string_view bytes) {
  std::vector<Part> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t size = 1;
    bool separates = bytes[at] == '\0';
    if (pattern_) {
      size = line_size(bytes.substr(at));
      separates = is_separator(bytes.substr(at, size));
    } else if (!separates) {
      size = std::min(bytes.find('\0', at), bytes.size()) - at;
    }
    if (separates) {
      out.push_back({bytes.substr(begin, at - begin), bytes.substr(at, size)});
      begin = at + size;
    }
    at += size;
  }
  if (begin < bytes.size()) out.push_back({bytes.substr(begin), {}});
  return out;
}

std::size_t Separator::end_of_last(std::string_view bytes, std::size_t from) {
  if (!pattern_) {
    const std::size_t last = bytes.substr(from).rfind('\0');
    return last == bytes.npos ? 0 : from + last + 1;
  }
  // The line that `from` stands in may have been cut when it was looked at.
  const std::size_t begin = from == 0 ? 0 : bytes.rfind('\n', from - 1) + 1;
  std::size_t end = 0;
  for (std::size_t at = begin; at < bytes.size();) {
    const std::size_t size = line_size(bytes.substr(at));
    const bool whole = bytes[at + size - 1] == '\n';
    at += size;
    if (whole && is_separator(bytes.substr(at - size, size))) end = at;
  }
  return end;
}

std::uint64_t Separator::count(std::string_view bytes) {
  std::uint64_t out = 0;
  for (const Part& part : split(bytes)) out += part.separator.empty() ? 0U : 1U;
  return out;
}

}  // namespace dechaff::io
