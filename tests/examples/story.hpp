#pragma once

#include <chrono>
#include <ostream>
#include <string_view>

#include "taskrouter/emulator.hpp"
#include "taskrouter/taskrouter.hpp"

// Twilio's TaskRouter quickstart, told on the emulator: a task, a worker, and the three ways in
// which the reservation that joins them can end.

/// Sends through another transport and prints what passes: no headers, so no secrets.
template <taskrouter::Transport T>
class PrintingTransport {
 public:
  PrintingTransport(T& transport, std::ostream& out) : transport_{transport}, out_{out} {}

  taskrouter::Result<taskrouter::Response> send(const taskrouter::Request& request) {
    out_ << "  " << taskrouter::log_line(request) << '\n';
    auto response = transport_.send(request);
    if (response) out_ << "  -> " << response->status << '\n';
    return response;
  }

 private:
  T& transport_;
  std::ostream& out_;
};

/// Alice's shift. Every step stops the story if TaskRouter refuses it.
class Story {
 public:
  explicit Story(std::ostream& out) : out_{out} {}

  bool tell() { return accepted() && rejected() && timed_out(); }

 private:
  bool accepted() {
    out_ << "\nA reservation is accepted\n";
    return create_task() && set_activity(story_.activities.available, "Alice becomes available") &&
           receive_callback() &&
           send("Alice accepts", taskrouter::reservations::accept(workspace_, task_, reservation_)) && show();
  }

  bool rejected() {
    out_ << "\nA reservation is rejected\n";
    return complete_task() && create_task() && set_activity(story_.activities.available, "Alice is available again") &&
           receive_callback() &&
           send("Alice rejects, and goes offline",
                taskrouter::reservations::reject(workspace_, task_, reservation_, story_.activities.offline)) &&
           show();
  }

  bool timed_out() {
    using std::chrono::seconds;
    out_ << "\nA reservation runs out of time\n";
    if (!set_activity(story_.activities.available, "Alice is available, and the task still waits") ||
        !receive_callback()) {
      return false;
    }
    out_ << "Nobody answers for " << story_.task_reservation_timeout << " seconds\n";
    emulator_.advance(seconds{story_.task_reservation_timeout});
    if (!send("What became of it", taskrouter::reservations::Fetch{workspace_, task_, reservation_}) || !show())
      return false;
    out_ << "Alice went to the workspace's timeout activity, and gets no tasks there. Set her back to an available\n"
            "activity, or create another task. A longer Task Reservation Timeout in the workflow prevents it.\n";
    return set_activity(story_.activities.available, "Alice comes back") && receive_callback() &&
           send("Alice accepts", taskrouter::reservations::accept(workspace_, task_, reservation_)) && show();
  }

  bool create_task() {
    out_ << "A task is created\n";
    const auto task = client_.send(taskrouter::tasks::Create{.workspace_sid = workspace_,
                                                             .workflow_sid = story_.workflow_sid,
                                                             .attributes = {{R"({"selected_language":"es"})"}}});
    if (!task) return fail(task.error());
    task_ = task->sid;
    out_ << "  " << task_.text() << " is " << task->assignment_status.text() << '\n';
    return true;
  }

  bool complete_task() {
    out_ << "The task is done\n";
    const auto task = client_.send(taskrouter::tasks::Update{.workspace_sid = workspace_,
                                                             .sid = task_,
                                                             .assignment_status = taskrouter::TaskStatus::completed,
                                                             .reason = "solved"});
    return task ? true : fail(task.error());
  }

  bool set_activity(taskrouter::ActivitySid activity, std::string_view what) {
    out_ << what << '\n';
    const auto worker = client_.send(
        taskrouter::workers::Update{.workspace_sid = workspace_, .sid = story_.worker_sid, .activity_sid = activity});
    if (!worker) return fail(worker.error());
    out_ << "  " << worker->friendly_name << " is " << worker->activity_name << '\n';
    return true;
  }

  /// TaskRouter posts the reservation to the workflow's assignment callback URL.
  bool receive_callback() {
    const auto callbacks = emulator_.take_callbacks();
    if (callbacks.empty()) return false;
    reservation_ = callbacks.back().reservation_sid;
    out_ << "The assignment callback brings ReservationSid " << reservation_.text() << '\n';
    return true;
  }

  template <taskrouter::Operation Op>
  bool send(std::string_view what, const Op& operation) {
    out_ << what << '\n';
    const auto reservation = client_.send(operation);
    if (!reservation) return fail(reservation.error());
    out_ << "  \"worker_name\": \"" << reservation->worker_name << "\", \"reservation_status\": \""
         << reservation->reservation_status.text() << "\"\n";
    return true;
  }

  /// Where it leaves the task and Alice.
  bool show() {
    const auto task = client_.send(taskrouter::tasks::Fetch{workspace_, task_});
    if (!task) return fail(task.error());
    const auto worker = client_.send(taskrouter::workers::Fetch{workspace_, story_.worker_sid});
    if (!worker) return fail(worker.error());
    out_ << "The task is " << task->assignment_status.text() << ", " << worker->friendly_name << " is "
         << worker->activity_name << '\n';
    return true;
  }

  bool fail(const taskrouter::Error& error) {
    out_ << taskrouter::describe(error) << '\n';
    return false;
  }

  std::ostream& out_;
  taskrouter::Emulator emulator_{};
  taskrouter::emulator::Story story_{emulator_.story()};
  taskrouter::WorkspaceSid workspace_{story_.workspace_sid};
  taskrouter::TaskSid task_{};
  taskrouter::ReservationSid reservation_{};
  PrintingTransport<taskrouter::Emulator> transport_{emulator_, out_};
  taskrouter::Client<PrintingTransport<taskrouter::Emulator>> client_{emulator_.credentials(), transport_};
};

/// Tells it, and answers whether it went as it should.
inline bool tell_story(std::ostream& out) { return Story{out}.tell(); }
