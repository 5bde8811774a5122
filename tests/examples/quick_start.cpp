#include <iostream>
#include <taskrouter/emulator.hpp>
#include <taskrouter/taskrouter.hpp>

using namespace taskrouter;

int main() {
  Emulator transport;  // A TaskRouter inside your program. For Twilio's own: CurlTransport transport;
  Client client{transport.credentials(), transport};  // Client client{Credentials::from_environment(), transport};
  const auto story = transport.story();

  const auto task = client.send(tasks::Create{
      .workspace_sid = story.workspace_sid,
      .attributes = JsonText{R"({"selected_language":"es"})"},
  });
  if (!task) return std::cerr << describe(task.error()) << '\n', 1;

  const auto alice = client.send(workers::Update{
      .workspace_sid = story.workspace_sid,
      .sid = story.worker_sid,
      .activity_sid = story.activities.available,
  });
  if (!alice) return std::cerr << describe(alice.error()) << '\n', 1;

  const auto waiting = client.send(reservations::List{.workspace_sid = story.workspace_sid, .task_sid = task->sid});
  if (!waiting || waiting->items.empty()) return 1;

  const auto reservation = client.send(reservations::accept(story.workspace_sid, task->sid, waiting->items[0].sid));
  if (!reservation) return std::cerr << describe(reservation.error()) << '\n', 1;
  std::cout << reservation->worker_name << ' ' << reservation->reservation_status.text() << '\n';  // Alice accepted
}
