#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "taskrouter/crypto.hpp"

/// Stands in for a cryptographic library, which would take most of a fuzzer's time: digests that
/// depend on every byte, and that nobody should sign with.
struct Checksum {
  template <class Digest>
  static Digest digest(std::string_view key, std::string_view text) {
    std::uint64_t sum = 0xcbf29ce484222325;
    const auto add = [&](std::string_view bytes) {
      for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
      sum = (sum ^ bytes.size()) * 0x100000001b3;
    };
    add(key);
    add(text);
    Digest result{};
    for (unsigned char& byte : result) {
      sum = (sum ^ sum >> 29) * 0xbf58476d1ce4e5b9;
      byte = static_cast<unsigned char>(sum >> 56);
    }
    return result;
  }

  static taskrouter::Sha1Digest hmac_sha1(std::string_view key, std::string_view text) {
    return digest<taskrouter::Sha1Digest>(key, text);
  }
  static taskrouter::Sha256Digest hmac_sha256(std::string_view key, std::string_view text) {
    return digest<taskrouter::Sha256Digest>(key, text);
  }
  static taskrouter::Sha256Digest sha256(std::string_view text) { return digest<taskrouter::Sha256Digest>({}, text); }
};
