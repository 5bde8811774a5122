#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace taskrouter {

/// What can be set on every transport that opens connections itself.
struct TransportOptions {
  std::chrono::milliseconds connect_timeout{5'000};  ///< Name look-up, connection and TLS. 0 is 5 minutes.
  std::chrono::milliseconds timeout{30'000};         ///< The whole exchange. 0 is without end.
  std::size_t response_limit{16 << 20};              ///< Bytes of an answer, headers and unpacked body.
  std::string ca_file{};                             ///< PEM file of trusted certificates. Empty: the system's.
};

}  // namespace taskrouter
