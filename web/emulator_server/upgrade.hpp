#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <optional>

#include "taskrouter/http.hpp"

namespace taskrouter::server {

/// A connection whose client asks for another protocol, such as WebSocket. Nothing was answered yet.
struct Upgrade {
  boost::asio::ip::tcp::socket socket;
  boost::beast::http::request<boost::beast::http::string_body> request;
};

/// Takes the socket out of the Upgrade and answers nothing: the connection is its own from then on, with
/// no deadline but what it sets itself. Or leaves the socket where it is, and answers why: 404, for one.
using OnUpgrade = std::function<std::optional<Response>(Upgrade&)>;

}  // namespace taskrouter::server
