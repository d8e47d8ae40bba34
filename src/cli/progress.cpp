#include "progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>

namespace dechaff::cli {

namespace {

using std::chrono::milliseconds;

// Often enough to see it move; a log gets a line that is worth its space.
constexpr milliseconds on_terminal(200);
constexpr milliseconds in_log(10'000);

/// "1.4 MB": powers of 1000, as transfer rates have them.
std::string bytes_text(double bytes) {
  constexpr std::array<const char*, 5> units = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < units.size(); ++unit) bytes /= 1000;
  std::array<char, 32> out{};
  (void)std::snprintf(out.data(), out.size(), unit == 0 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
  return out.data();
}

std::string duration_text(double seconds) {
  const long all = std::lround(seconds);
  std::array<char, 32> out{};
  if (all >= 3600)
    (void)std::snprintf(out.data(), out.size(), "%ld:%02ld:%02ld", all / 3600, all / 60 % 60, all % 60);
  else
    (void)std::snprintf(out.data(), out.size(), "%ld:%02ld", all / 60, all % 60);
  return out.data();
}

std::string text_of(const Progress& progress, double seconds, std::optional<std::uint64_t> total) {
  std::string out = std::to_string(progress.documents) + " documents";
  if (progress.failed > 0) out += " (" + std::to_string(progress.failed) + " failed)";
  out += ", " + bytes_text(static_cast<double>(progress.bytes_in));
  if (seconds > 0) out += ", " + bytes_text(static_cast<double>(progress.bytes_in) / seconds) + "/s";
  if (progress.words_in > 0) {
    const auto gone = static_cast<double>(progress.words_in) - static_cast<double>(progress.words_out);
    std::array<char, 32> share{};
    (void)std::snprintf(share.data(), share.size(), ", %.1f %% chaff",
                        100 * gone / static_cast<double>(progress.words_in));
    out += share.data();
  }
  if (total && progress.bytes_read > 0 && progress.bytes_read <= *total) {
    const double left = static_cast<double>(*total - progress.bytes_read);
    out += ", " + duration_text(seconds * left / static_cast<double>(progress.bytes_read)) + " left";
  }
  return out;
}

/// One less than the terminal has columns: a line that wraps could not be taken back.
std::size_t width_of_terminal() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? size.ws_col - 1U : 79U;
}

}  // namespace

ProgressLine::ProgressLine(Style style, std::optional<std::uint64_t> total)
    : style_(style),
      total_(total),
      begin_(Clock::now()),
      next_(begin_ + (style == Style::plain ? in_log : on_terminal)) {}

void ProgressLine::show(const Progress& progress) {
  if (style_ == Style::none) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + (style_ == Style::plain ? in_log : on_terminal);
  const std::string text = text_of(progress, std::chrono::duration<double>(now - begin_).count(), total_);
  if (style_ == Style::plain) {
    std::cerr << "dechaff: " << text << '\n';
    return;
  }
  std::cerr << "\r\x1b[K" << text.substr(0, width_of_terminal()) << std::flush;
  shown_ = true;
}

void ProgressLine::clear() {
  if (shown_) std::cerr << "\r\x1b[K" << std::flush;
  shown_ = false;
}

}  // namespace dechaff::cli
