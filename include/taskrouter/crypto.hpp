#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// What signatures and tokens want of a cryptographic library, which their user injects.
// crypto/openssl.hpp is one.

#ifndef TASKROUTER_DECLASSIFY
/// A test puts its own in place, to tell a checker of secrets that this outcome may be known.
#define TASKROUTER_DECLASSIFY(outcome)
#endif

namespace taskrouter {

/// What SHA-1 makes of a text.
using Sha1Digest = std::array<unsigned char, 20>;
/// What SHA-256 makes of a text.
using Sha256Digest = std::array<unsigned char, 32>;

/// Something that computes digests: an array, or an optional one where computing may fail. From
/// nullopt follows an error, never a signature.
template <class C>
concept Crypto = requires(const C& crypto, std::string_view key, std::string_view text) {
  { crypto.hmac_sha1(key, text) } -> std::convertible_to<std::optional<Sha1Digest>>;
  { crypto.hmac_sha256(key, text) } -> std::convertible_to<std::optional<Sha256Digest>>;
  { crypto.sha256(text) } -> std::convertible_to<std::optional<Sha256Digest>>;
};

namespace detail {

template <std::size_t size>
std::string_view bytes_of(const std::array<unsigned char, size>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), size};
}

/// Lower-case hexadecimal digits.
inline std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.append({digits[byte >> 4], digits[byte & 15]});
  }
  return out;
}

/// Whether two texts are the same, in a time that depends on their lengths alone.
inline bool constant_time_equal(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  }
  TASKROUTER_DECLASSIFY(difference);
  return difference == 0;
}

}  // namespace detail
}  // namespace taskrouter
