#include "emulator_core.hpp"

#include <chrono>

#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/emulator.hpp"
#include "taskrouter/emulator/bridge.hpp"

namespace taskrouter::server {

namespace {

std::string basic(std::string_view user, std::string_view password) {
  return "Basic " + detail::base64(std::string{user}.append(":").append(password));
}

class Bridge : public BridgeCore {
 public:
  Bridge(Emulator& emulator, const OpenSslCrypto& crypto) : bridge_{emulator, crypto} {}

  Result<std::uint64_t> connect(std::string_view query, Timestamp now) override {
    const auto visitor = bridge_.admit(query, now);
    if (!visitor) return visitor.error();
    return bridge_.connect(*visitor, now);
  }
  void disconnect(std::uint64_t connection) override { bridge_.disconnect(connection); }
  Response command(const Request& request, Timestamp now,
                   const std::function<Response(const Request&)>& send) override {
    return bridge_.command(request, now, send);
  }
  void tick(Timestamp now) override { bridge_.tick(now); }
  std::vector<BridgeMessage> take() override {
    std::vector<BridgeMessage> taken;
    for (auto& message : bridge_.take()) {
      taken.push_back({message.connection, std::move(message.text), message.closes});
    }
    return taken;
  }

  /// The API key's SID and secret, or two empty texts.
  std::pair<std::string, std::string> api_key() const {
    const auto key = bridge_.api_key();
    if (!key) return {};
    return {std::string{key->sid.text()}, key->secret};
  }

 private:
  EventBridge<OpenSslCrypto> bridge_;
};

}  // namespace

struct EmulatorCore::Inside {
  OpenSslCrypto crypto{};
  Emulator emulator;
  Bridge bridge{emulator, crypto};
  const std::string key_authorization{basic(bridge.api_key().first, bridge.api_key().second)};

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

Response EmulatorCore::send(const Request& request) {
  const std::string* header = request.headers.find("Authorization");
  if (header == nullptr || *header != inside_->key_authorization) return *inside_->emulator.send(request);
  Request own{.method = request.method, .url = request.url, .headers = {}, .body = request.body};
  own.headers.add("Authorization", authorization());
  for (const Header& other : request.headers) {
    if (!same_header_name(other.name, "Authorization")) own.headers.add(other.name, other.value);
  }
  return *inside_->emulator.send(own);
}

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

BridgeCore& EmulatorCore::bridge() const { return inside_->bridge; }

std::string EmulatorCore::authorization() const {
  const Emulator::Story& story = inside_->emulator.story();
  return basic(story.account_sid.text(), story.auth_token);
}

std::vector<std::pair<std::string, std::string>> EmulatorCore::story() const {
  const Emulator::Story& story = inside_->emulator.story();
  const auto text = [](const auto& sid) { return std::string{sid.text()}; };
  const auto [api_key, api_secret] = inside_->bridge.api_key();
  return {{"account_sid", text(story.account_sid)},
          {"auth_token", story.auth_token},
          {"api_key", api_key},
          {"api_secret", api_secret},
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
