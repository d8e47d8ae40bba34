#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace dechaff {

/// A place in a file. `line` and `column` count from 1, columns in bytes; 0 means "not known".
struct SourcePos {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const SourcePos&, const SourcePos&) = default;
};

enum class ErrorCode {
  usage,       ///< a wrong flag, name or value
  bad_rule,    ///< a pattern file says what it cannot mean
  io,          ///< reading or writing failed
  bad_input,   ///< an input cannot be taken as what it claims to be
  bad_ledger,  ///< a ledger is damaged or belongs to another text
};

/// What went wrong, where, and how to mend it: lower case, no full stop.
struct Error {
  ErrorCode code = ErrorCode::usage;
  SourcePos pos;
  std::string message;
};

using Errors = std::vector<Error>;

/// "rules/cookies.toml:14:1: unknown key 'phrase', did you mean 'phrases'?"; parts not known are left out.
std::string to_string(const Error& error);

/// A T, or the Error that stood in its way. Reading the wrong one is a defect of the caller (asserted).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }

  T& operator*() & { return get<0>(); }
  const T& operator*() const& { return const_cast<Result*>(this)->template get<0>(); }
  T&& operator*() && { return std::move(get<0>()); }
  T* operator->() { return &get<0>(); }
  const T* operator->() const { return &const_cast<Result*>(this)->template get<0>(); }

  const Error& error() const { return const_cast<Result*>(this)->template get<1>(); }

 private:
  template <std::size_t I>
  auto& get() {
    assert(state_.index() == I);
    return *std::get_if<I>(&state_);
  }

  std::variant<T, Error> state_;
};

/// Success without a value.
struct Done {};

}  // namespace dechaff
