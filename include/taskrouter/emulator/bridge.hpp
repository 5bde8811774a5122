#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/crypto.hpp"
#include "taskrouter/emulator.hpp"
#include "taskrouter/emulator/bridge_access.hpp"
#include "taskrouter/emulator/bridge_commands.hpp"
#include "taskrouter/emulator/bridge_payloads.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/timestamp.hpp"

namespace taskrouter {

/// The event bridge of an emulator: what the npm package `twilio-taskrouter` talks to. It tells workers
/// over WebSockets what happens to them, and takes their commands.
///
/// It does no input or output. Whoever has a socket asks admit() whether it may be opened, calls
/// connect() when it is, sends what take() hands out, and says disconnect() when it is closed. Clients
/// send nothing over it: their commands are posted. Tokens go by the clock of those who made them, so
/// that `now` is the time of day, wherever the emulator's clock stands.
///
/// Not there: participants of calls (hold, mute, kick), transfers, subscriptions by GraphQL, and moving a
/// worker to Offline when the last socket closes, which is Flex's.
template <Crypto C>
class EventBridge {
 public:
  /// How often every connection gets a message. The package gives a connection up after 30 seconds
  /// without.
  static constexpr std::chrono::seconds heartbeat{15};

  /// Something to do for a connection, in the order in which take() brings it.
  struct Message {
    std::uint64_t connection{};
    std::string text{};  ///< To be sent as a text frame.
    bool closes{};       ///< Whether there is no text, and the connection is to be closed instead.
  };

  /// Who was admitted, to be handed to connect().
  using Visitor = emulator::BridgeVisitor;

  /// Neither the emulator nor `crypto` may end before the bridge.
  EventBridge(Emulator& emulator, const C& crypto) : emulator_{emulator}, crypto_{crypto} {
    emulator_.watch([this](const emulator::WorkspaceRecord& workspace, const emulator::EventRecord& event) {
      if (!connections_.empty()) tell(workspace, event);
    });
  }
  ~EventBridge() { emulator_.watch({}); }
  EventBridge(const EventBridge&) = delete;
  EventBridge& operator=(const EventBridge&) = delete;

  /// The key to sign access tokens with: the same for the same emulator. None if the cryptographic
  /// library can't compute it, and then no token is taken.
  std::optional<emulator::ApiKey> api_key() const { return emulator::api_key(emulator_.story(), crypto_); }

  /// Whether a request to open a WebSocket may be granted, by its URL's query. The Error is for
  /// emulator::error_response(), which makes the answer.
  Result<Visitor> admit(std::string_view query, Timestamp now) const {
    const auto key = api_key();
    if (!key) return no_key();
    return emulator::read_visitor(query, *key, emulator_.store(), now, crypto_);
  }

  /// Begins to tell a worker what happens. The answer is what Message::connection calls it.
  std::uint64_t connect(const Visitor& visitor, Timestamp now) {
    const emulator::BridgeAccess& access = visitor.access;
    if (visitor.closes_others) close_if([&](const Connection& one) { return one.worker == access.worker_sid; });
    connections_.push_back({++last_, access.workspace_sid, access.worker_sid, access.ends, now});
    const emulator::BridgeInit init{
        .account_sid = emulator_.store().account_sid,
        .channel_id = access.worker_sid,
        .token_lifetime = std::int64_t{std::chrono::milliseconds{access.ends - now}.count()},
        .workspace_sid = access.workspace_sid};
    messages_.push_back({last_, event_text("init", write_json(init)), false});
    return last_;
  }

  /// Forgets a connection, and what was still to be sent over it.
  void disconnect(std::uint64_t connection) {
    std::erase_if(connections_, [&](const Connection& one) { return one.id == connection; });
    std::erase_if(messages_, [&](const Message& one) { return one.connection == connection; });
  }

  /// The answer to a command that was posted.
  Response command(const Request& request, Timestamp now) {
    return command(request, now, [this](const Request& to_api) { return *emulator_.send(to_api); });
  }
  /// The same for an emulator with something around it: `carry` hands it a request.
  Response command(const Request& request, Timestamp now, const emulator::Carry& carry) {
    const auto command = read_json<emulator::BridgeCommand>(request.body);
    if (!command) return emulator::error_response(emulator::invalid("The command", "is no JSON object"));
    const auto key = api_key();
    if (!key) return emulator::error_response(no_key());
    const auto access = emulator::read_access(command->token, *key, emulator_.store(), now, crypto_);
    if (!access) return emulator::error_response(access.error());
    for (Connection& one : connections_) {
      if (one.worker == access->worker_sid) one.ends = std::max(one.ends, access->ends);
    }
    return emulator::perform(emulator_, carry, *command, *access, request.headers.find("If-Match"));
  }

  /// Sends the heartbeats that are due, and closes connections whose token has ended. A newer token
  /// that a command of the same worker has shown keeps them open.
  void tick(Timestamp now) {
    close_if([&](const Connection& one) { return one.ends <= now; });
    for (Connection& one : connections_) {
      if (now - one.beat < heartbeat) continue;
      one.beat = now;
      messages_.push_back({one.id, " ", false});
    }
  }

  /// What is to be sent, oldest first. After every request, advance() and tick() there may be something.
  std::vector<Message> take() { return std::exchange(messages_, {}); }

  /// How many connections there are.
  std::size_t size() const { return connections_.size(); }

 private:
  struct Connection {
    std::uint64_t id{};
    WorkspaceSid workspace{};
    WorkerSid worker{};
    Timestamp ends{};  ///< When the token does.
    Timestamp beat{};  ///< When the last heartbeat was sent.
  };

  static Error no_key() { return emulator::refusal(500, 20500, "There is no way to check access tokens"); }

  static std::string event_text(std::string_view type, std::string_view payload) {
    return std::string{"{\"event_type\":\""}.append(type).append("\",\"payload\":").append(payload).append("}");
  }

  template <class Matches>
  void close_if(Matches matches) {
    std::erase_if(connections_, [&](const Connection& one) {
      const bool closes = matches(one);
      if (closes) messages_.push_back({one.id, {}, true});
      return closes;
    });
  }

  bool is_connected(const emulator::WorkerRecord& worker) const {
    return std::any_of(connections_.begin(), connections_.end(),
                       [&](const Connection& one) { return one.worker == worker.sid; });
  }

  template <class Payload>
  void tell(const emulator::WorkerRecord& worker, emulator::EventType type, const Payload& payload) {
    const std::string text = event_text(emulator::name_of(type), write_json(payload));
    for (const Connection& one : connections_) {
      if (one.worker == worker.sid) messages_.push_back({one.id, text, false});
    }
  }

  /// Tells the workers whom an event is about, if it is of a kind that the package knows.
  void tell(const emulator::WorkspaceRecord& workspace, const emulator::EventRecord& event) {
    using emulator::EventType;
    const emulator::BridgeView view{emulator_.store().account_sid, emulator_.now()};
    switch (event.type) {
      case EventType::worker_activity_update:
      case EventType::worker_attributes_update:
        if (is_connected(*event.worker)) tell(*event.worker, event.type, emulator::payload(*event.worker, view));
        return;
      case EventType::worker_capacity_update:
      case EventType::worker_channel_availability_update: return tell_channel(event, view);
      case EventType::worker_deleted:
        return close_if([&](const Connection& one) { return one.worker == event.worker->sid; });
      case EventType::workspace_created:  // Perhaps the emulator was reset: then no workspace is what it was.
        return close_if([&](const Connection& one) {
          return one.workspace == workspace.sid || emulator_.store().workspaces.find(one.workspace.text()) == nullptr;
        });
      case EventType::workspace_deleted:
        return close_if([&](const Connection& one) { return one.workspace == workspace.sid; });
      case EventType::reservation_created:
      case EventType::reservation_accepted:
      case EventType::reservation_rejected:
      case EventType::reservation_timeout:
      case EventType::reservation_canceled:
      case EventType::reservation_rescinded:
      case EventType::reservation_completed:
      case EventType::reservation_wrapup: {
        if (!is_connected(*event.worker)) return;
        const emulator::ReservationRecord* reservation =
            workspace.reservations.find(event.reservation.as<ReservationSid>().text());
        if (reservation != nullptr) tell(*event.worker, event.type, emulator::payload(*reservation, view));
        return;
      }
      case EventType::task_updated:
      case EventType::task_canceled:
      case EventType::task_completed:
      case EventType::task_wrapup: return tell_task(workspace, event, view);
      default: return;
    }
  }

  void tell_channel(const emulator::EventRecord& event, const emulator::BridgeView& view) {
    for (const emulator::WorkerChannelRecord& own : event.worker->channels) {
      if (own.channel == event.channel) tell(*event.worker, event.type, emulator::payload(own, *event.worker, view));
    }
  }

  /// A task's events are for those who have a reservation of it.
  void tell_task(const emulator::WorkspaceRecord& workspace, const emulator::EventRecord& event,
                 const emulator::BridgeView& view) {
    const emulator::TaskRecord* task = workspace.tasks.find(event.task.as<TaskSid>().text());
    if (task == nullptr) return;
    std::vector<const emulator::WorkerRecord*> told;
    for (const emulator::ReservationRecord* reservation : task->reservations) {
      const emulator::WorkerRecord* worker = reservation->worker;
      if (!is_connected(*worker) || std::find(told.begin(), told.end(), worker) != told.end()) continue;
      told.push_back(worker);
      tell(*worker, event.type, emulator::payload(*task, view));
    }
  }

  Emulator& emulator_;
  const C& crypto_;
  std::vector<Connection> connections_{};
  std::vector<Message> messages_{};
  std::uint64_t last_{};
};

}  // namespace taskrouter
