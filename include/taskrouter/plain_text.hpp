#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace taskrouter::detail {

/// Whether a byte can stand in a JSON string with no further look: ASCII, and neither a control
/// character nor a quote nor a backslash.
constexpr bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\';
}

/// The position of the first byte from `at` on that is not plain. Most of a JSON text is passed over
/// here, so it goes by blocks: of 16 bytes where the processor has SSE2, else of 8.
inline std::size_t skip_plain(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    __m128i block;
    std::memcpy(&block, text.data() + at, 16);
    // As signed bytes, everything from 0x80 on is below a space, like the control characters.
    const __m128i below_space = _mm_cmplt_epi8(block, _mm_set1_epi8(' '));
    const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    const int stops = _mm_movemask_epi8(_mm_or_si128(below_space, _mm_or_si128(quote, backslash)));
    if (stops != 0) return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(stops)));
  }
#else
  constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t block;
    std::memcpy(&block, text.data() + at, 8);
    const auto zero_in = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes; };
    const std::uint64_t below_space = (block - ones * 0x20) & ~block;
    if (((block | below_space | zero_in(block ^ ones * '"') | zero_in(block ^ ones * '\\')) & tops) != 0) break;
  }
#endif
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

}  // namespace taskrouter::detail
