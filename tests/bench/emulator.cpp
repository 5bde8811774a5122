// How many operations a second the emulator does in process, and what a task costs in memory, as tasks
// and workers grow in number.

#include "taskrouter/emulator.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/taskrouter.hpp"

namespace {

using namespace taskrouter;

/// The bytes of memory that this process holds.
std::size_t resident() {
  std::ifstream statm{"/proc/self/statm"};
  std::size_t total = 0, pages = 0;
  statm >> total >> pages;
  return pages * 4096;
}

/// Adds the processor's time that passes while it exists to a sum.
class Stopwatch {
 public:
  explicit Stopwatch(std::clock_t& sum) : sum_{sum}, start_{std::clock()} {}
  ~Stopwatch() { sum_ += std::clock() - start_; }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  std::clock_t& sum_;
  std::clock_t start_;
};

/// A multi-tasking workspace in which every worker has a task and many tasks wait.
class Load {
 public:
  Load(int tasks, int workers) : endpoint_{emulator_.credentials()} {
    workspace_ = ask(workspaces::Create{.friendly_name = "Load", .template_ = "FIFO"}).sid;
    const auto workflow = ask(workflows::List{.workspace_sid = workspace_}).items.at(0);
    ask(workflows::Update{.workspace_sid = workspace_,
                          .sid = workflow.sid,
                          .assignment_callback_url = "https://example.com/assignment",
                          .task_reservation_timeout = 86400});
    for (const Activity& activity : ask(activities::List{.workspace_sid = workspace_}).items) {
      if (activity.available) available_ = activity.sid;
    }
    for (int i = 0; i < workers; ++i) send(new_worker(i));
    for (int i = 0; i < workers; ++i) {
      send(new_task());
      send(next_acceptance(emulator_.take_callbacks().at(0)));
    }
    for (int i = 0; i < tasks; ++i) send(new_task());
    operations_ = 0;
  }

  /// Three operations for each of some workers: they complete a task, are offered the next one and accept it, and
  /// a new task comes. The requests are built before, so that the watch runs for the emulator alone.
  void turn(int workers) {
    std::vector<Request> requests;
    for (int i = 0; i < workers; ++i) requests.push_back(next_completion());
    send_all(requests);
    for (const AssignmentCallback& callback : take_callbacks()) requests.push_back(next_acceptance(callback));
    send_all(requests);
    for (int i = 0; i < workers; ++i) requests.push_back(new_task());
    send_all(requests);
    const Stopwatch watch{time_};
    emulator_.advance(workers * std::chrono::milliseconds{100});  // So that what has ended is purged.
  }

  double operations() const { return operations_; }
  /// What the emulator took for them.
  double seconds() const { return static_cast<double>(time_) / CLOCKS_PER_SEC; }

 private:
  using AssignmentCallback = Emulator::AssignmentCallback;

  template <Operation Op>
  Request request(const Op& operation) {
    return build(operation, endpoint_).value();
  }
  template <Operation Op>
  typename Op::Output ask(const Op& operation) {
    return parse<Op>(send(request(operation))).value();
  }

  Response send(const Request& request) {
    auto response = emulator_.send(request);
    ++operations_;
    if (!response || response->status >= 300) {
      std::fprintf(stderr, "refused: %s\n", response ? response->body.c_str() : "");
      std::exit(1);
    }
    return *std::move(response);
  }

  void send_all(std::vector<Request>& requests) {
    {
      const Stopwatch watch{time_};
      for (const Request& one : requests) send(one);
    }
    requests.clear();
  }

  std::vector<AssignmentCallback> take_callbacks() {
    const Stopwatch watch{time_};
    return emulator_.take_callbacks();
  }

  Request new_worker(int number) {
    return request(workers::Create{.workspace_sid = workspace_,
                                   .friendly_name = "Worker " + std::to_string(number),
                                   .activity_sid = available_,
                                   .attributes = JsonText{R"({"languages":["en","es"],"level":3})"}});
  }

  Request new_task() {
    return request(tasks::Create{.workspace_sid = workspace_,
                                 .priority = static_cast<std::int64_t>(++created_ % 7),
                                 .attributes = JsonText{R"({"language":"es","customer":"1234567"})"}});
  }

  Request next_acceptance(const AssignmentCallback& callback) {
    const std::string_view form = callback.request.body;
    assigned_.emplace_back(form.substr(form.find("TaskSid=") + 8, 34));
    return request(reservations::accept(workspace_, assigned_.back(), callback.reservation_sid));
  }

  Request next_completion() {
    const TaskSid task = assigned_.front();
    assigned_.pop_front();
    return request(tasks::Update{
        .workspace_sid = workspace_, .sid = task, .assignment_status = TaskStatus::completed, .reason = "done"});
  }

  Emulator emulator_{};
  Endpoint endpoint_;
  WorkspaceSid workspace_{};
  ActivitySid available_{};
  std::deque<TaskSid> assigned_{};
  std::uint64_t created_{};
  double operations_{};
  std::clock_t time_{};
};

}  // namespace

int main(int count, char** arguments) {
  const bool is_short = count > 1 && std::string_view{arguments[1]} == "--short";
  const std::vector<int> tasks = is_short ? std::vector{100} : std::vector{1'000, 10'000, 100'000};
  const std::vector<int> workers = is_short ? std::vector{10} : std::vector{10, 100, 1'000, 10'000};
  const int turns = is_short ? 100 : 3'000;
  if (!is_short) {  // First, while the process holds nothing else.
    const std::size_t before = resident();
    const Load load{100'000, 1'000};
    std::printf("100,000 tasks that wait and 1,000 workers hold %.0f MB\n\n",
                static_cast<double>(resident() - before) / 1e6);
  }
  std::printf("| tasks that wait | workers | operations a second | with building their requests |\n");
  std::printf("|---:|---:|---:|---:|\n");
  for (const int t : tasks) {
    for (const int w : workers) {
      Load load{t, w};
      std::clock_t all = 0;
      {
        const Stopwatch watch{all};
        for (int i = 0; i < turns; ++i) load.turn(10);
      }
      std::printf("| %d | %d | %.0f | %.0f |\n", t, w, load.operations() / load.seconds(),
                  load.operations() * CLOCKS_PER_SEC / static_cast<double>(all));
      std::fflush(stdout);
    }
  }
}
