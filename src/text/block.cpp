#include "text/block.hpp"

#include <bit>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

// What is asked is written once, for vectors of any size (of GCC and Clang: arithmetic and comparisons are of
// each byte alone, with its sign, so that bytes outside ASCII are below zero). It is inlined into a function
// for each set of instructions, and by that made of them.
#define DECHAFF_INLINE [[gnu::always_inline]] inline

namespace dechaff::text {

namespace {

/// Sixteen bytes at a time.
struct Bytes16 {
  using Vector = signed char __attribute__((vector_size(16)));

  /// Bit i tells the sign of byte i.
  DECHAFF_INLINE static std::uint64_t sign_bits(const Vector& bytes) {
#if defined(__SSE2__)
    __m128i vector;
    std::memcpy(&vector, &bytes, sizeof vector);
    return static_cast<unsigned>(_mm_movemask_epi8(vector));
#else
    static_assert(std::endian::native == std::endian::little);
    // The product adds up the eight bits in its highest byte, each in a place of its own.
    const auto gathered = [](std::uint64_t signs) {
      return ((signs >> 7 & 0x0101010101010101) * 0x0102040810204080) >> 56;
    };
    std::uint64_t halves[2];
    std::memcpy(halves, &bytes, sizeof halves);
    return gathered(halves[0]) | gathered(halves[1]) << 8;
#endif
  }
};

#if defined(__SSE2__)
#define DECHAFF_AVX2 [[gnu::target("avx2")]]

/// Thirty-two bytes at a time.
struct Bytes32 {
  using Vector = signed char __attribute__((vector_size(32)));

  DECHAFF_AVX2 static std::uint64_t sign_bits(const Vector& bytes) {
    __m256i vector;
    std::memcpy(&vector, &bytes, sizeof vector);
    return static_cast<unsigned>(_mm256_movemask_epi8(vector));
  }
};
#endif

constexpr signed char first_lead = -0x40;  // 0xC0; those behind the first byte of a character are below

template <class Bytes>
DECHAFF_INLINE void add_bits(const typename Bytes::Vector& bytes, std::size_t at, StepBits& out) {
  const typename Bytes::Vector line_feeds = bytes == '\n';
  const typename Bytes::Vector control_or_lead = (bytes > first_lead - 1) & (bytes < ' ');
  const typename Bytes::Vector others = control_or_lead | (bytes == '&') | (bytes == 0x7F);
  out.line_feeds |= Bytes::sign_bits(line_feeds) << at;
  out.spaces |= Bytes::sign_bits(bytes == ' ') << at;
  out.others |= Bytes::sign_bits(others & ~line_feeds) << at;
}

template <class Bytes>
DECHAFF_INLINE void add_bits(const typename Bytes::Vector& bytes, std::size_t at, LineBits& out) {
  const typename Bytes::Vector low = bytes | 0x20;
  const typename Bytes::Vector letters = (low > 'a' - 1) & (low < 'z' + 1);
  const typename Bytes::Vector digits = (bytes > '0' - 1) & (bytes < '9' + 1);
  const typename Bytes::Vector joiners = (bytes == '\'') | (bytes == '-') | (bytes < first_lead);
  out.line_feeds |= Bytes::sign_bits(bytes == '\n') << at;
  out.ink |= Bytes::sign_bits((bytes > ' ') & (bytes < 0x7F)) << at;
  out.alphanumerics |= Bytes::sign_bits(letters | digits) << at;
  out.joiners |= Bytes::sign_bits(joiners) << at;
  out.leads |= Bytes::sign_bits(bytes & ~joiners) << at;
}

template <class Bytes, class Bits>
DECHAFF_INLINE void read_blocks(const char* text, std::span<Bits> out) {
  for (Bits& block : out) {
    Bits bits{};
    for (std::size_t at = 0; at < block_size; at += sizeof(typename Bytes::Vector)) {
      typename Bytes::Vector bytes;
      std::memcpy(&bytes, text + at, sizeof bytes);
      add_bits<Bytes>(bytes, at, bits);
    }
    block = bits;
    text += block_size;
  }
}

void step_bits(const char* text, std::span<StepBits> out) { read_blocks<Bytes16>(text, out); }
void line_bits(const char* text, std::span<LineBits> out) { read_blocks<Bytes16>(text, out); }
#if defined(__SSE2__)
DECHAFF_AVX2 void step_bits_avx2(const char* text, std::span<StepBits> out) {
  read_blocks<Bytes32>(text, out);
}
DECHAFF_AVX2 void line_bits_avx2(const char* text, std::span<LineBits> out) {
  read_blocks<Bytes32>(text, out);
}
#endif

constexpr BlockReader readers[] = {
#if defined(__SSE2__)
    {"AVX2", [] { return __builtin_cpu_supports("avx2") != 0; }, step_bits_avx2, line_bits_avx2},
#endif
    {"any", [] { return true; }, step_bits, line_bits},
};

}  // namespace

std::span<const BlockReader> block_readers() { return readers; }

const BlockReader& block_reader() {
  static const BlockReader& fastest =
      *std::ranges::find_if(readers, [](const BlockReader& reader) { return reader.runs_here(); });
  return fastest;
}

}  // namespace dechaff::text
