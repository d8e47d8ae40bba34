#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/plain_list.hpp"

namespace dechaff::match {

/// Finds many literals in a text at once. Each literal is told by its rarest four bytes and the four behind
/// them, a shorter one by its rarest four or its first three or two: bitmaps of two hashes say for nearly
/// every place of a text that none stands there (after Wu and Manber 1994, "A Fast Algorithm for
/// Multi-Pattern Searching", and Bloom 1970). Const once it is built.
class LiteralScanner {
 public:
  /// A text that is not empty, and what is found where it stands.
  struct Literal {
    std::string_view text;
    std::uint32_t id = 0;

    friend auto operator<=>(const Literal&, const Literal&) = default;
  };

  LiteralScanner() = default;
  /// Several literals may have one text, and one id.
  explicit LiteralScanner(std::vector<Literal> literals);

  /// For what writes and reads images; what was read must be settled.
  template <class A>
  friend void fields(A& a, LiteralScanner& scanner) {
    a(scanner.texts_, scanner.literals_, scanner.ids_);
    for (Windows* those : {&scanner.eight_, &scanner.four_, &scanner.three_, &scanner.two_})
      a(those->shift, those->windows, those->begins);
  }

  /// Makes what was read ready. False where a scan would find other ids than those below `ids`, or what is
  /// not there.
  bool settle(std::uint32_t ids);

  /// Calls `use(id)` for each literal at each place of `text` where it stands, in the order of places of what
  /// tells it.
  template <class Use>
  void scan(std::string_view text, Use use) const {
    if (literals_.empty()) return;
    std::size_t at = 0;
    for (; at + sizeof(std::uint64_t) <= text.size(); ++at) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + at, sizeof bytes);
      look(text, at, bytes, use);
    }
    if (at == text.size()) return;
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data() + at, text.size() - at);
    for (; at < text.size(); ++at, rest >>= 8) look(text, at, rest, use);
  }

 private:
  static_assert(std::endian::native == std::endian::little);

  static constexpr std::uint32_t slots = 1U << 16;

  static std::uint32_t slot_of(std::uint64_t bytes) {
    return static_cast<std::uint32_t>(bytes * 0x9E3779B97F4A7C15U >> 48);
  }
  static std::uint32_t other_slot_of(std::uint64_t bytes) {
    return static_cast<std::uint32_t>(bytes * 0xC2B2AE3D27D4EB4FU >> 48);
  }

  /// A set of slots.
  class Bitmap {
   public:
    bool has(std::uint64_t slot) const { return (bits_[slot / 64] >> (slot % 64) & 1) != 0; }
    void set(std::uint64_t slot) { bits_[slot / 64] |= std::uint64_t{1} << (slot % 64); }

   private:
    std::array<std::uint64_t, slots / 64> bits_{};
  };

  /// The literals that are told by so many bytes.
  struct Windows {
    /// The window of a literal, `offset` bytes into its text.
    struct Window {
      std::uint64_t bytes = 0;
      std::uint32_t literal = 0;
      std::uint32_t offset = 0;
    };

    void index();
    void mark();

    /// Whether some window may have these bytes, whose slot is `slot`.
    bool may_hold(std::uint64_t bytes, std::uint32_t slot) const {
      return known.has(slot) && known_otherwise.has(other_slot_of(bytes));
    }

    std::uint32_t shift = 0;
    Bitmap known, known_otherwise;
    PlainList<Window> windows;        // by the upper bits of their slots
    PlainList<std::uint32_t> begins;  // slot >> shift → its first window; one more for the end
  };

  template <class Use>
  void look(std::string_view text, std::size_t at, std::uint64_t bytes, Use& use) const {
    if (fours_.has(slot_of(bytes & 0xFFFFFFFFU)) || starts_.has(bytes & 0xFFFFU)) [[unlikely]]
      look_closer(text, at, bytes, use);
  }

  /// Apart from the loop over all places, which it would make slower.
  template <class Use>
  [[gnu::noinline]] void look_closer(std::string_view text, std::size_t at, std::uint64_t bytes,
                                     Use& use) const {
    const auto look_for = [&](const Windows& those, std::uint64_t window) {
      if (const std::uint32_t slot = slot_of(window); those.may_hold(window, slot))
        confirm(those, text, at, window, slot, use);
    };
    look_for(eight_, bytes);
    look_for(four_, bytes & 0xFFFFFFFFU);
    if (!starts_.has(bytes & 0xFFFFU)) return;
    look_for(three_, bytes & 0xFFFFFFU);
    look_for(two_, bytes & 0xFFFFU);
  }

  template <class Use>
  void confirm(const Windows& those, std::string_view text, std::size_t at, std::uint64_t bytes,
               std::uint32_t slot, Use& use) const {
    const std::uint32_t* const bucket = those.begins.data() + (slot >> those.shift);
    const Windows::Window* const end = those.windows.data() + bucket[1];
    for (const Windows::Window* window = those.windows.data() + bucket[0]; window != end; ++window) {
      if (window->bytes != bytes || window->offset > at) continue;
      const Placed& literal = literals_[window->literal];
      if (!text.substr(at - window->offset).starts_with(text_of(literal))) continue;
      for (std::uint32_t id = literal.first_id; id < literal.last_id; ++id) use(ids_[id]);
    }
  }

  /// A text by its place in `texts_`, and what is found where it stands, in `ids_`.
  struct Placed {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::uint32_t first_id = 0;
    std::uint32_t last_id = 0;  // behind it
  };

  void add_windows(std::string_view text, std::uint32_t literal);

  std::string_view text_of(const Placed& one) const { return {texts_.data() + one.begin, one.size}; }
  bool holds_together(std::uint32_t ids) const;
  void mark();

  PlainList<char> texts_;
  PlainList<Placed> literals_;
  PlainList<std::uint32_t> ids_;
  // All that is asked of most places; the cache has room for it.
  Bitmap fours_;   // the first four bytes of the windows of as many and more
  Bitmap starts_;  // the first two bytes of the others
  Windows eight_, four_, three_, two_;
};

}  // namespace dechaff::match
