#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/plain_list.hpp"
#include "base/text_list.hpp"

namespace dechaff {

template <class T>
concept ImagePlain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

/// How a type that has no `fields` is written (`put`) and made (`make`).
template <class T>
struct InImage;

template <class T>
concept HasInImage = requires {
  sizeof(InImage<T>);
};

/// Appends values, each in the machine's own form: an image does not travel. A struct is written by a
/// function `fields(writer, value)` beside it that hands its fields on, and read by the same.
class ImageWriter {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }

  /// The same for optional values and lists that most structs have not.
  template <class... T>
  void rare(const T&... values) {
    static_assert(sizeof...(T) <= 32);
    std::uint32_t there = 0, bit = 1;
    ((there |= is_there(values) ? bit : 0, bit <<= 1), ...);
    put(there);
    (put_if(is_there(values), values), ...);
  }

  /// Appends a part, so that it stands where lists in it are aligned as they were when it was written.
  void part(std::string_view bytes) {
    put(static_cast<std::uint32_t>(bytes.size()));
    align(widest);
    out_ += bytes;
  }

  std::string take() { return std::move(out_); }

  static constexpr std::size_t widest = 8;

 private:
  template <ImagePlain T>
  void put(const T& value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    out_ += text;
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T, std::size_t n>
  void put(const std::array<T, n>& values) {
    for (const T& value : values) put(value);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) put(value);
  }
  template <class T>
  void put(const PlainList<T>& values) {
    put(static_cast<std::uint32_t>(values.size()));
    if (values.empty()) return;
    align(alignof(T));
    out_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  template <class T>
  void put(const std::shared_ptr<const T>& value) {
    put(*value);
  }
  void put(const TextList& texts) { (*this)(texts.bytes(), texts.ends()); }
  template <class T>
  void put(const T& value) {
    if constexpr (HasInImage<T>)
      InImage<T>::put(*this, value);
    else
      fields(*this, const_cast<T&>(value));
  }

  template <class T>
  static bool is_there(const std::optional<T>& value) {
    return value.has_value();
  }
  template <class T>
  static bool is_there(const std::shared_ptr<const T>& value) {
    return value != nullptr;
  }
  template <class List>
  static bool is_there(const List& list) {
    return !list.empty();
  }
  template <class T>
  void put_if(bool is_there, const T& value) {
    if (is_there) put(value);
  }
  template <class T>
  void put_if(bool is_there, const std::optional<T>& value) {
    if (is_there) put(*value);
  }

  void align(std::size_t to) { out_.append((to - out_.size() % to) % to, '\0'); }

  std::string out_;
};

/// Reads what an ImageWriter wrote, at an address that is a multiple of `ImageWriter::widest`. Lists are lent
/// by the bytes. Past the end all is zero and `good` is false.
class ImageReader {
 public:
  explicit ImageReader(std::string_view bytes) : at_(bytes.data()), left_(bytes.size()) {}

  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }

  /// Into values that are empty.
  template <class... T>
  void rare(T&... values) {
    std::uint32_t there = 0, bit = 1;
    get(there);
    (get_if((there & std::exchange(bit, bit << 1)) != 0, values), ...);
  }

  std::string_view part() {
    std::uint32_t size = 0;
    get(size);
    align(ImageWriter::widest);
    return take(size);
  }

  /// A text that is lent.
  std::string_view text() {
    std::uint32_t size = 0;
    get(size);
    return take(size);
  }

  bool good() const { return good_; }
  /// For what holds of all values but not of these.
  void require(bool holds) { good_ &= holds; }

  /// Reads values behind those that `values` holds.
  template <class T>
  void append(std::vector<T>& values) {
    std::uint32_t size = 0;
    get(size);
    // No more than there can be, however many are said to be there.
    const std::size_t wanted = values.size() + std::min<std::size_t>(size, left_);
    if (wanted > values.capacity()) values.reserve(std::max(wanted, 2 * values.size()));
    for (std::uint32_t i = 0; i < size && good_; ++i) {
      if constexpr (HasInImage<T>)
        values.push_back(InImage<T>::make(*this));
      else
        get(values.emplace_back());
    }
  }

 private:
  std::string_view take(std::size_t size) {
    if (size > left_) [[unlikely]] {
      good_ = false;
      left_ = 0;
      return {};
    }
    const char* const begin = at_;
    at_ += size;
    left_ -= size;
    return {begin, size};
  }

  void align(std::size_t to) { take((to - reinterpret_cast<std::uintptr_t>(at_) % to) % to); }

  template <class T>
  void get_if(bool is_there, T& value) {
    if (is_there) get(value);
  }
  template <class T>
  void get_if(bool is_there, std::optional<T>& value) {
    if (is_there) fill(value);
  }

  template <ImagePlain T>
  void get(T& value) {
    const std::string_view bytes = take(sizeof value);
    value = T{};
    if (bytes.empty()) return;
    if constexpr (std::is_same_v<T, bool>)
      value = bytes.front() != 0;  // any other value would be none
    else
      std::memcpy(&value, bytes.data(), sizeof value);
  }
  void get(std::string& value) { value = text(); }
  template <class T>
  void get(PlainList<T>& values) {
    std::uint32_t size = 0;
    get(size);
    if (size == 0) return;
    align(alignof(T));
    const std::string_view bytes = take(std::size_t{size} * sizeof(T));
    values = PlainList<T>::lent({reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)});
  }
  void get(TextList& texts) {
    PlainList<char> bytes;
    PlainList<std::uint32_t> ends;
    (*this)(bytes, ends);
    good_ &= texts.assign(std::move(bytes), std::move(ends));
  }
  template <class T>
  void get(std::shared_ptr<const T>& value) {
    auto made = std::make_shared<T>();
    get(*made);
    value = std::move(made);
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool has = false;
    get(has);
    value.reset();
    if (has) fill(value);
  }
  template <class T>
  void fill(std::optional<T>& value) {
    if constexpr (HasInImage<T>)
      value.emplace(InImage<T>::make(*this));
    else
      get(value.emplace());
  }
  template <class T, std::size_t n>
  void get(std::array<T, n>& values) {
    for (T& value : values) get(value);
  }
  template <class T>
  void get(std::vector<T>& values) {
    values.clear();
    append(values);
  }
  template <class T>
  void get(T& value) {
    fields(*this, value);
  }

  const char* at_;
  std::size_t left_;
  bool good_ = true;
};

}  // namespace dechaff
