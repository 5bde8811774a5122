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
    for (int i = 0; i < workers; ++i) add_worker(i);
    for (int i = 0; i < workers; ++i) {
      create_task();
      accept_next();
    }
    for (int i = 0; i < tasks; ++i) create_task();
  }

  /// Three operations: a worker completes a task, is offered the next one and accepts it, and a new task
  /// comes.
  void turn() {
    Request complete = request(tasks::Update{.workspace_sid = workspace_,
                                             .sid = assigned_.front(),
                                             .assignment_status = TaskStatus::completed,
                                             .reason = "done"});
    assigned_.pop_front();
    send(complete);
    accept_next();
    create_task();
    if (++turns_ % 100 == 0) emulator_.advance(std::chrono::seconds{10});  // So that what has ended is purged.
  }

  double operations() const { return operations_; }
  void reset() { operations_ = 0; }

 private:
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

  void add_worker(int number) {
    send(request(workers::Create{.workspace_sid = workspace_,
                                 .friendly_name = "Worker " + std::to_string(number),
                                 .activity_sid = available_,
                                 .attributes = JsonText{R"({"languages":["en","es"],"level":3})"}}));
  }

  void create_task() {
    send(request(tasks::Create{.workspace_sid = workspace_,
                               .priority = static_cast<std::int64_t>(++created_ % 7),
                               .attributes = JsonText{R"({"language":"es","customer":"1234567"})"}}));
  }

  /// Accepts what was offered last.
  void accept_next() {
    const auto callbacks = emulator_.take_callbacks();
    const std::string& form = callbacks.back().request.body;
    const TaskSid task{std::string_view{form}.substr(form.find("TaskSid=") + 8, 34)};
    send(request(reservations::accept(workspace_, task, callbacks.back().reservation_sid)));
    assigned_.push_back(task);
  }

  Emulator emulator_{};
  Endpoint endpoint_;
  WorkspaceSid workspace_{};
  ActivitySid available_{};
  std::deque<TaskSid> assigned_{};
  std::uint64_t created_{}, turns_{};
  double operations_{};
};

}  // namespace

/// The time is the processor's, so that whatever else the machine does counts little. It includes what
/// building the requests costs.
int main(int count, char** arguments) {
  const bool is_short = count > 1 && std::string_view{arguments[1]} == "--short";
  const std::vector<int> tasks = is_short ? std::vector{100} : std::vector{1'000, 10'000, 100'000};
  const std::vector<int> workers = is_short ? std::vector{10} : std::vector{10, 100, 1'000, 10'000};
  const int turns = is_short ? 1'000 : 30'000;
  if (!is_short) {  // First, while the process holds nothing else.
    const std::size_t before = resident();
    const Load load{100'000, 1'000};
    std::printf("100,000 tasks that wait and 1,000 workers hold %.0f MB\n\n",
                static_cast<double>(resident() - before) / 1e6);
  }
  std::printf("| tasks that wait | workers | operations a second | us an operation |\n|---:|---:|---:|---:|\n");
  for (const int t : tasks) {
    for (const int w : workers) {
      Load load{t, w};
      load.reset();
      const std::clock_t start = std::clock();
      for (int i = 0; i < turns; ++i) load.turn();
      const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
      std::printf("| %d | %d | %.0f | %.2f |\n", t, w, load.operations() / seconds, 1e6 * seconds / load.operations());
      std::fflush(stdout);
    }
  }
}
