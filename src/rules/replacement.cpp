#include "rules/replacement.hpp"

#include <charconv>

namespace dechaff::rules {

namespace {

/// A piece of a template: text, or the capture that stands for it.
struct Piece {
  std::string_view text;
  std::uint32_t group = 0;
  bool is_group = false;
  std::string problem;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Piece group_piece(std::string_view name, const Pattern& pattern) {
  Piece piece{.text = {}, .group = 0, .is_group = true, .problem = {}};
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), piece.group);
  const bool number = error == std::errc{} && end == name.data() + name.size();
  if (!number) piece.group = pattern.group_named(std::string(name));
  if ((number && piece.group > pattern.captures()) || (!number && piece.group == 0)) {
    piece.problem = "the pattern has no capture '" + std::string(name) + "'";
  }
  return piece;
}

/// Cuts the next piece off the front of `rest`, which is not empty.
Piece next_piece(std::string_view& rest, const Pattern& pattern) {
  const std::size_t dollar = rest.find('$');
  if (dollar != 0) {
    Piece piece{.text = rest.substr(0, dollar), .group = 0, .is_group = false, .problem = {}};
    rest.remove_prefix(piece.text.size());
    return piece;
  }
  if (rest.starts_with("$$")) {
    Piece piece{.text = rest.substr(0, 1), .group = 0, .is_group = false, .problem = {}};
    rest.remove_prefix(2);
    return piece;
  }
  if (rest.size() > 1 && is_digit(rest[1])) {
    std::size_t end = 2;
    while (end < rest.size() && is_digit(rest[end])) ++end;
    const std::string_view name = rest.substr(1, end - 1);
    rest.remove_prefix(end);
    return group_piece(name, pattern);
  }
  const std::size_t close = rest.starts_with("${") ? rest.find('}') : std::string_view::npos;
  if (close == std::string_view::npos) {
    rest = {};
    return {.text = {},
            .group = 0,
            .is_group = false,
            .problem =
                "a '$' must be followed by a capture, such as $1 or ${name}; write $$ for the sign itself"};
  }
  const std::string_view name = rest.substr(2, close - 2);
  rest.remove_prefix(close + 1);
  return group_piece(name, pattern);
}

}  // namespace

std::optional<std::string> replacement_problem(std::string_view replacement, const Pattern& pattern) {
  if (replacement.find('\n') != std::string_view::npos)
    return "'replace' makes one line of one line: take the line feed out";
  while (!replacement.empty()) {
    Piece piece = next_piece(replacement, pattern);
    if (!piece.problem.empty()) return std::move(piece.problem);
  }
  return {};
}

std::string expand(std::string_view replacement, const Pattern& pattern, std::string_view subject,
                   const Scratch& scratch) {
  std::string out;
  while (!replacement.empty()) {
    const Piece piece = next_piece(replacement, pattern);
    if (!piece.is_group) {
      out += piece.text;
      continue;
    }
    const Scratch::Span span = scratch.capture(piece.group);
    if (span.begin != std::string_view::npos && span.begin <= span.end) {
      out += subject.substr(span.begin, span.end - span.begin);
    }
  }
  return out;
}

}  // namespace dechaff::rules
