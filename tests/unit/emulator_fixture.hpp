#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator.hpp"
#include "taskrouter/taskrouter.hpp"

/// An emulator, a client that talks to it, and short words for what tests do with them.
struct Stage {
  Stage() = default;
  explicit Stage(taskrouter::Emulator::Options options) : emulator{std::move(options)} {}

  taskrouter::Emulator emulator{};
  const taskrouter::Emulator::Story& story{emulator.story()};
  taskrouter::Client<taskrouter::Emulator> client{emulator.credentials(), emulator};
  taskrouter::WorkspaceSid workspace{story.workspace_sid};

  taskrouter::Task create_task(std::string_view attributes = "{}") {
    return client
        .send(taskrouter::tasks::Create{.workspace_sid = workspace,
                                        .attributes = taskrouter::JsonText{std::string{attributes}}})
        .value();
  }
  taskrouter::Worker create_worker(std::string_view name, std::optional<taskrouter::ActivitySid> activity = {}) {
    return client
        .send(taskrouter::workers::Create{
            .workspace_sid = workspace, .friendly_name = std::string{name}, .activity_sid = activity})
        .value();
  }
  taskrouter::Worker set_activity(taskrouter::ActivitySid activity) {
    return client
        .send(
            taskrouter::workers::Update{.workspace_sid = workspace, .sid = story.worker_sid, .activity_sid = activity})
        .value();
  }
  taskrouter::Worker worker() { return worker(story.worker_sid); }
  taskrouter::Worker worker(taskrouter::WorkerSid sid) {
    return client.send(taskrouter::workers::Fetch{.workspace_sid = workspace, .sid = sid}).value();
  }
  std::string task_status(taskrouter::TaskSid sid) {
    const auto task = client.send(taskrouter::tasks::Fetch{.workspace_sid = workspace, .sid = sid});
    return task ? std::string{task->assignment_status.text()} : std::to_string(task.error().status);
  }
  std::vector<taskrouter::Reservation> reservations(taskrouter::TaskSid task) {
    return client.send(taskrouter::reservations::List{.workspace_sid = workspace, .task_sid = task}).value().items;
  }
  std::string reservation_status(const taskrouter::Reservation& reservation) {
    const auto now = client.send(taskrouter::reservations::Fetch{
        .workspace_sid = workspace, .task_sid = reservation.task_sid, .sid = reservation.sid});
    return now ? std::string{now->reservation_status.text()} : std::to_string(now.error().status);
  }
  taskrouter::Result<taskrouter::Reservation> accept(const taskrouter::Reservation& reservation) {
    return client.send(taskrouter::reservations::accept(workspace, reservation.task_sid, reservation.sid));
  }
  taskrouter::Result<taskrouter::Reservation> reject(const taskrouter::Reservation& reservation,
                                                     std::optional<taskrouter::ActivitySid> activity = {}) {
    return client.send(taskrouter::reservations::reject(workspace, reservation.task_sid, reservation.sid, activity));
  }
  taskrouter::Result<taskrouter::Task> set_task_status(taskrouter::TaskSid sid, taskrouter::TaskStatus status,
                                                       std::string reason = "done") {
    return client.send(taskrouter::tasks::Update{
        .workspace_sid = workspace, .sid = sid, .assignment_status = status, .reason = std::move(reason)});
  }

  /// A task that is offered to Alice, and its reservation.
  taskrouter::Reservation reserve(std::string_view attributes = "{}") {
    const auto task = create_task(attributes);
    set_activity(story.activities.available);
    return reservations(task.sid).at(0);
  }

  /// The answer to a request that no client would build. `path` begins below the workspace.
  taskrouter::Response raw(taskrouter::Method method, std::string_view path, std::string_view form = "",
                           taskrouter::Headers headers = {}) {
    const taskrouter::Endpoint endpoint{emulator.credentials()};
    headers.add("Authorization", *endpoint.headers(false).find("Authorization"));
    if (!form.empty() && headers.find("Content-Type") == nullptr) {
      headers.add("Content-Type", "application/x-www-form-urlencoded");
    }
    taskrouter::Request request{.method = method, .url = {}, .headers = std::move(headers), .body = std::string{form}};
    request.url = endpoint.base_url() + "/v1/Workspaces/" + std::string{workspace.text()};
    request.url.append(path);
    return emulator.send(request).value();
  }
};

/// `/Tasks/WT.../Reservations/WR...`
inline std::string path_of(const taskrouter::Reservation& reservation) {
  std::string path{"/Tasks/"};
  return path.append(reservation.task_sid.text()).append("/Reservations/").append(reservation.sid.text());
}
