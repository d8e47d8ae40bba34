#pragma once

#include <string>
#include <vector>

#include "option_doc.hpp"

namespace dechaff::cli {

/// The manual page in the macros of man(7). Without a date: the same sources give the same page.
std::string man_page(const std::vector<CommandDoc>& commands);

/// Completions, to be sourced by bash, or put into the function path of zsh as `_dechaff`, or into a
/// completions folder of fish. They need nothing but the shell itself.
std::string bash_completion(const std::vector<CommandDoc>& commands);
std::string zsh_completion(const std::vector<CommandDoc>& commands);
std::string fish_completion(const std::vector<CommandDoc>& commands);

/// The words by which a command of two words begins ("rules"), in order.
std::vector<std::string> group_words(const std::vector<CommandDoc>& commands);

/// `text` in single quotes for a shell of the POSIX kind.
std::string shell_quoted(const std::string& text);

/// The words with spaces between them.
std::string joined(const std::vector<std::string>& words);

}  // namespace dechaff::cli
