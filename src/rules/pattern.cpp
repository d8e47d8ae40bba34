#include "rules/pattern.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <mutex>

namespace dechaff::rules {

namespace {

constexpr std::uint32_t capture_pairs = 32;
constexpr std::size_t jit_stack_bytes = 512 * 1024;

pcre2_match_data* as_data(void* p) { return static_cast<pcre2_match_data*>(p); }
pcre2_match_context* as_context(void* p) { return static_cast<pcre2_match_context*>(p); }

PCRE2_SPTR as_units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

template <class T>
T info(const pcre2_code* code, std::uint32_t what) {
  T value{};
  pcre2_pattern_info(code, what, &value);
  return value;
}

struct CompileContextFree {
  void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
};

}  // namespace

void MatchDataDelete::operator()(void* data) const { pcre2_match_data_free(as_data(data)); }
void MatchContextDelete::operator()(void* context) const { pcre2_match_context_free(as_context(context)); }
void JitStackDelete::operator()(void* stack) const { pcre2_jit_stack_free(static_cast<pcre2_jit_stack*>(stack)); }

Scratch::Scratch()
    : stack_(pcre2_jit_stack_create(32 * 1024, jit_stack_bytes, nullptr)),
      context_(pcre2_match_context_create(nullptr)),
      data_(pcre2_match_data_create(capture_pairs, nullptr)) {
  pcre2_match_context* context = as_context(context_.get());
  pcre2_set_match_limit(context, match_limit);
  pcre2_set_depth_limit(context, depth_limit);
  pcre2_set_heap_limit(context, heap_limit_kib);
  pcre2_jit_stack_assign(context, nullptr, stack_.get());
}

Scratch::Span Scratch::capture(std::uint32_t group) const {
  if (group >= capture_pairs) return {};
  const PCRE2_SIZE* pairs = pcre2_get_ovector_pointer(as_data(data_.get()));
  return {pairs[2 * group], pairs[2 * group + 1]};
}

struct Pattern::Code {
  explicit Code(pcre2_code* compiled) : code(compiled) {}
  ~Code() { pcre2_code_free(code); }
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;

  pcre2_code* code;
  mutable std::once_flag jit_once;
};

Pattern::Pattern(std::string source, std::shared_ptr<const Code> code)
    : source_(std::move(source)), code_(std::move(code)) {}

std::unique_ptr<Pattern> Pattern::compile(std::string_view source, PatternError& error) {
  const std::unique_ptr<pcre2_compile_context, CompileContextFree> context(pcre2_compile_context_create(nullptr));
  pcre2_set_max_pattern_length(context.get(), max_pattern_bytes);
  pcre2_set_parens_nest_limit(context.get(), 50);
  int code = 0;
  PCRE2_SIZE offset = 0;
  constexpr std::uint32_t options =
      PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
  pcre2_code* compiled = pcre2_compile(as_units(source), source.size(), options, &code, &offset, context.get());
  if (compiled == nullptr) {
    PCRE2_UCHAR buffer[256] = {};
    pcre2_get_error_message(code, buffer, sizeof buffer);
    error = {offset, reinterpret_cast<const char*>(buffer)};
    return nullptr;
  }
  auto shared = std::make_shared<const Code>(compiled);
  if (info<std::uint32_t>(compiled, PCRE2_INFO_CAPTURECOUNT) >= capture_pairs) {
    error = {0, "more than " + std::to_string(capture_pairs - 1) + " captures, write (?:…) for groups"};
    return nullptr;
  }
  return std::unique_ptr<Pattern>(new Pattern(std::string(source), std::move(shared)));
}

Outcome Pattern::search(std::string_view subject, std::size_t from, Scratch& scratch) const {
  // Patterns that never get a candidate are most of them: their machine code is never made.
  std::call_once(code_->jit_once, [this] { pcre2_jit_compile(code_->code, PCRE2_JIT_COMPLETE); });
  const int found = pcre2_match(code_->code, as_units(subject), subject.size(), from, PCRE2_NO_UTF_CHECK,
                                as_data(scratch.data_.get()), as_context(scratch.context_.get()));
  if (found >= 0) return Outcome::match;
  return found == PCRE2_ERROR_NOMATCH ? Outcome::no_match : Outcome::limit;
}

std::uint32_t Pattern::captures() const { return info<std::uint32_t>(code_->code, PCRE2_INFO_CAPTURECOUNT); }

std::uint32_t Pattern::group_named(const std::string& name) const {
  const int group = pcre2_substring_number_from_name(code_->code, reinterpret_cast<PCRE2_SPTR>(name.c_str()));
  return group > 0 ? static_cast<std::uint32_t>(group) : 0;
}

bool Pattern::anchored() const {
  return (info<std::uint32_t>(code_->code, PCRE2_INFO_ALLOPTIONS) & PCRE2_ANCHORED) != 0;
}

bool Pattern::matches_empty() const { return info<std::uint32_t>(code_->code, PCRE2_INFO_MATCHEMPTY) != 0; }

}  // namespace dechaff::rules
