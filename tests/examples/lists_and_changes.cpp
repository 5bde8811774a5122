// Lists that are longer than a page, and a change that does not undo another program's.

#include <iostream>

#include "taskrouter/emulator.hpp"
#include "taskrouter/taskrouter.hpp"

using namespace taskrouter;

namespace {

/// Counts the tasks that wait, over all pages.
template <class T>
Result<int> count_waiting(Client<T>& client, const WorkspaceSid& workspace) {
  int waiting = 0;
  for (const auto& task : client.each(tasks::List{.workspace_sid = workspace, .assignment_status = {"pending"}})) {
    if (!task) return task.error();
    ++waiting;
  }
  return waiting;
}

/// Lets a task overtake its equals.
template <class T>
Result<Task> raise_priority(Client<T>& client, const WorkspaceSid& workspace, const TaskSid& sid) {
  return client.modify(tasks::Fetch{.workspace_sid = workspace, .sid = sid}, [&](const Task& task) {
    return tasks::Update{.workspace_sid = workspace, .sid = sid, .priority = task.priority + 1};
  });
}

int fail(const Error& error) {
  std::cerr << describe(error) << '\n';
  return 1;
}

}  // namespace

int main() {
  Emulator transport;
  Client client{transport.credentials(), transport};
  const WorkspaceSid workspace = transport.story().workspace_sid;

  TaskSid last;
  for (int i = 0; i < 120; ++i) {
    const auto task = client.send(tasks::Create{.workspace_sid = workspace});
    if (!task) return fail(task.error());
    last = task->sid;
  }
  const auto waiting = count_waiting(client, workspace);
  if (!waiting) return fail(waiting.error());
  const auto raised = raise_priority(client, workspace, last);
  if (!raised) return fail(raised.error());
  std::cout << *waiting << " tasks wait, the last one has priority " << raised->priority << '\n';
}
