#include "emulator_core.hpp"

#include <chrono>

#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/emulator.hpp"

namespace taskrouter::server {

struct EmulatorCore::Inside {
  OpenSslCrypto crypto{};
  Emulator emulator;

  explicit Inside(std::int64_t start) : emulator{options(start, crypto)} {}

  static Emulator::Options options(std::int64_t start, const OpenSslCrypto& crypto) {
    Emulator::Options options;
    options.start = Emulator::Instant{std::chrono::milliseconds{start}};
    options.assignment_callback_url.clear();  // Nobody is called whom nobody named.
    options.hmac_sha1 = [&crypto](std::string_view key, std::string_view text) { return crypto.hmac_sha1(key, text); };
    return options;
  }
};

EmulatorCore::EmulatorCore(std::int64_t start) : inside_{std::make_unique<Inside>(start)} {}
EmulatorCore::~EmulatorCore() = default;

Response EmulatorCore::send(const Request& request) { return *inside_->emulator.send(request); }

std::int64_t EmulatorCore::now() const { return inside_->emulator.now().time_since_epoch().count(); }

void EmulatorCore::advance(std::int64_t milliseconds) {
  inside_->emulator.advance(std::chrono::milliseconds{milliseconds});
}

std::vector<Callback> EmulatorCore::take_callbacks() {
  std::vector<Callback> taken;
  for (Emulator::AssignmentCallback& callback : inside_->emulator.take_callbacks()) {
    taken.push_back({.kind = Callback::Kind::assignment,
                     .sid = std::string{callback.reservation_sid.text()},
                     .request = std::move(callback.request),
                     .fallback = std::move(callback.fallback)});
  }
  for (Emulator::EventCallback& callback : inside_->emulator.take_event_callbacks()) {
    taken.push_back({.kind = Callback::Kind::event,
                     .sid = std::string{callback.event_sid.text()},
                     .request = std::move(callback.request)});
  }
  return taken;
}

Result<Nothing> EmulatorCore::answer(std::string_view reservation_sid, const Response& response) {
  return inside_->emulator.answer(ReservationSid{reservation_sid}, response);
}

Result<Nothing> EmulatorCore::give_up(std::string_view reservation_sid) {
  return inside_->emulator.give_up(ReservationSid{reservation_sid});
}

std::string EmulatorCore::authorization() const {
  const Emulator::Story& story = inside_->emulator.story();
  return "Basic " + detail::base64(std::string{story.account_sid.text()} + ':' + story.auth_token);
}

std::vector<std::pair<std::string, std::string>> EmulatorCore::story() const {
  const Emulator::Story& story = inside_->emulator.story();
  const auto text = [](const auto& sid) { return std::string{sid.text()}; };
  return {{"account_sid", text(story.account_sid)},
          {"auth_token", story.auth_token},
          {"workspace_sid", text(story.workspace_sid)},
          {"workflow_sid", text(story.workflow_sid)},
          {"task_queue_sid", text(story.task_queue_sid)},
          {"worker_sid", text(story.worker_sid)},
          {"offline_activity_sid", text(story.activities.offline)},
          {"available_activity_sid", text(story.activities.available)},
          {"reserved_activity_sid", text(story.activities.reserved)},
          {"busy_activity_sid", text(story.activities.busy)}};
}

std::string EmulatorCore::dump() const { return inside_->emulator.dump(); }

}  // namespace taskrouter::server
