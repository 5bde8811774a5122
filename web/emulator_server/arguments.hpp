#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

#include "log.hpp"

namespace taskrouter::server {

extern const char* const usage;

/// What the server is told on its command line.
struct Arguments {
  boost::asio::ip::address bind{boost::asio::ip::address_v4::loopback()};
  std::uint16_t port{};   ///< 0 lets the system pick one.
  std::string seed{};     ///< A scenario file. Empty: none.
  std::string store{};    ///< Where everything is kept. Empty: in memory alone.
  std::string page{};     ///< The folder that is served at `/`. Empty: none.
  std::string ca_file{};  ///< PEM file of certificates that https callback targets may have. Empty: the system's.
  std::chrono::seconds idle_time{60};  ///< How long a connection is kept on which nothing is asked.
  LogLevel log_level{LogLevel::warning};
  bool virtual_clock{};
  bool help{};
};

/// The arguments, or what is wrong with them in one line.
std::variant<Arguments, std::string> read_arguments(int count, const char* const* texts);

}  // namespace taskrouter::server
