#include "text/entities.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "text/utf8.hpp"
#include "text/windows_1252.hpp"

namespace dechaff::text {

namespace {

constexpr std::size_t longest_reference = 32;  // bytes between '&' and ';'

/// The character of "#39" or "#x27", as "numeric character reference end state" has it.
std::optional<char32_t> numbered(std::string_view body) {
  body.remove_prefix(1);
  const bool hexadecimal = body.starts_with('x') || body.starts_with('X');
  if (hexadecimal) body.remove_prefix(1);
  std::uint32_t value = 0;
  const char* end = body.data() + body.size();
  const auto [stop, problem] = std::from_chars(body.data(), end, value, hexadecimal ? 16 : 10);
  if (stop != end || problem == std::errc::invalid_argument) return std::nullopt;
  if (problem == std::errc::result_out_of_range) return U'\uFFFD';
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return U'\uFFFD';
  return value < 0x100 ? windows_1252_char(static_cast<std::uint8_t>(value)) : static_cast<char32_t>(value);
}

/// What the reference stands for that has `body` between '&' and ';'.
std::optional<std::string> decoded(std::string_view body) {
  if (body.starts_with('#')) {
    const auto c = numbered(body);
    if (!c) return std::nullopt;
    std::string out;
    append_utf8(out, *c);
    return out;
  }
  const auto all = named_entities();
  const auto found = std::ranges::lower_bound(all, body, {}, &NamedEntity::name);
  if (found == all.end() || found->name() != body) return std::nullopt;
  return std::string(found->text());
}

/// Copies a line and decodes what ends at each ';' on the way, so that what was decoded can be part of a
/// reference.
class Decoder {
 public:
  explicit Decoder(EntryIndex cause) : cause_(cause) {}

  void append(std::string_view text) { out_ += text; }

  /// Decodes references at the end, as long as there is one.
  void decode_end() {
    while (out_.ends_with(';')) {
      const std::size_t from = out_.size() - std::min(out_.size(), longest_reference + 2);
      const std::string_view tail = std::string_view(out_).substr(from);
      const std::size_t ampersand = tail.rfind('&');
      if (ampersand == std::string_view::npos) return;
      auto text = decoded(tail.substr(ampersand + 1, tail.size() - ampersand - 2));
      if (!text) return;
      replace_end(from + ampersand, std::move(*text));
    }
  }

  /// The edits of all that was appended, which starts at `offset` in the text.
  Edits edits(std::size_t offset) && {
    for (Edit& edit : edits_) {
      edit.begin += offset;
      edit.end += offset;
    }
    return std::move(edits_);
  }

 private:
  /// Where the byte `at` of `out_` comes from, which lies behind all edits.
  std::size_t source_of(std::size_t at) const {
    return edits_.empty() ? at : edits_.back().end + (at - out_ends_.back());
  }

  void replace_end(std::size_t at, std::string text) {
    const std::size_t end = source_of(out_.size());
    while (!out_ends_.empty() && out_ends_.back() > at) {
      out_ends_.pop_back();
      edits_.pop_back();
    }
    const std::size_t begin = source_of(at);
    out_.replace(at, std::string::npos, text);
    edits_.push_back({begin, end, std::move(text), cause_});
    out_ends_.push_back(out_.size());
  }

  EntryIndex cause_;
  std::string out_;
  Edits edits_;                        // so far, counted from the start of what was appended
  std::vector<std::size_t> out_ends_;  // for each edit, where its text ends in `out_`
};

}  // namespace

Edits entity_edits(std::string_view text, EntryIndex cause) {
  Edits out;
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at)) {
    const std::size_t before = text.rfind('\n', at);
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(before + 1, line_end - (before + 1));  // npos + 1 is 0
    const std::size_t offset = std::exchange(at, line_end);
    if (line.find('<') != std::string_view::npos) continue;
    Decoder decoder(cause);
    std::string_view rest = line.substr(offset - (before + 1));
    for (std::size_t end = rest.find(';'); end != std::string_view::npos; end = rest.find(';')) {
      decoder.append(rest.substr(0, end + 1));
      decoder.decode_end();
      rest.remove_prefix(end + 1);
    }
    std::ranges::move(std::move(decoder).edits(offset), std::back_inserter(out));
  }
  return out;
}

}  // namespace dechaff::text
