#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/fields.hpp"

namespace taskrouter::server {

/// Something that changed what the emulator holds, as the store keeps it. All changes since the start, done
/// again at their times, lead to the same state. What falls due by itself needs none: it does so again.
struct Change {
  std::string kind{};     ///< start, request, answer (to an assignment callback), lost (such a callback), or clock.
  std::int64_t time{};    ///< What the emulator's clock said, in milliseconds since 1970.
  std::int64_t format{};  ///< start: 1.
  bool virtual_clock{};   ///< start.

  std::optional<std::string> method{};  ///< request, down to if_match.
  std::optional<std::string> url{};
  std::optional<std::string> content_type{};  ///< An answer has one, too.
  std::optional<std::string> if_match{};
  std::optional<std::string> body{};  ///< Of the request, or of the answer to the callback.
  std::int64_t status{};              ///< Of the emulator's answer, or of the answer to the callback.
  std::int64_t digest{};              ///< crc32() of the emulator's answer: doing it again has to lead there.
  std::optional<std::string> reservation_sid{};  ///< answer and lost.

  TASKROUTER_FIELDS(kind, time, format, virtual_clock, method, url, content_type, if_match, body, status, digest,
                    reservation_sid)
};

/// The CRC-32 that Ethernet and zip have.
inline std::uint32_t crc32(std::string_view bytes) {
  static constexpr auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      made[i] = i;
      for (int bit = 0; bit < 8; ++bit) made[i] = made[i] >> 1 ^ (made[i] & 1 ? 0xEDB88320U : 0U);
    }
    return made;
  }();
  std::uint32_t crc = ~0U;
  for (const char c : bytes) crc = crc >> 8 ^ table[(crc ^ static_cast<unsigned char>(c)) & 255];
  return ~crc;
}

}  // namespace taskrouter::server
