#include "text/guess.hpp"

#include <unicode/ucsdet.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "text/convert.hpp"
#include "text/plausible.hpp"
#include "text/utf8.hpp"

namespace dechaff::text {

namespace {

constexpr std::size_t sample_limit = std::size_t{64} * 1024;

struct DetectorFree {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

struct Sequences {
  std::size_t well_formed = 0;  // of more than one byte
  std::size_t ill_formed = 0;
};

Sequences count_sequences(std::string_view bytes) {
  Sequences out;
  for (std::size_t at = ascii_end(bytes, 0); at < bytes.size(); at = ascii_end(bytes, at)) {
    const std::size_t size = well_formed_size(bytes, at);
    if (size == 0) {
      ++out.ill_formed;
      at += ill_formed_size(bytes, at);
    } else {
      ++out.well_formed;
      at += size;
    }
  }
  return out;
}

/// The lines that hold more than ASCII, as many as the detector needs; whole code units of two bytes where
/// there are zeros.
std::string sample_of(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos) return std::string(bytes.substr(0, sample_limit));
  std::string out;
  for (std::size_t at = ascii_end(bytes, 0); at < bytes.size() && out.size() < sample_limit;) {
    const std::size_t feed = bytes.substr(0, at).rfind('\n');
    const std::size_t begin =
        std::max(feed == std::string_view::npos ? 0 : feed + 1, at - std::min(at, sample_limit));
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    out += bytes.substr(begin, std::min(end - begin, sample_limit));
    at = ascii_end(bytes, std::min(begin + sample_limit, end));
  }
  return out.substr(0, sample_limit);
}

/// ICU's guesses for `sample`, the best first.
std::vector<Guess> icu_guesses(std::string_view sample) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, DetectorFree> detector(ucsdet_open(&status));
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  std::int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  std::vector<Guess> out;
  // No guess at all is a failure to ICU.
  if (U_FAILURE(status)) return out;
  for (std::int32_t i = 0; i < count; ++i) {
    const Result<const Encoding*> encoding = encoding_named(ucsdet_getName(matches[i], &status));
    const std::int32_t confidence = ucsdet_getConfidence(matches[i], &status);
    // IBM420 and IBM424, of mainframes, are not among ours.
    if (encoding && !(*encoding)->converter.empty()) out.push_back({*encoding, confidence});
  }
  return out;
}

/// Whether ICU is sure enough of `guess`. Single bytes of one script hardly read as another; all other bytes
/// do.
bool is_sure_enough(const Guess& guess, std::string_view text) {
  const std::string_view name = guess.encoding->name;
  if (name.starts_with("utf-")) return guess.confidence >= 80;
  if (name == "windows-1252") return guess.confidence >= 50 || (guess.confidence >= 10 && is_western(text));
  const bool single_bytes =
      name.starts_with("windows-") || name.starts_with("iso-8859-") || name.starts_with("koi8-");
  const bool latin = name == "iso-8859-2" || name == "windows-1250" || name == "windows-1254";
  return guess.confidence >= (single_bytes && !latin ? 10 : 30);
}

/// Encodings that ICU's detector cannot tell from their nearest kin, or does not know.
const Encoding* kin_of(const Encoding& encoding) {
  constexpr std::string_view kin[][2] = {
      {"iso-8859-2", "windows-1250"}, {"iso-8859-7", "windows-1253"}, {"koi8-r", "koi8-u"}};
  for (const auto& [name, other] : kin) {
    if (encoding.name == name) return *encoding_named(other);
  }
  return nullptr;
}

/// `guess` or its kin, whichever makes more letters of the sample; nothing where the guess will not do.
std::optional<Guess> confirmed(Guess guess, std::string_view sample) {
  const std::string text = convert(sample, *guess.encoding, 0, {}).text;
  const std::optional<std::size_t> letters = plausible_letters(text);
  const Encoding* kin = kin_of(*guess.encoding);
  const std::optional<std::size_t> kin_letters =
      kin != nullptr ? plausible_letters(convert(sample, *kin, 0, {}).text) : std::nullopt;
  if (!is_sure_enough(guess, text) || (!letters && !kin_letters)) return std::nullopt;
  if (kin_letters > letters) guess.encoding = kin;
  return guess;
}

}  // namespace

Guess guess_encoding(std::string_view bytes) {
  const Sequences sequences = count_sequences(bytes);
  const std::size_t all = std::max<std::size_t>(sequences.well_formed + sequences.ill_formed, 1);
  const Guess utf8{*encoding_named("utf-8"), static_cast<int>(sequences.well_formed * 100 / all)};
  if (sequences.well_formed >= sequences.ill_formed * 2) return utf8;
  const std::string sample = sample_of(bytes);
  for (const Guess& guess : icu_guesses(sample)) {
    if (const std::optional<Guess> found = confirmed(guess, sample)) return *found;
  }
  return utf8;
}

}  // namespace dechaff::text
