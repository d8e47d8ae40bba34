#include "rules/pattern.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <optional>

#include "rules/factored.hpp"

namespace dechaff::rules {

namespace {

constexpr std::uint32_t capture_pairs = 32;
constexpr std::size_t jit_stack_bytes = 512 << 10;

// Making machine code costs as much as some three hundred searches of a short line. That many first would
// cost half as much again where text is long; these leave most of it out where a run is for one page.
constexpr std::uint32_t searches_before_jit = 64;
// The interpreter gives up long before the machine code would, which then has the last word: what a search
// finds does not depend on which of them ran. The machine code counted up to three times as much for one
// match of two hundred thousand random patterns.
constexpr std::uint32_t interpreter_match_limit = 2'000;
constexpr std::uint32_t interpreter_share = 16;  // of the machine code's limit, at most one in so many

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
void JitStackDelete::operator()(void* stack) const {
  pcre2_jit_stack_free(static_cast<pcre2_jit_stack*>(stack));
}

namespace {

/// What PCRE2 made, which it does not for want of memory alone.
template <class T>
T* there(T* made) {
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

}  // namespace

Scratch::Scratch()
    : stack_(there(pcre2_jit_stack_create(32 << 10, jit_stack_bytes, nullptr))),
      context_(there(pcre2_match_context_create(nullptr))),
      short_context_(there(pcre2_match_context_create(nullptr))),
      data_(there(pcre2_match_data_create(capture_pairs, nullptr))) {
  pcre2_match_context* context = as_context(context_.get());
  pcre2_set_depth_limit(context, depth_limit);
  pcre2_set_heap_limit(context, heap_limit_kib);
  pcre2_jit_stack_assign(context, nullptr, stack_.get());
  pcre2_match_context* short_context = as_context(short_context_.get());
  pcre2_set_depth_limit(short_context, interpreter_match_limit);
  pcre2_set_heap_limit(short_context, heap_limit_kib);
}

void Scratch::limit_matching(std::uint32_t limit) {
  if (limit == limit_) return;
  pcre2_set_match_limit(as_context(context_.get()), limit);
  pcre2_set_match_limit(as_context(short_context_.get()),
                        std::min(interpreter_match_limit, limit / interpreter_share));
  limit_ = limit;
}

Scratch::Span Scratch::capture(std::uint32_t group) const {
  if (group >= capture_pairs) return {};
  const PCRE2_SIZE* pairs = pcre2_get_ovector_pointer(as_data(data_.get()));
  return {pairs[2 * group], pairs[2 * group + 1]};
}

namespace {

struct CodeFree {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
using CodePointer = std::unique_ptr<pcre2_code, CodeFree>;

/// How to mend what PCRE2's own words do not explain.
std::string message_of(int code) {
  if (code == PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED)
    return "\\C would cut characters apart; write . instead";
  if (code == PCRE2_ERROR_PATTERN_TOO_LARGE) {
    return "it is too large once its repeats are spelled out; use smaller ones or split the rule";
  }
  PCRE2_UCHAR buffer[256] = {};
  pcre2_get_error_message(code, buffer, sizeof buffer);
  return reinterpret_cast<const char*>(buffer);
}

/// Where the first callout stands, such as (?C1).
std::optional<std::size_t> first_callout(const pcre2_code* code) {
  std::optional<std::size_t> out;
  pcre2_callout_enumerate(
      code,
      [](pcre2_callout_enumerate_block* block, void* place) {
        *static_cast<std::optional<std::size_t>*>(place) = block->pattern_position;
        return 1;  // the first is enough
      },
      &out);
  return out;
}

CodePointer compile_code(std::string_view source, PatternError& error) {
  const std::unique_ptr<pcre2_compile_context, CompileContextFree> context(
      there(pcre2_compile_context_create(nullptr)));
  pcre2_set_parens_nest_limit(context.get(), 50);
  int code = 0;
  PCRE2_SIZE offset = 0;
  constexpr std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
  CodePointer compiled(
      pcre2_compile(as_units(source), source.size(), options, &code, &offset, context.get()));
  if (!compiled) {
    if (code == PCRE2_ERROR_HEAP_FAILED) throw std::bad_alloc();
    error = {offset, message_of(code)};
  } else if (const auto callout = first_callout(compiled.get())) {
    error = {*callout, "a callout has nobody to call; take the (?C) out"};
    compiled.reset();
  } else if (info<std::uint32_t>(compiled.get(), PCRE2_INFO_CAPTURECOUNT) >= capture_pairs) {
    error = {0, "more than " + std::to_string(capture_pairs - 1) + " captures, write (?:…) for groups"};
    compiled.reset();
  }
  return compiled;
}

}  // namespace

struct Pattern::Code {
  Code(std::string_view lent, CodePointer compiled) : source(lent), code(std::move(compiled)) {
    if (code) use(code.get());
  }
  Code(std::string text, CodePointer compiled) : Code(std::string_view(), std::move(compiled)) {
    own = std::move(text);
    source = own;
  }

  std::string own;
  std::string_view source;   // of `own`, or lent
  mutable CodePointer code;  // null until first used, for proven patterns
  mutable std::atomic<const pcre2_code*> ready{nullptr};
  mutable bool anchored = false;  // a match can begin at the start of the text only
  mutable std::mutex making;
  mutable std::atomic<std::uint32_t> searches{0};
  mutable std::atomic<std::uint32_t> starts_seen{0};
  mutable std::atomic<bool> has_machine_code{false};
  mutable std::atomic<bool> has_partial_code{false};

  const pcre2_code* get() const {
    if (const pcre2_code* made = ready.load(std::memory_order_acquire)) return made;
    const std::lock_guard lock(making);
    PatternError unexpected;
    if (!code) {
      const std::string sorted = factored(source);
      code = compile_code(sorted, unexpected);
    }
    if (!code) code = compile_code(source, unexpected);
    if (code) use(code.get());
    return code.get();
  }

  void make_machine_code(std::uint32_t option, std::atomic<bool>& made) const {
    if (made.load(std::memory_order_acquire)) return;
    const std::lock_guard lock(making);
    if (made.load(std::memory_order_relaxed)) return;
    pcre2_jit_compile(code.get(), option);
    made.store(true, std::memory_order_release);
  }

 private:
  void use(const pcre2_code* made) const {
    anchored = (info<std::uint32_t>(made, PCRE2_INFO_ALLOPTIONS) & PCRE2_ANCHORED) != 0;
    ready.store(made, std::memory_order_release);
  }
};

namespace {

/// Whether the pattern calls itself or one of its groups, as (?R), (?1) and (?&name) do; may be wrong where
/// such text means itself.
bool calls_groups(std::string_view pattern) {
  if (pattern.find("\\g") != pattern.npos) return true;
  for (std::size_t at = 0; (at = pattern.find("(?", at)) != pattern.npos; ++at) {
    const std::string_view rest = pattern.substr(at + 2);
    const char next = rest.empty() ? ' ' : rest.front() == '-' && rest.size() > 1 ? rest[1] : rest.front();
    if ((next >= '0' && next <= '9') || next == 'R' || next == '+' || next == '&' || rest.starts_with("P>"))
      return true;
  }
  return false;
}

}  // namespace

std::unique_ptr<Pattern> Pattern::compile(std::string_view source, PatternError& error) {
  if (source.size() > max_pattern_bytes) {
    error = {max_pattern_bytes,
             "it is longer than " + std::to_string(max_pattern_bytes) + " bytes; split the rule"};
    return nullptr;
  }
  CodePointer compiled = compile_code(source, error);
  if (!compiled) return nullptr;
  auto code = std::make_shared<const Code>(std::string(source), std::move(compiled));
  std::unique_ptr<Pattern> out(new Pattern(std::move(code)));
  // Where calls go round in a circle the machine code takes long to run out of its stack; the interpreter
  // sees it.
  out->may_call_in_circles_ = calls_groups(source);
  return out;
}

Pattern Pattern::proven(std::string source) {
  return Pattern(std::make_shared<const Code>(std::move(source), nullptr));
}

Pattern Pattern::proven_lent(std::string_view source) {
  return Pattern(std::make_shared<const Code>(source, nullptr));
}

std::string_view Pattern::source() const { return code_->source; }

/// Searches `subject` once, for a match that begins at `from` only if `options` say PCRE2_ANCHORED.
Outcome Pattern::find(std::string_view subject, std::size_t from, std::uint32_t options,
                      Scratch& scratch) const {
  const pcre2_code* code = code_->get();
  const auto outcome_of = [](int found) {
    if (found >= 0) return Outcome::match;
    if (found == PCRE2_ERROR_NOMEMORY) throw std::bad_alloc();
    return found == PCRE2_ERROR_NOMATCH ? Outcome::no_match : Outcome::limit;
  };
  const auto match = [&](std::uint32_t jit, void* context) {
    return outcome_of(pcre2_match(code, as_units(subject), subject.size(), from,
                                  PCRE2_NO_UTF_CHECK | options | jit, as_data(scratch.data_.get()),
                                  as_context(context)));
  };
  const bool one_start = code_->anchored || (options & PCRE2_ANCHORED) != 0;
  const std::size_t starts = one_start ? 1 : std::min<std::size_t>(subject.size() - from + 1, search_window);
  scratch.limit_matching(std::min(match_limit, match_budget / static_cast<std::uint32_t>(starts)));
  if (may_call_in_circles_) return match(PCRE2_NO_JIT, scratch.context_.get());
  if (!code_->has_machine_code.load(std::memory_order_acquire)) {
    if (code_->searches.load(std::memory_order_relaxed) < searches_before_jit) {
      code_->searches.fetch_add(1, std::memory_order_relaxed);
      const Outcome outcome = match(PCRE2_NO_JIT, scratch.short_context_.get());
      if (outcome != Outcome::limit) return outcome;
    }
    code_->make_machine_code(PCRE2_JIT_COMPLETE, code_->has_machine_code);
  }
  if (options == 0) {
    const int found = pcre2_jit_match(code, as_units(subject), subject.size(), from, 0,
                                      as_data(scratch.data_.get()), as_context(scratch.context_.get()));
    // Where the machine code could not be made.
    if (found != PCRE2_ERROR_JIT_BADOPTION) return outcome_of(found);
  }
  return match(0, scratch.context_.get());
}

bool Pattern::may_go_on(std::string_view start, Scratch& scratch) const {
  const pcre2_code* code = code_->get();
  if (code == nullptr || !code_->anchored || may_call_in_circles_) return true;
  const auto goes_on = [&](std::uint32_t jit, void* context) {
    const int found =
        pcre2_match(code, as_units(start), start.size(), 0, PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD | jit,
                    as_data(scratch.data_.get()), as_context(context));
    if (found == PCRE2_ERROR_NOMEMORY) throw std::bad_alloc();
    return found != PCRE2_ERROR_NOMATCH;
  };
  scratch.limit_matching(match_limit);
  if (code_->starts_seen.load(std::memory_order_relaxed) < searches_before_jit) {
    code_->starts_seen.fetch_add(1, std::memory_order_relaxed);
    return goes_on(PCRE2_NO_JIT, scratch.short_context_.get());
  }
  code_->make_machine_code(PCRE2_JIT_PARTIAL_HARD, code_->has_partial_code);
  return goes_on(0, scratch.context_.get());
}

Outcome Pattern::search(std::string_view subject, std::size_t from, Scratch& scratch) const {
  if (code_->get() == nullptr) return Outcome::limit;
  if (subject.size() - from <= search_window || code_->anchored) return find(subject, from, 0, scratch);
  return search_windows(subject, from, scratch);
}

Outcome Pattern::search_windows(std::string_view subject, std::size_t from, Scratch& scratch) const {
  const auto boundary = [&](std::size_t at) {
    while (at < subject.size() && (static_cast<unsigned char>(subject[at]) & 0xC0) == 0x80) ++at;
    return at;
  };
  while (subject.size() - from > search_window) {
    const std::size_t end = boundary(from + search_window);
    const Outcome seen = find(subject.substr(0, end), from, PCRE2_NOTEOL, scratch);
    if (seen == Outcome::limit) return seen;
    if (seen == Outcome::no_match) {
      from = boundary(from + search_window / 2);
      continue;
    }
    // The text behind the window has a say in what begins here.
    const std::size_t begin = scratch.capture(0).begin;
    const Outcome whole = find(subject, begin, PCRE2_ANCHORED, scratch);
    if (whole != Outcome::no_match) return whole;
    from = boundary(begin + 1);
  }
  return find(subject, from, 0, scratch);
}

std::uint32_t Pattern::captures() const { return info<std::uint32_t>(code_->get(), PCRE2_INFO_CAPTURECOUNT); }

std::uint32_t Pattern::group_named(const std::string& name) const {
  const auto* name_units = reinterpret_cast<PCRE2_SPTR>(name.c_str());
  const int group = pcre2_substring_number_from_name(code_->get(), name_units);
  return group > 0 ? static_cast<std::uint32_t>(group) : 0;
}

std::size_t Pattern::memory() const {
  const pcre2_code* code = code_->ready.load(std::memory_order_acquire);
  return code == nullptr ? 0 : info<std::size_t>(code, PCRE2_INFO_SIZE);
}

bool Pattern::matches_empty() const { return info<std::uint32_t>(code_->get(), PCRE2_INFO_MATCHEMPTY) != 0; }

}  // namespace dechaff::rules
