#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "taskrouter/http.hpp"

// Scenario files: what to do to an emulator, step by step, in a form that any program can read. A step is a JSON
// object in a line of its own; a line that begins with # is left out. Or the steps are one JSON array.
//
//     {"post": "/v1/Workspaces/{workspace_sid}/Tasks", "form": {"Attributes": {"language": "es"}}, "save": {"task":
//     "sid"}}
//     {"advance": 30}
//     {"get": "/v1/Workspaces/{workspace_sid}/Tasks/{task}", "expect": {"assignment_status": "pending"}}
//
// `post`, `get` or `delete` has the path and the query. `form` has the parameters: a text as it is, anything else as
// its JSON. `if_match` is the header. `status` is what has to be answered, any success if it is not there. `save` gives
// names to values of the answer: a path of keys and indexes with dots between them, or @ and a header's name. `expect`
// says what has to stand at such paths. `advance` moves a virtual clock by seconds. A name in braces stands for its
// value, everywhere; those of the emulator's story have one from the start. `note` is for the reader.

namespace taskrouter::server {

/// Values by their names.
using Variables = std::map<std::string, std::string>;

/// What the steps are done to.
struct ScenarioStage {
  std::string base_url;       ///< Scheme, host and port.
  std::string authorization;  ///< The header of each request.
  std::function<Response(const Request&)> send;
  /// Moves the clock by milliseconds. Left out where there is no virtual clock.
  std::function<void(std::int64_t)> advance{};
  /// Hears of each request that was answered.
  std::function<void(const Response&)> on_answer{};
};

/// Does the steps until one of them goes wrong. The answer is empty, or says which one and why.
std::string run_scenario(std::string_view text, Variables variables, const ScenarioStage& stage);

}  // namespace taskrouter::server
