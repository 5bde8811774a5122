#include <doctest/doctest.h>

#include "emulator_fixture.hpp"
#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/emulator/signed.hpp"
#include "taskrouter/webhooks.hpp"

using namespace taskrouter;

namespace {

const OpenSslCrypto crypto;

emulator::HmacSha1 openssl() {
  return [](std::string_view key, std::string_view text) { return crypto.hmac_sha1(key, text); };
}

bool is_genuine(const Request& callback, const std::string& token) {
  return webhooks::verify(callback, {token}, crypto).has_value();
}

}  // namespace

TEST_CASE("callbacks are signed with the story's token, as Twilio signs them") {
  Stage stage{{.assignment_callback_url = "https://example.com/assignment?x=1#rc=2", .hmac_sha1 = openssl()}};
  stage.create_task(R"({"name":"Zoë & \"co\""})");
  stage.set_activity(stage.story.activities.available);
  const auto callbacks = stage.emulator.take_callbacks();
  REQUIRE(callbacks.size() == 1);
  CHECK(is_genuine(callbacks[0].request, stage.story.auth_token));
  CHECK_FALSE(is_genuine(callbacks[0].request, "another"));
}

TEST_CASE("a function that answers callbacks can tell that the emulator sent them") {
  std::string token;
  int calls = 0;
  Stage stage{{.on_assignment =
                   [&](const Request& request) {
                     ++calls;
                     const auto verify = [&](const Request& r) { return webhooks::verify(r, {token}, crypto); };
                     return webhooks::handle_assignment(
                         request, verify, [](const webhooks::AssignmentCallback&) { return webhooks::Accept{}; });
                   },
               .hmac_sha1 = openssl()}};
  token = stage.story.auth_token;
  const Reservation reservation = stage.reserve();
  CHECK(calls == 1);
  CHECK(reservation.reservation_status == ReservationStatus::accepted);
}

TEST_CASE("without a way to sign, callbacks have no signature") {
  Stage stage{{.hmac_sha1 = [](std::string_view, std::string_view) { return std::optional<Sha1Digest>{}; }}};
  stage.reserve();
  Stage unsigned_stage;
  unsigned_stage.reserve();
  CHECK(stage.emulator.take_callbacks().at(0).request.headers.find("X-Twilio-Signature") == nullptr);
  CHECK(unsigned_stage.emulator.take_callbacks().at(0).request.headers.find("X-Twilio-Signature") == nullptr);
}
