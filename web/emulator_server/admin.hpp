#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "callback_sender.hpp"
#include "request_log.hpp"
#include "running_emulator.hpp"
#include "web_request.hpp"

namespace taskrouter::server {

/// What TaskRouter itself has not: everything below `/_emulator/`, for tests and for the page.
///
///     GET  health     whether it runs and since when, which clock it has and what that says
///     GET  story      the SIDs and the auth token that it started with
///     GET  state      everything it holds
///     GET  callbacks  those that were sent; ?after=ID leaves out the earlier ones
///     GET  requests   those to the API, if there is a page to show them; ?after=ID likewise
///     GET  clock
///     POST clock      {"advance_ms": 30000}, with --virtual-clock
///     POST seed       the steps of a scenario file
///     POST reset      {}: as it was after its start
///
/// A page of another origin can do nothing here: there are no CORS headers, what is posted has to be of a type for
/// which a browser asks first, and the host must not be a name that somebody else could have pointed here.
class Admin {
 public:
  static constexpr std::string_view prefix = "/_emulator/";

  Admin(RunningEmulator& emulator, const CallbackSender& sender, const RequestLog& requests)
      : emulator_{emulator}, sender_{sender}, requests_{requests} {}

  Response answer(const WebRequest& request);

  /// Does the steps of a scenario. The answer is empty, or what is wrong.
  std::function<std::string(std::string_view steps)> on_seed{};
  /// Starts anew. The answer is empty, or what is wrong.
  std::function<std::string()> on_reset{};

 private:
  Response get(std::string_view name, const WebRequest& request) const;
  Response post(std::string_view name, const WebRequest& request);
  Response advance(const WebRequest& request);
  Response clock() const;
  Response callbacks(const WebRequest& request) const;
  Response requests(const WebRequest& request) const;

  RunningEmulator& emulator_;
  const CallbackSender& sender_;
  const RequestLog& requests_;
};

}  // namespace taskrouter::server
