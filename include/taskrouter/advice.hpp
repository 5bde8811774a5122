#pragma once

#include <string_view>

#include "taskrouter/result.hpp"

namespace taskrouter {
namespace detail {

/// Whether TaskRouter refused because the reservation has left the state that was expected of it.
/// The code alone doesn't say so: 20001 stands for most of what can be wrong with a request.
inline bool is_about_reservation_state(const Error& error) {
  const auto has = [&](std::string_view words) { return error.message.find(words) != std::string::npos; };
  if ((error.code != 20001 && error.status != 410) || !has("eservation")) return false;
  return error.status == 410 || has("already in state") || has("not in expected state") || has("not currently in a");
}

}  // namespace detail

/// What a person can do about an error of kind `api`, in a sentence or two; empty where nothing general can be said.
/// https://www.twilio.com/docs/api/errors
inline std::string_view advice(const Error& error) {
  if (error.kind != Error::Kind::api) return {};
  const auto is = [&](int code, int status) {
    return error.code == code || (error.code == 0 && error.status == status);
  };
  if (detail::is_about_reservation_state(error)) {
    return "It was answered, canceled or timed out before: fetch it to see which, and wait for the next reservation.";
  }
  if (is(20003, 401)) {
    return "Check the account SID and auth token, the API key and its secret, or the OAuth client: they must belong to "
           "the account and the region of the workspace.";
  }
  if (is(20404, 404)) {
    return "Check the SIDs, and that they belong to the account and the region of these credentials. It may have been "
           "deleted.";
  }
  if (is(20412, 412)) {
    return "Someone changed it first: fetch it, apply the change to what it is now, and send that with its new ETag.";
  }
  if (is(20429, 429)) return "Nothing was done: wait, then send it again, with fewer requests at a time.";
  if (error.status >= 500) {
    return "A GET or DELETE can be sent again. A POST may have been done: look before sending it again.";
  }
  if (error.status >= 300 && error.status < 400) return "Check the base URL: redirects are not followed.";
  return {};
}

}  // namespace taskrouter
