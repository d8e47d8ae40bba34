#include "io/warc_record.hpp"

#include <unicode/locid.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <limits>

#include "base/ascii.hpp"

namespace dechaff::io {

namespace {

/// Linear white space, with the line ends that folding leaves in it.
constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == text.npos) return text.substr(text.size());
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

std::string unfolded(std::string_view value) {
  std::string out;
  for (std::size_t end; (end = value.find('\n')) != value.npos; value = trimmed(value.substr(end))) {
    out.append(trimmed(value.substr(0, end))) += ' ';
  }
  return out.append(value);
}

std::string without_brackets(std::string uri) {
  if (uri.size() < 2 || uri.front() != '<' || uri.back() != '>') return uri;
  return uri.substr(1, uri.size() - 2);
}

/// Bytes of the line that begins at `at`, with all that are folded onto it.
std::size_t folded_size(std::string_view header, std::size_t at) {
  std::size_t end = at;
  do {
    end = std::min(header.find('\n', end), header.size() - 1) + 1;
  } while (end < header.size() && (header[end] == ' ' || header[end] == '\t'));
  return end - at;
}

}  // namespace

std::vector<WarcField> header_fields(std::string_view header) {
  std::vector<WarcField> out;
  for (std::size_t at = 0; at < header.size(); at += out.back().raw.size()) {
    const std::string_view raw = header.substr(at, folded_size(header, at));
    const std::size_t colon = raw.find(':');
    if (colon == raw.npos) {
      out.push_back({raw, {}, {}});
    } else {
      out.push_back({raw, trimmed(raw.substr(0, colon)), trimmed(raw.substr(colon + 1))});
    }
  }
  return out;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

std::size_t header_size(std::string_view bytes, std::size_t from) {
  for (std::size_t end = bytes.find('\n', from); end != bytes.npos; end = bytes.find('\n', end + 1)) {
    const std::string_view rest = bytes.substr(end + 1);
    if (rest.starts_with("\n")) return end + 2;
    if (rest.starts_with("\r\n")) return end + 3;
  }
  return bytes.npos;
}

Result<std::uint64_t> content_length(std::string_view header) {
  const auto wrong = [](std::string what) { return Error{ErrorCode::bad_input, {}, std::move(what)}; };
  std::optional<std::string_view> value;
  for (const WarcField& field : header_fields(header)) {
    if (!same_name(field.name, "Content-Length")) continue;
    if (value) return wrong("more than one Content-Length");
    value = field.value;
  }
  if (!value) return wrong("no Content-Length");
  std::uint64_t length = 0;
  const char* end = value->data() + value->size();
  const auto [rest, failure] = std::from_chars(value->data(), end, length);
  if (failure != std::errc() || rest != end || length > std::numeric_limits<std::int64_t>::max())
    return wrong("a Content-Length that is no length");
  return length;
}

std::optional<std::string> WarcRecord::field(std::string_view name) const {
  for (const WarcField& field : header_fields(header)) {
    if (same_name(field.name, name)) return unfolded(field.value);
  }
  return {};
}

std::string WarcRecord::type() const { return ascii_lower(field("WARC-Type").value_or("")); }

std::string WarcRecord::id() const { return without_brackets(field("WARC-Record-ID").value_or("")); }

std::string WarcRecord::target_uri() const { return without_brackets(field("WARC-Target-URI").value_or("")); }

std::string WarcRecord::content_type() const {
  const std::string value = ascii_lower(field("Content-Type").value_or(""));
  return std::string(trimmed(std::string_view(value).substr(0, value.find(';'))));
}

std::string WarcRecord::language() const {
  const std::string all = field("WARC-Identified-Content-Language").value_or("");
  const std::string first(trimmed(std::string_view(all).substr(0, all.find(','))));
  return icu::Locale(first.c_str()).getLanguage();
}

WarcRecord record_of(std::string_view raw) {
  const std::size_t header = header_size(raw);
  assert(header != raw.npos);
  const auto block = content_length(raw.substr(0, header));
  assert(block && *block <= raw.size() - header);
  const auto size = static_cast<std::size_t>(*block);
  return {raw.substr(0, header), raw.substr(header, size), raw.substr(header + size)};
}

bool is_text(const WarcRecord& record) {
  if (record.type() != "conversion" || record.field("WARC-Segment-Number")) return false;
  const std::string media = record.content_type();
  return media.empty() || media == "text/plain";
}

}  // namespace dechaff::io
