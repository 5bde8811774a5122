// Does what a scenario file says to an emulator in this process, and prints every answer.

#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "emulator_core.hpp"
#include "scenario_file.hpp"

int main(int count, char** texts) {
  using namespace taskrouter;
  if (count != 3) {
    std::cerr << "usage: run_scenario FILE START_MS\n";
    return 2;
  }
  std::ifstream in{texts[1], std::ios::binary};
  const std::string steps{std::istreambuf_iterator<char>{in}, {}};
  server::EmulatorCore emulator{std::stoll(texts[2])};
  const auto story = emulator.story();
  const server::ScenarioStage stage{.base_url = "http://emulator.test",
                                    .authorization = emulator.authorization(),
                                    .send = [&](const Request& request) { return emulator.send(request); },
                                    .advance = [&](std::int64_t time) { emulator.advance(time); },
                                    .on_answer =
                                        [](const Response& answer) {
                                          const std::string* etag = answer.headers.find("ETag");
                                          std::cout << answer.status << ' ' << (etag == nullptr ? "" : *etag) << ' '
                                                    << answer.body << '\n';
                                        }};
  const std::string problem = server::run_scenario(steps, {story.begin(), story.end()}, stage);
  std::cout << emulator.dump() << '\n';
  if (problem.empty()) return 0;
  std::cerr << texts[1] << ": " << problem << '\n';
  return 1;
}
