#include "taskrouter/advice.hpp"

#include <doctest/doctest.h>

#include <string>

#include "taskrouter/describe.hpp"

using namespace taskrouter;

namespace {

Error refusal(int status, int code, std::string message = "m") {
  return {.kind = Error::Kind::api, .message = std::move(message), .status = status, .code = code};
}

bool says(const Error& error, std::string_view words) { return advice(error).find(words) != std::string_view::npos; }

}  // namespace

TEST_CASE("the common codes say what to do next, and so do their statuses where a code is missing") {
  for (const int code : {20003, 0}) CHECK(says(refusal(401, code), "Check the account SID and auth token"));
  for (const int code : {20404, 0}) CHECK(says(refusal(404, code), "Check the SIDs"));
  for (const int code : {20412, 0}) CHECK(says(refusal(412, code), "fetch it, apply the change"));
  for (const int code : {20429, 0}) CHECK(says(refusal(429, code), "wait, then send it again"));
  CHECK(says(refusal(403, 20003), "Check the account SID and auth token"));
  for (const int status : {500, 502, 503, 504}) CHECK(says(refusal(status, 0), "look before sending it again"));
  for (const int status : {301, 302, 307, 308}) CHECK(says(refusal(status, 0), "Check the base URL"));
}

TEST_CASE("20001 says what became of a reservation that is no longer pending, and nothing of other mistakes") {
  for (const std::string message :
       {"Reservation WR1 is already in state [accepted] and cannot be updated to [accepted]",
        "Reservation WR1 not in expected state [pending] and cannot be updated to [onHold]",
        "Unable to execute Conference instruction. Reservation WR1 is not currently in a Pending state."}) {
    CHECK(says(refusal(400, 20001, message), "wait for the next reservation"));
    CHECK_FALSE(says(refusal(400, 20002, message), "wait for the next reservation"));
  }
  CHECK(says(refusal(410, 0, "Reservation WR1 was rescinded"), "wait for the next reservation"));
  CHECK(advice(refusal(400, 20001, "ReservationStatus is invalid")).empty());
  CHECK(advice(refusal(400, 20001, "Worker is already in state [x]")).empty());
  CHECK(advice(refusal(410, 0, "gone")).empty());
}

TEST_CASE("an error that isn't TaskRouter's comes without advice") {
  CHECK(advice(argument_error("sid", "is missing")).empty());
  CHECK(advice(transport_error(Error::Cause::dns, "no such host")).empty());
  CHECK(advice({.kind = Error::Kind::body, .message = "m", .status = 500}).empty());
  CHECK(advice(refusal(400, 20001)).empty());
}
