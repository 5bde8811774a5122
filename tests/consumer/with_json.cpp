// A program that tries the emulator, and reads attributes with nlohmann/json.
#include <iostream>
#include <taskrouter/with_json.hpp>

int main() {
  using namespace taskrouter;
  Emulator emulator;
  Client client{emulator.credentials(), emulator};
  const auto worker =
      client.send(workers::Fetch{.workspace_sid = emulator.story().workspace_sid, .sid = emulator.story().worker_sid});
  if (!worker) {
    std::cerr << describe(worker.error()) << '\n';
    return 1;
  }
  const auto attributes = to_nlohmann(worker->attributes);
  if (!attributes) return 1;
  std::cout << worker->friendly_name << " speaks " << attributes->value("selected_language", "nothing") << '\n';
}
