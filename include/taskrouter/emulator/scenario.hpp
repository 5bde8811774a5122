#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/client.hpp"
#include "taskrouter/emulator.hpp"

namespace taskrouter {

/// A workspace of one's own on an emulator, told in a few words, for tests of what stands on TaskRouter.
///
/// Things are called by their names. A step that TaskRouter refuses throws NoValue, as Result::value()
/// does, so that a test fails there. For all that has no word here there are client() and emulator().
///
///     Scenario given;
///     given.queue("Spanish", "languages HAS 'es'").workflow("{Spanish}").worker("Alice", R"({"languages":["es"]})");
class Scenario {
 public:
  /// @param multi_tasking whether workers can have several tasks at a time, as far as their capacity goes
  explicit Scenario(Emulator::Options options = {}, bool multi_tasking = true) : emulator_{std::move(options)} {
    const workspaces::Create create{.friendly_name = "Scenario", .multi_task_enabled = multi_tasking};
    workspace_ = client_.send(create).value().sid;
    for (const Activity& activity : client_.send(activities::List{.workspace_sid = workspace_}).value().items) {
      activities_[activity.friendly_name] = activity.sid;
    }
  }

  /// The emulator it is set on.
  Emulator& emulator() { return emulator_; }
  /// A client of the emulator.
  Client<Emulator>& client() { return client_; }
  /// The workspace it is set in.
  WorkspaceSid workspace() const { return workspace_; }

  // Given a workspace with ...

  /// An activity besides Offline, Available and Unavailable.
  Scenario& activity(std::string_view name, bool available) {
    const activities::Create create{
        .workspace_sid = workspace_, .friendly_name = std::string{name}, .available = available};
    activities_[create.friendly_name] = client_.send(create).value().sid;
    return *this;
  }

  /// A queue. `with` says what else it has, such as its task_order.
  Scenario& queue(std::string_view name, std::string_view target_workers = "1==1", task_queues::Create with = {}) {
    with.workspace_sid = workspace_;
    with.friendly_name = name;
    with.target_workers = target_workers;
    queues_[with.friendly_name] = client_.send(with).value().sid;
    return *this;
  }

  /// A workflow: the name of a queue in braces, for one that leads there, or a configuration in JSON with
  /// such names in the place of queues' SIDs. `with` says what else it has, such as its callback URL.
  Scenario& workflow(std::string_view configuration, workflows::Create with = {}) {
    with.workspace_sid = workspace_;
    if (with.friendly_name.empty()) with.friendly_name = "Workflow";
    with.configuration.text = with_sids(configuration);
    workflows_[with.friendly_name] = client_.send(with).value().sid;
    return *this;
  }

  /// A worker, who is available if no activity is named.
  Scenario& worker(std::string_view name, std::string_view attributes = "{}", std::string_view activity = "Available") {
    const workers::Create create{.workspace_sid = workspace_,
                                 .friendly_name = std::string{name},
                                 .activity_sid = activity_sid(activity),
                                 .attributes = JsonText{std::string{attributes}}};
    workers_[create.friendly_name] = client_.send(create).value().sid;
    return *this;
  }

  /// How many tasks of a channel a worker can have.
  Scenario& capacity(std::string_view worker, std::int64_t capacity, std::string_view channel = "default") {
    const worker_channels::Update update{.workspace_sid = workspace_,
                                         .worker_sid = worker_sid(worker),
                                         .sid = std::string{channel},
                                         .capacity = capacity};
    client_.send(update).value();
    return *this;
  }

  // When ...

  /// A task is created. `with` says what else it has, such as its priority.
  TaskSid task(std::string_view attributes = "{}", tasks::Create with = {}) {
    with.workspace_sid = workspace_;
    with.attributes = JsonText{std::string{attributes}};
    return client_.send(with).value().sid;
  }

  /// A worker goes to an activity.
  Scenario& move(std::string_view worker, std::string_view activity) {
    const workers::Update update{
        .workspace_sid = workspace_, .sid = worker_sid(worker), .activity_sid = activity_sid(activity)};
    client_.send(update).value();
    return *this;
  }

  /// A worker accepts the task.
  Scenario& accept(std::string_view worker, TaskSid task) {
    client_.send(reservations::accept(workspace_, task, offer(worker, task))).value();
    return *this;
  }

  /// A worker rejects the task, and goes to an activity if one is named.
  Scenario& reject(std::string_view worker, TaskSid task, std::string_view activity = "") {
    std::optional<ActivitySid> to;
    if (!activity.empty()) to = activity_sid(activity);
    client_.send(reservations::reject(workspace_, task, offer(worker, task), to)).value();
    return *this;
  }

  /// A task is completed.
  Scenario& complete(TaskSid task, std::string_view reason = "done") {
    return end(task, TaskStatus::completed, reason);
  }
  /// A task is canceled.
  Scenario& cancel(TaskSid task, std::string_view reason = "hung up") {
    return end(task, TaskStatus::canceled, reason);
  }

  /// Time passes.
  Scenario& wait(std::chrono::milliseconds time) {
    emulator_.advance(time);
    return *this;
  }

  // Then ...

  /// The task as it is now, or the Error if it is gone.
  Result<Task> look(TaskSid task) { return client_.send(tasks::Fetch{.workspace_sid = workspace_, .sid = task}); }

  /// Such as `reserved`, or `gone`.
  std::string status(TaskSid task) {
    const auto now = look(task);
    return now ? std::string{now->assignment_status.text()} : "gone";
  }

  /// The name of the queue that the task is in, or an empty text.
  std::string queue_of(TaskSid task) { return look(task).value().task_queue_friendly_name.value_or(""); }

  /// The names of the workers whom the task is offered to or who have it, with a blank between them.
  std::string workers_of(TaskSid task) {
    std::string names;
    for (const Reservation& reservation : reservations_of(task)) {
      const auto status = reservation.reservation_status.known();
      if (status != ReservationStatus::pending && status != ReservationStatus::accepted &&
          status != ReservationStatus::wrapping) {
        continue;
      }
      names.append(names.empty() ? "" : " ").append(reservation.worker_name);
    }
    return names;
  }

  /// The name of the activity that a worker is in.
  std::string activity_of(std::string_view worker) {
    return client_.send(workers::Fetch{.workspace_sid = workspace_, .sid = worker_sid(worker)}).value().activity_name;
  }

  /// All that was ever reserved for a task, oldest first.
  std::vector<Reservation> reservations_of(TaskSid task) {
    return client_.send(reservations::List{.workspace_sid = workspace_, .task_sid = task, .page_size = 1000})
        .value()
        .items;
  }

  /// The types of a task's events of the last 15 minutes, oldest first, with a blank between them.
  std::string events_of(TaskSid task) {
    std::string types;
    const events::List list{.workspace_sid = workspace_, .task_sid = task, .page_size = 1000};
    const auto page = client_.send(list).value();
    for (auto at = page.items.rbegin(); at != page.items.rend(); ++at) {
      types.append(types.empty() ? "" : " ").append(at->event_type);
    }
    return types;
  }

  /// The SID of the activity called so.
  ActivitySid activity_sid(std::string_view name) const { return sid_of(activities_, name); }
  /// The SID of the queue called so.
  TaskQueueSid queue_sid(std::string_view name) const { return sid_of(queues_, name); }
  /// The SID of the workflow called so.
  WorkflowSid workflow_sid(std::string_view name = "Workflow") const { return sid_of(workflows_, name); }
  /// The SID of the worker called so.
  WorkerSid worker_sid(std::string_view name) const { return sid_of(workers_, name); }

  /// A text with the SIDs of queues in the place of their names in braces; and from such a name alone a
  /// configuration that leads there.
  std::string with_sids(std::string_view configuration) const {
    std::string text{configuration};
    for (const auto& [name, sid] : queues_) {
      const std::string wanted = '{' + name + '}';
      for (std::size_t at; (at = text.find(wanted)) != std::string::npos;) text.replace(at, wanted.size(), sid.text());
    }
    if (!text.starts_with("WQ")) return text;
    return R"({"task_routing":{"default_filter":{"queue":")" + text + R"("}}})";
  }

 private:
  template <class AnySid>
  using Names = std::map<std::string, AnySid, std::less<>>;

  /// What is not there has an empty SID, which no request is built with.
  template <class AnySid>
  static AnySid sid_of(const Names<AnySid>& names, std::string_view name) {
    const auto at = names.find(name);
    return at == names.end() ? AnySid{} : at->second;
  }

  ReservationSid offer(std::string_view worker, TaskSid task) {
    for (const Reservation& reservation : reservations_of(task)) {
      const bool is_pending = reservation.reservation_status == ReservationStatus::pending;
      if (is_pending && reservation.worker_name == worker) return reservation.sid;
    }
    return {};
  }

  Scenario& end(TaskSid task, TaskStatus status, std::string_view reason) {
    const tasks::Update update{
        .workspace_sid = workspace_, .sid = task, .assignment_status = status, .reason = std::string{reason}};
    client_.send(update).value();
    return *this;
  }

  Emulator emulator_;
  Client<Emulator> client_{emulator_.credentials(), emulator_};
  WorkspaceSid workspace_{};
  Names<ActivitySid> activities_{};
  Names<TaskQueueSid> queues_{};
  Names<WorkflowSid> workflows_{};
  Names<WorkerSid> workers_{};
};

}  // namespace taskrouter
