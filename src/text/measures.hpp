#pragma once

#include <cstdint>
#include <string_view>

namespace dechaff::text {

/// What a line looks like, in numbers. Shares are of `chars`, unless said.
struct Measures {
  std::uint32_t chars = 0;  ///< characters that are no white space
  std::uint32_t words =
      0;  ///< runs of letters, marks and digits; two characters of scripts without spaces are one
  std::uint32_t letters = 0;
  std::uint32_t digits = 0;
  std::uint32_t cased = 0;        ///< letters that have a case
  std::uint32_t upper = 0;        ///< of these, upper and title case
  std::uint32_t capitalised = 0;  ///< words that begin with an upper case letter
  bool ends_sentence = false;  ///< the last character but closing marks is a sentence terminal or an ellipsis
  bool list_item = false;      ///< begins with a bullet or a number with a mark behind it
  bool indented = false;       ///< begins with a tab or two spaces
  bool said = false;  ///< in quotation marks, behind a dialogue dash, the step of a numbered list, or up to
                      ///< two words that end like a statement or question
  bool has_link = false;  ///< holds an address: "http://", "https://" or "www."
};

/// Measures one line of valid UTF-8 (properties of Unicode as ICU has them). Linear.
Measures measure(std::string_view line);

/// `Measures::ends_sentence` alone.
bool ends_sentence(std::string_view line);

/// A line that reads like prose: 12 words and the end of a sentence, or 30 words.
bool reads_like_prose(const Measures& measures);

/// `part` of `whole`, 0 of nothing.
double share(std::uint32_t part, std::uint32_t whole);

/// Length of the list marker at the start of `line` (white space before and behind it included): a bullet, or
/// a number or letter with a mark such as "1." "2)" "(3)", and something behind it. 0 where there is none.
std::size_t list_marker_size(std::string_view line);

}  // namespace dechaff::text
