#include "text/form.hpp"

#include <algorithm>
#include <boost/locale/conversion.hpp>
#include <boost/locale/generator.hpp>
#include <boost/locale/localization_backend.hpp>
#include <cstddef>
#include <cstdint>
#include <locale>
#include <optional>
#include <utility>

#include "text/icu.hpp"
#include "text/stretch.hpp"
#include "text/utf8.hpp"

namespace dechaff {

namespace {

constexpr std::pair<std::string_view, Form> form_names[] = {
    {"none", Form::none}, {"nfc", Form::nfc}, {"nfd", Form::nfd}, {"nfkc", Form::nfkc}, {"nfkd", Form::nfkd}};

}  // namespace

std::optional<Form> form_named(std::string_view name) {
  for (const auto& [known, form] : form_names) {
    if (known == name) return form;
  }
  return std::nullopt;
}

std::string_view name_of(Form form) {
  return std::ranges::find(form_names, form, &std::pair<std::string_view, Form>::second)->first;
}

namespace text {

namespace {

/// Made once, with the one facet that is used: all of them take twenty times as long.
const std::locale& converting_locale() {
  static const std::locale made = [] {
    auto backends = boost::locale::localization_backend_manager::global();
    backends.select("icu");
    boost::locale::generator generator(backends);
    generator.categories(boost::locale::convert_facet);
    generator.characters(boost::locale::char_facet);
    return generator("en_US.UTF-8");
  }();
  return made;
}

boost::locale::norm_type norm_type_of(Form form) {
  switch (form) {
    case Form::nfd:
      return boost::locale::norm_nfd;
    case Form::nfkc:
      return boost::locale::norm_nfkc;
    case Form::nfkd:
      return boost::locale::norm_nfkd;
    default:
      return boost::locale::norm_nfc;
  }
}

/// ICU's normaliser of `form`, which tells where one has to be called at all.
const icu::Normalizer2& normaliser_of(Form form) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = form == Form::nfc    ? icu::Normalizer2::getNFCInstance(status)
                                  : form == Form::nfd  ? icu::Normalizer2::getNFDInstance(status)
                                  : form == Form::nfkc ? icu::Normalizer2::getNFKCInstance(status)
                                                       : icu::Normalizer2::getNFKDInstance(status);
  require(status);
  return *found;
}

bool is_normalised(const icu::Normalizer2& normaliser, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  return normaliser.isNormalizedUTF8({text.data(), static_cast<std::int32_t>(text.size())}, status) != 0;
}

/// The edit from `text[begin, end)` to `to`, less the characters that both begin and end with.
Edit trimmed_edit(std::string_view text, std::size_t begin, std::size_t end, std::string_view to,
                  EntryIndex cause) {
  while (begin < end && !to.empty() && to.starts_with(text.substr(begin, char_size(text, begin)))) {
    to.remove_prefix(char_size(text, begin));
    begin += char_size(text, begin);
  }
  while (begin < end && !to.empty()) {
    const std::size_t last = previous_char(text, end);
    if (!to.ends_with(text.substr(last, end - last))) break;
    to.remove_suffix(end - last);
    end = last;
  }
  return {begin, end, std::string(to), cause};
}

class FormEdits {
 public:
  FormEdits(std::string_view text, Form form, EntryIndex cause)
      : text_(text), norm_type_(norm_type_of(form)), normaliser_(normaliser_of(form)), cause_(cause) {}

  Edits run() && {
    for (std::size_t at = ascii_end(text_, 0); at < text_.size(); at = ascii_end(text_, at)) {
      // The ASCII character before may take a mark.
      const std::size_t begin = at - (at > done_ ? 1 : 0);
      const Stretch stretch = stretch_at(normaliser_, text_, begin);
      if (stretch.is_long_segment) {
        add_segment(begin, stretch.end);
      } else if (!is_normalised(normaliser_, text_.substr(begin, stretch.end - begin))) {
        add_segments(begin, stretch.end);
      }
      at = done_ = stretch.end;
    }
    return std::move(edits_);
  }

 private:
  void add_segments(std::size_t begin, std::size_t end) {
    while (begin < end) {
      const std::size_t next = segment_end(normaliser_, text_, begin);
      if (!is_normalised(normaliser_, text_.substr(begin, next - begin))) add_segment(begin, next);
      begin = next;
    }
  }

  void add_segment(std::size_t begin, std::size_t end) {
    // Boost.Locale may end at NUL, which changes with nothing.
    if (text_[begin] == '\0') ++begin;
    const std::string_view segment = text_.substr(begin, end - begin);
    const std::string to = segment.size() > long_segment ? normalised(with_marks_sorted(normaliser_, segment))
                                                         : normalised(segment);
    if (to != segment) edits_.push_back(trimmed_edit(text_, begin, end, to, cause_));
  }

  std::string normalised(std::string_view segment) const {
    return boost::locale::normalize(segment.data(), segment.data() + segment.size(), norm_type_,
                                    converting_locale());
  }

  std::string_view text_;
  boost::locale::norm_type norm_type_;
  const icu::Normalizer2& normaliser_;
  EntryIndex cause_;
  Edits edits_;
  std::size_t done_ = 0;  // bytes of the text that are in the form or have their edits
};

}  // namespace

Edits normal_form_edits(std::string_view text, Form form, EntryIndex cause) {
  if (form == Form::none) return {};
  return FormEdits(text, form, cause).run();
}

}  // namespace text

}  // namespace dechaff
