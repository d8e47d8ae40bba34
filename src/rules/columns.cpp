#include "rules/columns.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "text/utf8.hpp"

namespace dechaff::rules {

namespace {

/// Where the lines of a file begin.
struct FileLines {
  explicit FileLines(std::string_view text) : content(text) {
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
      starts.push_back(at + 1);
  }

  /// The column, from 1 and in bytes, of the character `column`, from 1, of `line`, from 1.
  std::uint32_t in_bytes(std::uint32_t line, std::uint32_t column) const {
    if (line == 0 || line > starts.size()) return column;
    const std::size_t start = starts[line - 1];
    std::size_t at = start;
    for (std::uint32_t c = 1; c < column; ++c) at += at < content.size() ? text::char_size(content, at) : 1;
    return static_cast<std::uint32_t>(at - start + 1);
  }

  std::string_view content;
  std::vector<std::size_t> starts{0};
};

}  // namespace

void count_columns_in_bytes(Compiled& compiled, Errors& errors) {
  std::map<std::string_view, FileLines> files;
  std::map<std::string, std::size_t> order;  // by names of its own: sorting moves those of the errors
  for (SourceFile& file : compiled.files) {
    if (std::exchange(file.counts_characters, false)) files.emplace(file.name, file.content());
  }
  const auto mend = [&](SourcePos& pos) {
    const auto file = files.find(pos.file);
    if (file != files.end()) pos.column = file->second.in_bytes(pos.line, pos.column);
  };
  if (files.empty() && errors.empty()) return;
  for (Entry& entry : compiled.entries) mend(entry.pos);
  for (Rule& rule : compiled.rules) {
    for (Example& example : rule.drops) mend(example.pos);
    for (Example& example : rule.keeps) mend(example.pos);
  }
  for (DeclaredStep& step : compiled.steps) {
    for (Example& example : step.examples) mend(example.pos);
  }
  for (Error& error : errors) {
    mend(error.pos);
    order.emplace(error.pos.file, order.size());
  }
  std::ranges::stable_sort(errors, {}, [&](const Error& error) {
    return std::tuple(order.at(error.pos.file), error.pos.line, error.pos.column);
  });
}

}  // namespace dechaff::rules
