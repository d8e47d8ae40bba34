#include <cstddef>
#include <string>
#include <vector>

#include "dechaff/nearest.hpp"
#include "text/decode.hpp"
#include "text/encoding_table.hpp"

namespace dechaff::text {

namespace {

/// `label` without ASCII white space around it, in lower case.
std::string tidied(std::string_view label) {
  constexpr std::string_view spaces = "\t\n\f\r ";
  const std::size_t begin = label.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  std::string out(label.substr(begin, label.find_last_not_of(spaces) - begin + 1));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::vector<std::string_view> labels_of(const EncodingRow& row) {
  std::vector<std::string_view> out;
  for (std::string_view rest = row.labels; !rest.empty();) {
    const std::size_t size = rest.find(' ');
    out.push_back(rest.substr(0, size));
    rest.remove_prefix(size == std::string_view::npos ? rest.size() : size + 1);
  }
  return out;
}

std::string letters_and_digits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

/// The name or else label most like `tidy`; "latin-1" and "latin1" are alike.
std::string suggestion(std::string_view tidy) {
  std::vector<std::string_view> spelled;
  for (const EncodingRow& row : encoding_rows()) spelled.push_back(row.encoding.name);
  for (const EncodingRow& row : encoding_rows()) {
    const std::vector<std::string_view> labels = labels_of(row);
    spelled.insert(spelled.end(), labels.begin(), labels.end());
  }
  std::vector<std::string> bare;
  bare.reserve(spelled.size());
  for (const std::string_view label : spelled) bare.push_back(letters_and_digits(label));
  const std::vector<std::string_view> known(bare.begin(), bare.end());
  const auto found = nearest(letters_and_digits(tidy), known);
  if (!found) return {};
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] == *found) return ", did you mean '" + std::string(spelled[i]) + "'?";
  }
  return {};
}

}  // namespace

Result<const Encoding*> encoding_named(std::string_view label) {
  const std::string tidy = tidied(label);
  for (const EncodingRow& row : encoding_rows()) {
    for (const std::string_view known : labels_of(row)) {
      if (known == tidy) return &row.encoding;
    }
  }
  return Error{.code = ErrorCode::usage,
               .message = "unknown encoding '" + std::string(label) + "'" + suggestion(tidy)};
}

}  // namespace dechaff::text
