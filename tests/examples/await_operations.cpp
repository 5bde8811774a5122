// Operations under way together, on one thread, each in a coroutine of its own.

#include <coroutine>
#include <deque>
#include <exception>
#include <iostream>
#include <utility>

#include "taskrouter/awaitable_client.hpp"
#include "taskrouter/emulator.hpp"
#include "taskrouter/taskrouter.hpp"

using namespace taskrouter;

namespace {

/// The emulator, answering later: what CurlMultiTransport is to a real server.
struct LaterTransport {
  Emulator emulator{};
  std::deque<std::pair<Request, ResponseHandler>> started{};

  void start(Request request, ResponseHandler handler) { started.emplace_back(std::move(request), std::move(handler)); }
  void run() {
    while (!started.empty()) {
      auto [request, handler] = std::move(started.front());
      started.pop_front();
      handler(emulator.send(request));
    }
  }
};

/// A coroutine that nobody waits for. A program that has a library for coroutines uses the library's.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

/// Creates a task and reads it again.
template <class T>
Detached create_and_read(AwaitableClient<T>& client, WorkspaceSid workspace, int& read) {
  const tasks::Create create{.workspace_sid = workspace};
  const auto created = co_await client.send(create);
  if (!created) co_return;
  const tasks::Fetch fetch{.workspace_sid = workspace, .sid = created->sid};
  const auto task = co_await client.send(fetch);
  if (task && task->assignment_status == TaskStatus::pending) ++read;
}

/// Counts a list's tasks, over all its pages.
template <class T>
Detached count(AwaitableClient<T>& client, WorkspaceSid workspace, int& counted) {
  auto tasks = client.each(tasks::List{.workspace_sid = workspace, .page_size = 3});
  while (const auto task = co_await tasks.next()) {
    if (!*task) co_return;
    ++counted;
  }
}

}  // namespace

int main() {
  LaterTransport transport;
  AwaitableClient client{transport.emulator.credentials(), transport};
  const WorkspaceSid workspace = transport.emulator.story().workspace_sid;

  int read = 0;
  for (int i = 0; i < 10; ++i) create_and_read(client, workspace, read);
  std::cout << transport.started.size() << " requests under way, ";
  transport.run();

  int counted = 0;
  count(client, workspace, counted);
  transport.run();
  std::cout << read << " tasks created and read, " << counted << " listed\n";
}
